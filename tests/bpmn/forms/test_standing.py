"""Which questions are asked, which must be answered, and which are not for the person to write."""

from datetime import UTC, date, datetime
from decimal import Decimal
from time import perf_counter

import pytest

from bpmn.forms.registers import NoRegisters, Signature
from tests.bpmn.forms.checked import check
from tests.bpmn.forms.forms import field, form

MESSAGE = {"sv": "Fel.", "en": "Wrong."}
SIGNED_AT = datetime(2026, 5, 1, 8, tzinfo=UTC)
FILE = "01990000-0000-7000-8000-000000000001"


class Known(NoRegisters):
    """Knows alice and one file, and that she has confirmed her password."""

    def __init__(self):
        self.asked = []

    def unknown(self, kind, references):
        self.asked.append(kind)
        return set(references) - {"alice", FILE}

    def query(self, name, arguments):
        return {"board": {"skola": "Barn- och utbildningsnämnden"}.get(arguments.get("unit"))}[
            name
        ]

    def signature(self, meaning):
        return Signature("alice", SIGNED_AT) if meaning == "approved" else None


def refused(form, submitted, known=None, **more):
    """Return the names and the sentences of what is wrong."""
    checked = check(form, submitted, known or {}, **more)
    assert bool(checked.errors) != bool(checked.values)
    return {error.name: error.message for error in checked.errors}


# ---------------------------------------------------------------- required


def test_a_question_is_required_when_its_condition_holds():
    asked = form(field("int", "amount"), field("text", "why", requiredIf="amount > 100"))

    assert refused(asked, {"amount": 200}) == {"why": "Fill this in."}
    assert check(asked, {"amount": 50}).values == {"amount": 50, "why": None}
    assert check(asked, {}).values == {"amount": None, "why": None}


def test_a_box_that_may_be_required_is_a_question():
    asked = form(field("bool", "first"), field("bool", "sure", requiredIf="first"))

    assert check(asked, {}).values == {"first": False, "sure": None}
    assert refused(asked, {"first": True}) == {"sure": "Answer yes or no."}


@pytest.mark.parametrize("key", ["visibleIf", "requiredIf", "readonlyIf"])
def test_a_condition_that_has_no_answer_is_told(key):
    asked = form(field("text", "q", **{key: "board > 5"}))

    assert "cannot be decided" in refused(asked, {}, {"board": "skola"})["q"]


# ---------------------------------------------------------------- read-only


READONLY = form(
    field("enum", "state", required=True),
    field("text", "title", required=True, readonlyIf='state = "b"'),
)


def test_what_is_read_only_keeps_its_value_and_cannot_be_submitted():
    known = {"title": "Gammal"}

    assert check(READONLY, {"state": "b"}, known).values["title"] == "Gammal"
    assert check(READONLY, {"state": "a", "title": "Ny"}, known).values["title"] == "Ny"
    for given in ("Ny", "Gammal", None):
        assert list(refused(READONLY, {"state": "b", "title": given}, known)) == ["title"]


def test_what_is_read_only_need_not_be_answered():
    assert check(READONLY, {"state": "b"}).values == {"state": "b", "title": None}


def test_what_is_read_only_and_not_in_the_case_is_what_it_begins_with():
    asked = form(
        field("date", "day", readonlyIf="true", prefill='start + duration("P1D")'),
        field("int", "count", readonlyIf="true", prefill="nothing", default=7),
        field("text", "board", readonlyIf="true", prefill={"query": "board", "arguments": {"unit": "unit"}}),
        field("int", "wrong", readonlyIf="true", prefill='"no number"'),
        field("table", "rows", readonlyIf="true", prefill='[{cell: "a", other: 1}]'),
    )  # fmt: skip
    known = {"start": date(2026, 5, 1), "unit": "skola"}

    assert check(asked, {}, known, registers=Known()).values == {
        "day": date(2026, 5, 2),
        "count": 7,
        "board": "Barn- och utbildningsnämnden",
        "wrong": None,
        "rows": [{"cell": "a"}],
    }


def test_what_depends_on_a_bad_answer_is_let_be():
    assert list(refused(READONLY, {"state": "c", "title": "x"})) == ["state"]


# ---------------------------------------------------------------- calculated


RISK = form(
    field("int", "likelihood", required=True),
    field("int", "consequence", required=True),
    field("calc", "risk", value="likelihood * consequence"),
    field("text", "plan", visibleIf="risk >= 8", required=True),
)


