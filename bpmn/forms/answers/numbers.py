"""
Numbers as a program sends them and as a person in Sweden types them: `12 500,50`.

`1.250,50` is refused: a point may be read as a thousand or as a decimal sign, and a wrong guess is
worse than a question. Sizes are compared before anything is converted, because Python's
conversions of huge numbers are slow or refused.
"""

import re
from decimal import Decimal
from typing import Any

from bpmn.forms import limits, sentences
from bpmn.forms.answers.base import Answer, refusal

SPACES = re.compile(r"[ \u00a0\u2009\u202f]")
TYPED = re.compile(r"[+-]?[0-9]{1,16}(?:[.,][0-9]{1,40})?")


class Number(Answer):
    """Decimal number."""

    when_wrong = sentences.NUMBER
    when_small = sentences.AT_LEAST
    when_large = sentences.AT_MOST

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Decimal | int:
        number = _typed(value) if isinstance(value, str) else _exact(value)
        if number is None:
            raise refusal(self.when_wrong)
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > limits.DECIMALS:
            raise refusal(sentences.DECIMALS, maximum=limits.DECIMALS)
        self.check_bounds(number, limits.NUMBER)
        return number


class WholeNumber(Number):
    when_wrong = sentences.WHOLE_NUMBER

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        number = super()._deserialize(value)
        if number != int(number):
            raise refusal(self.when_wrong)
        return int(number)


def _typed(text: str) -> Decimal | None:
    plain = SPACES.sub("", text.strip()).replace("\N{MINUS SIGN}", "-").replace(",", ".")
    return _exact(Decimal(plain)) if TYPED.fullmatch(plain) else None


def _exact(value: Any) -> Decimal | None:
    """Return a number as its sender would print it (0.1 is one tenth), if we can hold it."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, float | Decimal) and not Decimal(value).is_finite():
        return None
    if not -limits.NUMBER < value < limits.NUMBER:
        return None
    return (Decimal(repr(value)) if isinstance(value, float) else Decimal(value)) + 0
