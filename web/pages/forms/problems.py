"""What is wrong with a form, as the list above its fields tells it."""

from collections.abc import Mapping, Sequence

from flask_babel.speaklater import LazyString

Wrong = Mapping[str, Sequence[str]]
"""Sentences by the name of the field that they are about."""


def listed(wrong: Wrong, labels: Mapping[str, str | LazyString]) -> list[tuple[str, str, str]]:
    """Return each sentence after the name and the label of its field; what is no field of the form has no name."""
    return [
        (name if name in labels else "", str(labels.get(name, name)), sentence)
        for name, sentences in wrong.items()
        for sentence in sentences
    ]