def test_a_calculation_is_worked_out_and_seen_below():
    answers = {"likelihood": 2, "consequence": 3}

    assert check(RISK, answers).values == {**answers, "risk": Decimal(6), "plan": None}
    assert list(refused(RISK, {"likelihood": 4, "consequence": 3})) == ["plan"]


@pytest.mark.parametrize("given", [6, 0, None, "", [], {"a": 1}])
def test_a_calculation_is_never_accepted(given):
    answers = {"likelihood": 2, "consequence": 3, "risk": given}

    assert list(refused(RISK, answers)) == ["risk"]


def test_a_calculation_over_bad_answers_is_let_be_and_one_without_a_value_is_told():
    broken = form(field("int", "n", required=True), field("calc", "c", value="1 / n"))

    assert list(refused(broken, {"n": "x"})) == ["n"]
    assert "worked out" in refused(broken, {"n": 0})["c"]
    assert check(form(field("int", "n"), field("calc", "c", value="n + 1")), {}).values == {
        "n": None,
        "c": None,
    }


# ---------------------------------------------------------------- signed


SIGNED = form(field("sign", "signed", meaning="approved", required=True))


def test_the_server_signs_for_whoever_has_confirmed_her_password():
    checked = check(SIGNED, {}, registers=Known())

    assert checked.values == {"signed": {"by": "alice", "at": SIGNED_AT, "meaning": "approved"}}


def test_nobody_else_signs():
    other = form(field("sign", "signed", meaning="read", required=True))

    assert refused(SIGNED, {}) == {"signed": "Confirm your password to sign."}
    assert list(refused(other, {}, registers=Known())) == ["signed"]
    assert check(form(field("sign", "signed", meaning="read")), {}).values == {"signed": None}


@pytest.mark.parametrize("given", [{"by": "bob"}, "bob", True, None])
def test_a_signature_cannot_be_sent(given):
    assert list(refused(SIGNED, {"signed": given}, registers=Known())) == ["signed"]


# ---------------------------------------------------------------- rules


PERIOD = form(
    field("date", "first", required=True),
    field("date", "last"),
    rules=[{"holds": "last >= first", "message": MESSAGE, "field": "last"}],
)


def test_a_rule_looks_at_several_answers():
    assert refused(PERIOD, {"first": "2026-05-02", "last": "2026-05-01"}) == {"last": "Wrong."}
    assert check(PERIOD, {"first": "2026-05-02", "last": "2026-05-02"}).errors == ()


def test_a_rule_waits_for_answers_that_can_be_read():
    assert check(PERIOD, {"first": "2026-05-02"}).errors == ()
    assert list(refused(PERIOD, {"first": "soon", "last": "2026-05-01"})) == ["first"]


def test_a_rule_is_not_asked_where_its_question_is_not():
    asked = form(
        field("bool", "more"),
        field("text", "why", visibleIf="more"),
        rules=[{"holds": "why != null", "message": MESSAGE, "field": "why"}],
    )

    assert check(asked, {}).errors == ()
    assert refused(asked, {"more": True}) == {"why": "Wrong."}


def test_a_rule_that_is_no_condition_is_told():
    asked = form(field("int", "n"), rules=[{"holds": "n + 1", "message": MESSAGE, "field": "n"}])

    assert "cannot be decided" in refused(asked, {"n": 1})["n"]


# ---------------------------------------------------------------- sections and columns


def test_a_section_that_does_not_hold_takes_its_questions_along():
    asked = form(
        field("bool", "more"),
        sections=[
            {
                "title": MESSAGE,
                "visibleIf": "more",
                "fields": [
                    field("text", "a", required=True),
                    field("text", "b", required=True, visibleIf='a = "x"'),
                ],
            }
        ],
    )

    assert check(asked, {}).values == {"more": False, "a": None, "b": None}
    assert list(refused(asked, {"more": True})) == ["a"]
    assert list(refused(asked, {"more": True, "a": "x"})) == ["b"]


ROWS = form(
    field("int", "most", required=True),
    field(
        "table",
        "rows",
        columns=[
            field("int", "n", required=True),
            field("text", "why", requiredIf="n > 5"),
            field("text", "more", visibleIf='why = "x"', required=True),
            field("calc", "twice", value="n * 2"),
        ],
        rules=[{"holds": "n <= most", "message": MESSAGE, "field": "n"}],
    ),
)


