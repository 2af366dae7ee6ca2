"""Events: each kind in each position of BPMN 2.0 (§10.5, tables 10.84 to 10.93)."""

from collections.abc import Iterator

from tests.conformance.scenario import (
    Row,
    Scenario,
    Step,
    do,
    escalate,
    fail,
    pass_time,
    refused,
    scenario,
    send,
    signal,
    then,
)

START = "start"
HANDLER = "event sub-process"
HANDLER_BESIDE = "event sub-process, non-interrupting"
CATCH = "catch"
BOUNDARY = "boundary"
BOUNDARY_BESIDE = "boundary, non-interrupting"
THROW = "throw"
END = "end"

POSITIONS = (START, HANDLER, HANDLER_BESIDE, CATCH, BOUNDARY, BOUNDARY_BESIDE, THROW, END)
TRIGGERS = (
    "none",
    "message",
    "signal",
    "timer date",
    "timer duration",
    "timer cycle",
    "conditional",
    "error",
    "escalation",
    "compensation",
    "cancel",
    "link",
    "terminate",
    "multiple",
    "parallel multiple",
)
UNSAYABLE = {("parallel multiple", THROW), ("parallel multiple", END)}
"""Cells for which BPMN 2.0 has no way to write the event."""

FILES = {
    HANDLER: "event-sub-process-interrupting",
    HANDLER_BESIDE: "event-sub-process-non-interrupting",
    BOUNDARY: "boundary-interrupting",
    BOUNDARY_BESIDE: "boundary-non-interrupting",
}


def drawn(trigger: str, position: str) -> str:
    return f"events/{trigger.replace(' ', '-')}-{FILES.get(position, position)}"


def cell(trigger: str, position: str) -> Row:
    return Row("events", trigger, position)


# ---------------------------------------------------------------- drawn alike, but for the event

HAPPENS: dict[str, tuple[tuple[Step, ...], ...]] = {
    "message": ((send("Komplettering", sidor=3),), (send("Komplettering", sidor=5),)),
    "signal": ((signal("Krisläge"),), (signal("Krisläge"),)),
    "timer date": ((pass_time(days=31),),),
    "timer duration": ((pass_time(days=14),),),
    "timer cycle": ((pass_time(days=7),), (pass_time(days=7),), (pass_time(days=7),)),
    "multiple": ((send("Komplettering", sidor=3),), (signal("Krisläge"),)),
    "parallel multiple": (
        (send("Komplettering", sidor=3), signal("Krisläge")),
        (signal("Krisläge"), send("Komplettering", sidor=5)),
    ),
    "error": ((fail("handlagg", "SAKNAS"),),),
    "escalation": ((escalate("handlagg", "CHEF"),), (escalate("handlagg", "CHEF"),)),
}
"""How an event is made to happen; once more for each time that it can happen in one case."""

FROM_OUTSIDE = (
    "message",
    "signal",
    "timer date",
    "timer duration",
    "timer cycle",
    "multiple",
    "parallel multiple",
)


def listening(trigger: str) -> list[str]:
    """Return what is listened for by the event `handelse`."""
    number = 2 if "multiple" in trigger else 1
    return ["handelse"] * (number if trigger in FROM_OUTSIDE else 0)


def starts() -> Iterator[Scenario]:
    for trigger in (*FROM_OUTSIDE, "conditional"):
        yield scenario(
            drawn(trigger, START),
            cell(trigger, START),
            then(passed=["inkommen"], waiting=["handlagg"]),
            do("handlagg"),
            then(finished=True),
            at="inkommen",
        )


def handlers() -> Iterator[Scenario]:
    for trigger in (*FROM_OUTSIDE, "error", "escalation"):
        yield scenario(
            drawn(trigger, HANDLER),
            cell(trigger, HANDLER),
            then(waiting=["handlagg"], listening=listening(trigger)),
            *HAPPENS[trigger][0],
            then(waiting=["atgarda"], listening=[]),
            do("atgarda"),
            then(finished=True, never=["handlagg", "besluta", "slut"], failures=[]),
        )
        yield scenario(
            drawn(trigger, HANDLER),
            cell(trigger, HANDLER),
            do("handlagg"),
            do("besluta"),
            then(finished=True, never=["handelse", "omprova"], listening=[]),
        )


