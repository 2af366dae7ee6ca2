"""What else is said of events: several starts and handlers, borders, times, and what messages carry."""

from tests.conformance.scenario import (
    Row,
    do,
    escalate,
    fail,
    pass_time,
    refused,
    retry,
    scenario,
    send,
    signal,
    then,
)
from tests.conformance.scenarios.events import BOUNDARY_BESIDE, HANDLER_BESIDE, START, drawn


def more(element: str, aspect: str) -> Row:
    return Row("more about events", element, aspect)


STARTING = (
    scenario(
        "events/several-starts",
        more("start event", "of several, only the one that happened begins"),
        then(waiting=["skriv-in"]),
    ),
    scenario(
        drawn("message", START),
        more("start event", "a process that starts by an event is not started by hand"),
        not_started="not by hand",
    ),
    scenario(
        "events/several-starts",
        more("start event", "of several, only the one that happened begins"),
        then(waiting=["handlagg"], passed=["med-e-tjanst"]),
        at="med-e-tjanst",
    ),
    scenario(
        "events/several-starts",
        more("start event", "of several, only the one that happened begins"),
        then(waiting=["pamin"], passed=["varje-ar"]),
        at="varje-ar",
    ),
    refused(
        "events/two-none-starts",
        more("start event", "two that do not say by what they start"),
        "besok",
    ),
    refused(
        "events/sub-process-started-by-event",
        more("start event", "one with an event in a sub-process that stands in the flow"),
        "utred-start",
    ),
)

HANDLING = (
    scenario(
        "events/event-sub-processes-several",
        more("event sub-process", "several in one scope"),
        then(waiting=["handlagg"], listening=["atertagen", "komplettering"]),
        send("Komplettering"),
        send("Återtagande"),
        then(waiting=["avskriv"], listening=[]),
        do("avskriv"),
        then(finished=True, never=["handlagg", "diariefor"]),
    ),
    scenario(
        "events/event-sub-process-nested",
        more("event sub-process", "inside another one: it listens while that one runs"),
        signal("Brandlarm"),
        then(waiting=["handlagg"], listening=["kris"]),
        signal("Krisläge"),
        then(waiting=["prioritera"], listening=["brand"]),
        signal("Brandlarm"),
        then(waiting=["utrym"], listening=[]),
        do("utrym"),
        then(finished=True, never=["handlagg", "prioritera"]),
    ),
    scenario(
        "events/event-sub-process-in-sub-process",
        more("event sub-process", "of a sub-process: it stops that one only"),
        send("Återtagande"),
        then(waiting=["avskriv"]),
        do("avskriv"),
        then(waiting=["besluta"], passed=["avbryt", "utred"], never=["granska"], listening=[]),
    ),
    scenario(
        "events/event-sub-process-in-sub-process",
        more("event sub-process", "listens no longer than its scope lives"),
        then(listening=["atertagen"]),
        do("granska"),
        then(waiting=["besluta"], listening=[]),
    ),
    scenario(
        "events/event-sub-process-in-called-process",
        more("event sub-process", "of a called process"),
        send("Återtagande"),
        then(waiting=["y-avskriv"]),
        do("y-avskriv"),
        then(waiting=["besluta"], never=["yttra"]),
    ),
    scenario(
        "events/event-sub-process-holds-its-scope",
        more("event sub-process", "that runs beside holds its scope until it is done"),
        send("Komplettering"),
        do("granska"),
        then(waiting=["diariefor"], never=["utred"]),
        do("diariefor"),
        then(waiting=["besluta"], listening=[]),
    ),
    scenario(
        "events/event-sub-process-in-multi-instance",
        more("event sub-process", "of each instance of a sub-process"),
        then(waiting=["utred", "utred"], listening=["atertagen", "atertagen"]),
        send("Återtagande"),
        then(waiting=["avskriv", "utred"], listening=["atertagen"]),
        do("avskriv"),
        do("utred"),
        then(waiting=["besluta"], listening=[]),
    ),
    refused(
        "events/event-sub-process-two-starts",
        more("event sub-process", "with two start events"),
        "avbryt",
    ),
    refused(
        "events/event-sub-process-without-event",
        more("event sub-process", "without a start event"),
        "extra",
    ),
    refused(
        "events/event-sub-process-in-the-flow",
        more("event sub-process", "with a sequence flow to it"),
        "notera",
    ),
)

