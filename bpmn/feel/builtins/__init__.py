"""The library of functions (§10.3.4), with the names and parameters of the standard."""

from collections.abc import Mapping

from bpmn.feel.builtins import (
    contexts,
    conversion,
    lists,
    moments,
    numeric,
    ranges,
    statistics,
    strings,
)
from bpmn.feel.functions import Invocable
from bpmn.feel.vocabulary import Vocabulary

LIBRARY: Mapping[str, Invocable] = {
    each.name: each
    for each in (
        *conversion.FUNCTIONS,
        *strings.FUNCTIONS,
        *lists.FUNCTIONS,
        *statistics.FUNCTIONS,
        *numeric.FUNCTIONS,
        *contexts.FUNCTIONS,
        *ranges.FUNCTIONS,
        *moments.FUNCTIONS,
    )
}
VOCABULARY = Vocabulary()
VOCABULARY.add(LIBRARY)
"""Never added to again."""
