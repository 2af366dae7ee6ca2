"""
Answers out of a known set, and lists of people.

Several choices are kept in the order of the options, whatever the order of clicking: the same
answer is then the same value. People are kept in the order given: the routine may mean "the first
reviewer".
"""

from typing import Any

from bpmn.forms import limits, sentences
from bpmn.forms.answers import texts
from bpmn.forms.answers.base import Answer, ListAnswer, blank, refusal

TRUTH = {"true": True, "on": True, "yes": True, "false": False, "no": False}
"""What pages send for a box or a yes-or-no question."""


class Truth(Answer):
    when_missing = sentences.YES_OR_NO

    @property
    def unanswered(self) -> bool | None:
        """A box that is not ticked says no; a question that must be answered has no answer."""
        return None if self.question.may_be_required else False

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in TRUTH:
            return TRUTH[value]
        raise refusal(sentences.YES_OR_NO)


class Choice(Answer):
    when_missing = sentences.CHOOSE_ONE

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        for option in self.question.options:
            if option.value == value:
                return option.value
        raise refusal(sentences.CHOOSE_ONE)


class Choices(ListAnswer):
    when_missing = sentences.CHOOSE
    when_small = sentences.CHOOSE_MORE
    when_large = sentences.CHOOSE_FEWER

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[str]:
        options = [option.value for option in self.question.options]
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or len(given) > limits.OPTIONS:
            raise refusal(sentences.CHOOSE)
        given = [each for each in given if not blank(each)]
        if not all(isinstance(each, str) and each in options for each in given):
            raise refusal(sentences.CHOOSE)
        chosen = [option for option in options if option in given]
        self.check_count(chosen, len(options))
        return chosen


class Usernames(ListAnswer):
    when_small = sentences.NAME_MORE
    when_large = sentences.NAME_FEWER

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[str]:
        most = limits.COUNT[self.question.type]
        if not isinstance(value, list):
            raise refusal(sentences.USERNAMES)
        if len(value) > most:
            raise refusal(self.when_large, maximum=most)
        people = [self._person(each) for each in value if not blank(each)]
        if len({person.casefold() for person in people}) != len(people):
            raise refusal(sentences.TWICE)
        self.check_count(people, most)
        return people

    def _person(self, value: Any) -> str:
        if not isinstance(value, str) or not texts.is_username(texts.tidy(value)):
            raise refusal(sentences.USERNAME)
        return texts.tidy(value)