BORDERS = (
    scenario(
        "events/message-boundary-inside-own-sub-process",
        more("boundary event", "that happens inside its own sub-process stops what is inside"),
        then(waiting=["avbryt", "granska"]),
        do("avbryt"),
        then(waiting=["avskriv"], never=["efterat", "utred", "granska"]),
        do("avskriv"),
        then(finished=True, never=["besluta"]),
    ),
    scenario(
        "events/several-boundary-events",
        more("boundary event", "several on one activity"),
        then(listening=["pamin-tid", "sista-dag"]),
        pass_time(days=7),
        then(waiting=["handlagg", "pamin"], listening=["sista-dag"]),
        pass_time(days=7),
        then(waiting=["pamin", "ta-over"], listening=[]),
    ),
    scenario(
        "events/signal-reaches-every-token",
        more("boundary event", "happens to each token that the activity has"),
        do("brev"),
        do("mejl"),
        then(waiting=["svara", "svara"]),
        signal("Krisläge"),
        then(waiting=["vila", "vila"]),
    ),
    refused(
        "events/boundary-on-event-sub-process",
        more("boundary event", "on an event sub-process"),
        "sent",
    ),
    *(
        scenario(
            f"events/boundary-on-{kind}",
            more("boundary event", "on every kind of activity"),
            then(waiting=waiting),
            pass_time(days=14),
            then(waiting=["pamin"], listening=[], never=["arbeta", "granska"]),
        )
        for kind, waiting in (
            ("manual-task", ["arbeta"]),
            ("service-task", ["arbeta"]),
            ("send-task", ["arbeta"]),
            ("receive-task", []),
            ("business-rule-task", ["arbeta"]),
            ("sub-process", ["granska"]),
            ("transaction", ["granska"]),
            ("ad-hoc-sub-process", ["granska", "mat"]),
            ("call-activity", ["granska"]),
            ("loop", ["arbeta"]),
            ("multi-instance", ["arbeta"] * 3),
        )
    ),
)

TIMES = (
    scenario(
        "events/timer-expression",
        more("timer", "given by an expression: date, duration, cycle"),
        then(waiting=["handlagg"], listening=["sent", "varje"]),
        pass_time(days=2),
        then(waiting=["handlagg", "pamin", "rapportera"], listening=["varje"]),
        pass_time(days=2),
        then(waiting=["handlagg", "pamin", "rapportera", "rapportera"], listening=[]),
        do("handlagg"),
        then(listening=["till-datum"]),
        pass_time(days=6),
        then(waiting=["besluta", "pamin", "rapportera", "rapportera"]),
    ),
    scenario(
        "events/timer-date-without-time",
        more("timer", "a date without a time is the end of that day"),
        pass_time(days=9),
        then(waiting=[], listening=["vanta"]),
        pass_time(hours=14),
        then(waiting=["besluta"]),
    ),
    scenario(
        "events/timer-not-a-time",
        more("timer", "what is no time is an incident that can be retried"),
        then(waiting=[], failures=["'snart' is neither a date"]),
        retry("vanta"),
        then(failures=["'snart' is neither a date"], finished=False),
        variables={"dag": "snart"},
    ),
    scenario(
        "events/event-sub-process-timer-not-a-time",
        more("timer", "… in an event sub-process of the process itself, the case is not started"),
        not_started="'snart' is neither a date",
        variables={"frist": "snart"},
    ),
    scenario(
        "events/timer-cron",
        more("timer", "a cycle in cron's language"),
        pass_time(days=3),
        then(waiting=["handlagg", "rapportera"], listening=["varje-mandag"]),
        pass_time(days=7),
        then(waiting=["handlagg", "rapportera", "rapportera"]),
    ),
    refused("events/timer-cron-date", more("timer", "a date in cron's language"), "vanta"),
    scenario(
        drawn("timer cycle", BOUNDARY_BESIDE),
        more("timer", "the next time of a cycle on a border is told to who keeps the clock"),
        pass_time(days=7),
        then(awaited=["handelse"]),
        pass_time(days=7),
        then(awaited=["handelse"]),
        pass_time(days=7),
        then(awaited=[]),
    ),
    scenario(
        drawn("timer cycle", HANDLER_BESIDE),
        more("timer", "the next time of a cycle of an event sub-process is told likewise"),
        pass_time(days=7),
        then(awaited=["handelse"]),
    ),
)