def handlers_beside() -> Iterator[Scenario]:
    for trigger in (*FROM_OUTSIDE, "escalation"):
        times = HAPPENS[trigger]
        yield scenario(
            drawn(trigger, HANDLER_BESIDE),
            cell(trigger, HANDLER_BESIDE),
            then(waiting=["handlagg"], listening=listening(trigger)),
            *times[0],
            then(waiting=["atgarda", "handlagg"]),
            *(step for again in times[1:] for step in again),
            then(waiting=["atgarda"] * len(times) + ["handlagg"]),
            do("handlagg"),
            do("besluta"),
            *[do("atgarda")] * len(times),
            then(finished=True, passed=["slut", *["omprova"] * len(times)]),
        )


def catches() -> Iterator[Scenario]:
    for trigger in FROM_OUTSIDE:
        happens = HAPPENS[trigger][0]
        yield scenario(
            drawn(trigger, CATCH),
            cell(trigger, CATCH),
            then(waiting=[], listening=["vanta"] * len(listening(trigger))),
            *happens[:-1],
            then(waiting=[], listening=["vanta"] * (1 + (trigger == "multiple"))),
            *happens[-1:],
            then(waiting=["besluta"], listening=[]),
            do("besluta"),
            then(finished=True, passed=["vanta", "besluta", "slut"]),
        )


def boundaries() -> Iterator[Scenario]:
    for trigger in (*FROM_OUTSIDE, "error", "escalation"):
        yield scenario(
            drawn(trigger, BOUNDARY),
            cell(trigger, BOUNDARY),
            then(waiting=["handlagg"], listening=listening(trigger)),
            *HAPPENS[trigger][0],
            then(waiting=["atgarda"], listening=[]),
            do("atgarda"),
            then(finished=True, never=["handlagg", "slut"], failures=[]),
        )
        yield scenario(
            drawn(trigger, BOUNDARY),
            cell(trigger, BOUNDARY),
            do("handlagg"),
            then(finished=True, never=["handelse"], listening=[]),
        )


def boundaries_beside() -> Iterator[Scenario]:
    for trigger in (*FROM_OUTSIDE, "escalation"):
        times = HAPPENS[trigger]
        yield scenario(
            drawn(trigger, BOUNDARY_BESIDE),
            cell(trigger, BOUNDARY_BESIDE),
            then(waiting=["handlagg"], listening=listening(trigger)),
            *times[0],
            then(waiting=["atgarda", "handlagg"]),
            *(step for again in times[1:] for step in again),
            then(waiting=["atgarda"] * len(times) + ["handlagg"]),
            do("handlagg"),
            then(waiting=["atgarda"] * len(times), listening=[]),
            *[do("atgarda")] * len(times),
            then(finished=True, passed=["slut", *["atgardat"] * len(times)]),
        )


# ---------------------------------------------------------------- each its own