def test_the_columns_of_a_row_see_each_other_and_what_stands_above_the_table():
    rows = [{"n": 1}, {}, {"n": 6, "why": "y"}]

    assert check(ROWS, {"most": 9, "rows": rows}).values["rows"] == [
        {"n": 1, "why": None, "more": None, "twice": Decimal(2)},
        {"n": 6, "why": "y", "more": None, "twice": Decimal(12)},
    ]
    assert refused(ROWS, {"most": 9, "rows": [{"n": 6}, {"n": 1, "why": "x"}, {"n": 10, "why": "y"}]}) == {
        "rows-0-why": "Fill this in.",
        "rows-1-more": "Fill this in.",
        "rows-2-n": "Wrong.",
    }  # fmt: skip
    assert list(refused(ROWS, {"most": 9, "rows": [{"n": 1, "twice": 2}]})) == ["rows-0-twice"]


# ---------------------------------------------------------------- patterns


NUMBER = {"matches": "[A-Z]{2}-\\d+", "message": MESSAGE}


def test_a_text_is_like_its_pattern_from_end_to_end():
    asked = form(field("text", "q", pattern=NUMBER))

    assert check(asked, {"q": "KS-12"}).errors == ()
    for given in ("KS", "xKS-12", "KS-12x", "ks-12"):
        assert refused(asked, {"q": given}) == {"q": "Wrong."}


def test_patterns_of_all_answers_share_a_time():
    slow = {"matches": "(x+x+)+y", "message": MESSAGE}
    asked = form(*(field("text", f"q{n}", pattern=slow) for n in range(20)))
    started = perf_counter()

    found = refused(asked, {f"q{n}": "x" * 900 for n in range(20)})

    assert perf_counter() - started < 5
    assert len(found) == 20


# ---------------------------------------------------------------- references


@pytest.mark.parametrize(
    ("kind", "given", "name"),
    [
        ("user", "bob", "q"),
        ("users", ["alice", "bob"], "q"),
        ("role", "nobody", "q"),
        ("unit", "nowhere", "q"),
        ("proc", "nothing", "q"),
        ("inst", FILE.replace("1", "2"), "q"),
        ("doc", "Handbok", "q"),
        ("clauses", ["ISO 1"], "q"),
        ("files", [FILE.replace("1", "2")], "q"),
    ],
)
def test_what_leads_to_nothing_is_refused(kind, given, name):
    asked = form(field(kind, "q"))

    assert check(asked, {"q": given}).errors == ()
    assert refused(asked, {"q": given}, registers=Known())[name].startswith("There is no")


def test_each_register_is_asked_once_and_only_for_what_is_asked():
    column = field("user", "who")
    asked = form(
        field("user", "a"),
        field("user", "b", visibleIf="false"),
        field("table", "rows", columns=[column]),
        field("files", "files"),
    )
    registers = Known()
    rows = [{"who": "alice"}, {"who": "bob"}]
    answers = {"a": "eve", "b": "eve", "rows": rows, "files": [FILE]}

    found = refused(asked, answers, registers=registers)

    assert found == {
        "a": "There is nobody with the username eve.",
        "rows-1-who": "There is nobody with the username bob.",
    }
    assert registers.asked == ["user", "files"]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("role", "two words"),
        ("unit", 5),
        ("proc", "x" * 151),
        ("inst", ["a"]),
        ("doc", "a\nb"),
        ("doc", "x" * 301),
        ("clauses", "text"),
        ("clauses", [["a"]]),
        ("clauses", ["x"] * 101),
        ("files", ["no identity"]),
        ("files", [f"{FILE}0"]),
        ("files", {"id": FILE}),
        ("files", [FILE] * 51),
    ],
)
def test_what_is_no_reference_is_refused(kind, given):
    assert list(refused(form(field(kind, "q")), {"q": given})) == ["q"]


def test_references_are_kept_tidy():
    asked = form(field("files", "files"), field("clauses", "clauses"), field("doc", "doc"))
    answers = {
        "files": [FILE.upper(), FILE],
        "clauses": [" ISO 9001 7.5 ", "", "ISO 9001 7.5"],
        "doc": "a\tb",
    }

    assert check(asked, answers).values == {
        "files": [FILE],
        "clauses": ["ISO 9001 7.5"],
        "doc": "a b",
    }