MESSAGES = (
    scenario(
        "events/message-payload",
        more("message", "what it carries becomes variables"),
        send("Svar", ja=True, bilagor=["karta"]),
        then(waiting=["besluta"], variables={"ja": True, "bilagor": ["karta"]}),
    ),
    scenario(
        "events/multiple-catch",
        more("multiple", "what the event that happened carries becomes variables"),
        send("Komplettering", sidor=3),
        then(waiting=["besluta"], variables={"sidor": 3}),
    ),
    scenario(
        "events/parallel-multiple-catch",
        more("parallel multiple", "what each event carries becomes variables"),
        signal("Krisläge", niva=2),
        send("Komplettering", sidor=3),
        then(waiting=["besluta"], variables={"sidor": 3, "niva": 2}),
    ),
    *(
        scenario(
            "events/multiple-boundary-with-error",
            more("multiple", "a message or an error"),
            then(listening=["nagot"]),
            happens,
            then(waiting=["atgarda"], listening=[]),
        )
        for happens in (send("Komplettering"), fail("handlagg", "SAKNAS"))
    ),
    scenario(
        "events/parallel-multiple-boundary-with-escalation",
        more("parallel multiple", "a message and an escalation"),
        escalate("handlagg", "CHEF"),
        then(waiting=["handlagg"], listening=["bada"]),
        send("Komplettering"),
        then(waiting=["atgarda"], listening=[]),
    ),
    scenario(
        "events/message-name-expression",
        more("message", "whose name is an expression"),
        send("Svar 2026-117"),
        then(waiting=["besluta"]),
        variables={"diarienummer": "2026-117"},
    ),
    scenario(
        "events/message-name-expression-thrown",
        more("message", "thrown, whose name is an expression"),
        do("ange", diarienummer="2026-117"),
        then(waiting=["arkivera"], thrown=["Svar 2026-117"]),
    ),
    refused("events/message-without-name", more("message", "that is none"), "vanta"),
    scenario(
        "events/signal-within-the-case",
        more("signal", "reaches everything in the case that waits for it, and the world outside"),
        then(waiting=["sok-medel"], listening=["invanta-lokal", "invanta-personal"]),
        do("sok-medel"),
        then(waiting=["anstall", "boka-lokal"], listening=[], thrown=["Medel finns"]),
        do("anstall"),
        do("boka-lokal"),
        then(finished=True),
    ),
    scenario(
        "events/conditional-already-true",
        more("conditional", "that is true already does not wait"),
        then(waiting=["besluta"]),
        variables={"belopp": 60_000},
    ),
    scenario(
        "events/conditional-already-true",
        more("conditional", "over a variable that is not there yet waits"),
        then(waiting=[], listening=["vanta"], failures=[]),
    ),
    scenario(
        "events/event-definition-ref",
        more("any event", "whose definition stands elsewhere (`eventDefinitionRef`)"),
        then(listening=["pa-kanten"]),
        do("handlagg"),
        then(waiting=[], listening=["i-flodet"]),
        signal("Krisläget över"),
        then(waiting=["besluta"]),
    ),
    scenario(
        "events/event-definition-ref",
        more("any event", "whose definition stands elsewhere (`eventDefinitionRef`)"),
        signal("Krisläge"),
        then(finished=True, thrown=["Krisläget över"], passed=["pa-kanten", "beredskap"]),
    ),
    refused(
        "events/event-definition-ref-missing",
        more("any event", "whose definition is not in the file"),
        "vanta",
    ),
    scenario(
        "events/link-back",
        more("link", "that leads back"),
        do("skriv"),
        do("granska", godkant=False),
        then(waiting=["skriv"], passed=["tillbaka", "igen"]),
        do("skriv"),
        do("granska", godkant=True),
        then(finished=True),
    ),
    scenario(
        "events/link-in-sub-process",
        more("link", "in a sub-process"),
        do("granska"),
        then(waiting=["skriv"]),
        do("skriv"),
        then(waiting=["besluta"]),
    ),
    refused("events/link-without-target", more("link", "that leads nowhere"), "till-beslut"),
    refused("events/link-two-targets", more("link", "that leads to two events"), "till-beslut"),
    refused("events/link-across-scopes", more("link", "out of a sub-process"), "till-beslut"),
)

SCENARIOS = (*STARTING, *HANDLING, *BORDERS, *TIMES, *MESSAGES)