OTHERS = (
    scenario(
        drawn("none", START),
        cell("none", START),
        then(waiting=["handlagg"]),
        do("handlagg"),
        then(finished=True, passed=["start", "handlagg", "slut"]),
    ),
    scenario(
        drawn("conditional", HANDLER),
        cell("conditional", HANDLER),
        then(waiting=["handlagg"], listening=["handelse"]),
        do("handlagg", belopp=60_000),
        then(waiting=["atgarda"], listening=[]),
        do("atgarda"),
        then(finished=True, never=["besluta"]),
    ),
    scenario(
        drawn("conditional", HANDLER_BESIDE),
        cell("conditional", HANDLER_BESIDE),
        do("handlagg", belopp=60_000),
        then(waiting=["atgarda", "besluta"], listening=["handelse"]),
        do("besluta", belopp=10),
        then(waiting=["atgarda", "expediera"]),
        do("atgarda", belopp=70_000),
        then(waiting=["atgarda", "expediera"]),
    ),
    scenario(
        drawn("conditional", CATCH),
        cell("conditional", CATCH),
        then(waiting=["registrera"], listening=["vanta"]),
        do("registrera", belopp=60_000),
        then(waiting=["besluta"], listening=[]),
    ),
    scenario(
        drawn("conditional", BOUNDARY),
        cell("conditional", BOUNDARY),
        then(waiting=["handlagg", "registrera"], listening=["handelse"]),
        do("registrera", belopp=60_000),
        then(waiting=["atgarda", "ratta"], listening=[]),
    ),
    scenario(
        drawn("conditional", BOUNDARY_BESIDE),
        cell("conditional", BOUNDARY_BESIDE),
        do("registrera", belopp=60_000),
        then(waiting=["atgarda", "handlagg", "ratta"], listening=["handelse"]),
        do("ratta", belopp=10),
        do("atgarda", belopp=70_000),
        then(waiting=["atgarda", "handlagg"]),
    ),
    scenario(
        drawn("none", THROW),
        cell("none", THROW),
        then(waiting=["arkivera"], passed=["start", "meddela"], thrown=[]),
    ),
    scenario(
        drawn("none", END),
        cell("none", END),
        do("handlagg"),
        then(finished=True, passed=["handlagg", "slut"], thrown=[]),
    ),
    *(
        scenario(
            drawn(trigger, THROW),
            cell(trigger, THROW),
            then(waiting=["arkivera"], thrown=thrown),
            do("arkivera"),
            then(finished=True),
        )
        for trigger, thrown in (
            ("message", ["Besked"]),
            ("signal", ["Bidraget slut"]),
            ("multiple", ["Besked", "Bidraget slut"]),
        )
    ),
    *(
        scenario(
            drawn(trigger, END),
            cell(trigger, END),
            do("handlagg"),
            then(finished=True, thrown=thrown),
        )
        for trigger, thrown in (
            ("message", ["Besked"]),
            ("signal", ["Bidraget slut"]),
            ("multiple", ["Besked", "Bidraget slut"]),
        )
    ),
    *(
        scenario(
            drawn(trigger, END),
            cell(trigger, END),
            do("granska", i_ordning=False),
            then(waiting=["atgarda"], never=["utred"], failures=[]),
        )
        for trigger in ("error", "escalation")
    ),
    scenario(
        drawn("escalation", THROW),
        cell("escalation", THROW),
        then(waiting=["stod", "yttrande"], thrown=[]),
        do("yttrande"),
        do("stod"),
        then(finished=True, passed=["lyft", "till-chef", "utred", "stod"]),
    ),
    # compensation
    scenario(
        drawn("compensation", THROW),
        cell("compensation", THROW),
        do("boka"),
        do("kalla"),
        then(waiting=["aterkalla"]),
        do("aterkalla"),
        then(waiting=["avboka"]),
        do("avboka"),
        then(waiting=["meddela"], passed=["aterkalla", "avboka", "stall-in"]),
    ),
    scenario(
        drawn("compensation", END),
        cell("compensation", END),
        do("boka"),
        do("fraga"),
        then(waiting=["avboka"], finished=False),
        do("avboka"),
        then(finished=True, passed=["avboka", "installt"]),
    ),
    *(
        scenario(
            drawn("compensation", position),
            cell("compensation", position),
            do("boka", blir_av=False),
            then(waiting=["avboka"], listening=[]),
            do("avboka"),
            then(finished=True, passed=["boka", "avboka", "stall-in"]),
            note=note,
        )
        for position, note in (
            (BOUNDARY, None),
            (BOUNDARY_BESIDE, "as interrupting: the activity is over"),
        )
    ),
    *(
        scenario(
            drawn("compensation", position),
            cell("compensation", position),
            do("boka"),
            do("kalla"),
            then(waiting=["avboka-lokal"]),
            do("avboka-lokal"),
            then(finished=True, passed=["ordna", "kalla", "avboka-lokal", "stall-in"]),
            note=note,
        )
        for position, note in (
            (HANDLER, None),
            (HANDLER_BESIDE, "as interrupting: the sub-process is over"),
        )
    ),
    # cancel
    scenario(
        drawn("cancel", BOUNDARY),
        cell("cancel", BOUNDARY),
        do("reservera"),
        do("forhandla", eniga=False),
        then(waiting=["frigor"]),
        do("frigor"),
        then(waiting=["ny-upphandling"], never=["bevaka", "tecknat"]),
    ),
    scenario(
        drawn("cancel", BOUNDARY),
        cell("cancel", BOUNDARY),
        do("reservera"),
        do("forhandla", eniga=True),
        then(waiting=["bevaka"], never=["frigor"]),
    ),
    scenario(
        drawn("cancel", END),
        cell("cancel", END),
        do("reservera"),
        do("forhandla"),
        do("frigor"),
        then(waiting=["ny-upphandling"], passed=["reservera", "forhandla", "frigor", "avbrott"]),
    ),
    # link and terminate
    scenario(
        drawn("link", CATCH),
        cell("link", CATCH),
        do("handlagg"),
        then(waiting=["besluta"], passed=["handlagg", "till-beslut", "fran-handlaggning"]),
    ),
    scenario(
        drawn("link", THROW),
        cell("link", THROW),
        then(waiting=["besluta"], passed=["genvag", "hit"]),
        variables={"bradskar": True},
    ),
    scenario(
        drawn("link", THROW),
        cell("link", THROW),
        do("handlagg"),
        then(waiting=["besluta"], passed=["handlagg", "vidare", "hit"]),
        variables={"bradskar": False},
    ),
    scenario(
        drawn("terminate", END),
        cell("terminate", END),
        then(waiting=["handlagg", "lagg-ned"]),
        do("lagg-ned"),
        then(finished=True, waiting=[], never=["handlagg"]),
    ),
)

