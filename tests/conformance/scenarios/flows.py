"""Sequence flows: several of them, with conditions and defaults, from activities and events (BPMN 2.0 §10.6)."""

from tests.conformance.scenario import Row, do, refused, scenario, send, signal, then


def flow(element: str, aspect: str) -> Row:
    return Row("gateways", element, aspect)


FLOWS = (
    scenario(
        "gateways/flows-several-from-activity",
        flow("sequence flow", "several from an activity: a token along each"),
        do("registrera"),
        then(waiting=["grannar", "miljo"]),
    ),
    scenario(
        "gateways/flows-several-from-events",
        flow("sequence flow", "several from an event: a token along each"),
        then(waiting=["handlagg"], listening=["svar"]),
        send("Svar"),
        then(waiting=["arkivera", "handlagg", "lasa"]),
    ),
    scenario(
        "gateways/flows-several-from-boundary-event",
        flow("sequence flow", "several from an event: a token along each"),
        signal("Krisläge"),
        then(waiting=["grannar", "miljo"]),
    ),
    scenario(
        "gateways/flows-conditional-from-activity",
        flow("sequence flow", "with a condition from an activity: each that is true"),
        do("registrera", grannar=True, miljo=True),
        then(waiting=["grannar", "miljo"]),
    ),
    scenario(
        "gateways/flows-conditional-from-activity",
        flow("sequence flow", "the default from an activity: when no condition is true"),
        do("registrera", grannar=False, miljo=False),
        then(waiting=["trafik"]),
    ),
    *(
        scenario(
            "gateways/flows-conditional-and-not",
            flow("sequence flow", "one without a condition beside one with: is always taken"),
            do("registrera", grannar=true),
            then(waiting=waiting),
        )
        for true, waiting in ((True, ["grannar", "miljo"]), (False, ["miljo"]))
    ),
    scenario(
        "gateways/flows-conditional-none-true",
        flow("sequence flow", "from an activity, no condition true and no default: the path ends"),
        do("registrera", grannar=False, miljo=False),
        then(waiting=[], finished=True, failures=[]),
    ),
    *(
        scenario(
            "gateways/flows-conditional-from-events",
            flow("sequence flow", "with a condition from an event"),
            send("Svar", ja=answer),
            then(waiting=[work]),
        )
        for answer, work in ((True, "bevilja"), (False, "avsla"))
    ),
    refused(
        "gateways/flows-default-of-another",
        flow("sequence flow", "a default that leaves another element"),
        "vem",
    ),
    scenario(
        "gateways/condition-not-a-truth",
        flow("sequence flow", "a condition that is neither true nor false is an incident"),
        do("svara", svar="ja"),
        then(failures=["neither true nor false"], waiting=[]),
    ),
    refused(
        "gateways/condition-unreadable",
        flow("sequence flow", "a condition that cannot be read"),
        "vem-chef",
    ),
    scenario(
        "gateways/join-in-sub-process",
        flow("any gateway", "in a sub-process that is done again begins anew"),
        do("grannar", racker=False),
        do("miljo"),
        then(waiting=["grannar", "miljo"]),
        do("miljo", racker=True),
        then(waiting=["grannar"]),
        do("grannar"),
        then(waiting=["sammanfatta"]),
    ),
)

SCENARIOS = FLOWS