# ---------------------------------------------------------------- where BPMN 2.0 has no such event

REFUSED = (
    *(
        refused(drawn(trigger, START), cell(trigger, START), "inkommen")
        for trigger in ("link", "cancel", "terminate")
    ),
    *(
        refused(
            drawn(trigger, START),
            cell(trigger, START),
            "inkommen",
        )
        for trigger in ("error", "escalation", "compensation")
    ),
    *(
        refused(
            drawn(trigger, position),
            cell(trigger, position),
            "omprova" if trigger == "none" else "handelse",
        )
        for position in (HANDLER, HANDLER_BESIDE)
        for trigger in ("none", "link", "cancel", "terminate")
    ),
    *(
        refused(drawn(trigger, place), cell(trigger, place), element)
        for trigger, place, element in (
            ("error", HANDLER_BESIDE, "handelse"),
            ("error", BOUNDARY_BESIDE, "handelse"),
            ("cancel", BOUNDARY_BESIDE, "avbrott"),
        )
    ),
    *(
        refused(drawn(trigger, CATCH), cell(trigger, CATCH), "vanta")
        for trigger in ("none", "error", "escalation", "compensation", "cancel", "terminate")
    ),
    *(
        refused(drawn(trigger, position), cell(trigger, position), "handelse")
        for position in (BOUNDARY, BOUNDARY_BESIDE)
        for trigger in ("none", "link", "terminate")
    ),
    *(
        refused(drawn(trigger, THROW), cell(trigger, THROW), "meddela")
        for trigger in ("conditional", "error", "cancel", "terminate")
    ),
    *(
        refused(f"events/timer-{place}", cell(f"timer {kind}", place), element)
        for place in (THROW, END)
        for kind, element in (("date", "datum"), ("duration", "tid"), ("cycle", "varv"))
    ),
    *(
        refused(drawn(trigger, END), cell(trigger, END), "slut")
        for trigger in ("conditional", "link")
    ),
)

SCENARIOS = (
    *starts(),
    *handlers(),
    *handlers_beside(),
    *catches(),
    *boundaries(),
    *boundaries_beside(),
    *OTHERS,
    *REFUSED,
)
