"""Gateways: where tokens are split, chosen and joined (BPMN 2.0 §10.6, §13.4)."""

from bpmn.limits import Limits
from tests.conformance.scenario import (
    Row,
    do,
    pass_time,
    refused,
    retry,
    scenario,
    send,
    signal,
    then,
)


def gateway(element: str, aspect: str) -> Row:
    return Row("gateways", element, aspect)


EXCLUSIVE = (
    *(
        scenario(
            "gateways/exclusive",
            gateway(
                "exclusive gateway",
                "takes the first flow, as they stand in the file, whose condition is true, else the default",
            ),
            then(waiting=[who]),
            do(who),
            then(waiting=["arkivera"], passed=["belopp-gw", who, "mot"]),
            variables={"belopp": amount},
        )
        for amount, who in ((50, "handlaggare"), (100, "chef"), (2000, "namnd"))
    ),
    scenario(
        "gateways/exclusive-no-way",
        gateway("exclusive gateway", "no condition true and no default is an incident"),
        then(failures=["No condition after 'Vilken nivå?' is true"], waiting=["ratta"]),
        do("ratta", niva=2),
        retry("niva"),
        then(waiting=["tva"]),
        variables={"niva": 7},
    ),
    *(
        scenario(
            "gateways/exclusive-without-condition",
            gateway("exclusive gateway", "takes its only flow without a condition as the default"),
            then(waiting=[who]),
            variables={"belopp": amount},
        )
        for amount, who in ((50, "chef"), (100, "namnd"))
    ),
    scenario(
        "gateways/exclusive-merge",
        gateway("exclusive gateway", "joining, passes each token on"),
        do("grannar"),
        then(waiting=["miljo", "sammanfatta"]),
        do("miljo"),
        then(waiting=["sammanfatta", "sammanfatta"]),
    ),
    scenario(
        "gateways/exclusive-several-ways-in-and-out",
        gateway("exclusive gateway", "joining and choosing at once"),
        do("grannar", tillstyrks=True),
        then(waiting=["bevilja", "miljo"]),
        do("miljo", tillstyrks=False),
        then(waiting=["avsla", "bevilja"]),
    ),
    scenario(
        "gateways/exclusive-loop",
        gateway("exclusive gateway", "leading back"),
        do("skriv"),
        do("granska", godkant=False),
        then(waiting=["skriv"]),
        do("skriv"),
        do("granska", godkant=True),
        then(finished=True, passed=["skriv", "granska"] * 2),
    ),
    scenario(
        "gateways/loop-without-end",
        gateway("any gateway", "a loop without an end is an incident"),
        then(failures=["More than 300 elements"], finished=False),
        variables={"n": 0, "klart": False},
        limits=Limits(steps=300),
    ),
)

PARALLEL = (
    scenario(
        "gateways/parallel",
        gateway("parallel gateway", "takes every flow; joining, waits for a token along each"),
        then(waiting=["grannar", "miljo"]),
        do("miljo"),
        then(waiting=["grannar"]),
        do("grannar"),
        then(waiting=["sammanfatta"], passed=["miljo", "grannar", "samla"]),
    ),
    scenario(
        "gateways/parallel-loop",
        gateway("parallel gateway", "joining in a loop, waits for all in every round"),
        *(
            step
            for _ in range(3)
            for step in (
                do("miljo", eniga=False),
                then(waiting=["grannar"]),
                do("grannar"),
                then(waiting=["grannar", "miljo"]),
            )
        ),
        do("grannar"),
        do("miljo", eniga=True),
        then(finished=True),
    ),
    scenario(
        "gateways/parallel-several-tokens",
        gateway("parallel gateway", "a second token along one flow waits for the next round"),
        do("brev"),
        do("mejl"),
        then(waiting=["karta", "ritning"]),
        do("karta"),
        then(waiting=["jamfor", "ritning"]),
        do("ritning"),
        then(waiting=["jamfor", "jamfor"]),
    ),
    scenario(
        "gateways/parallel-deadlock",
        gateway(
            "parallel gateway", "joining, waiting for a token that cannot come, is an incident"
        ),
        do("utred"),
        then(failures=["waits for a token that cannot come"], finished=False),
        variables={"hoppa_over": False, "yttrande": False},
    ),
    scenario(
        "gateways/parallel-with-condition",
        gateway("parallel gateway", "does not ask a condition, and a finding says so"),
        then(waiting=["grannar", "miljo"]),
    ),
)

INCLUSIVE = (
    scenario(
        "gateways/inclusive",
        gateway("inclusive gateway", "takes every flow whose condition is true"),
        then(waiting=["grannar", "miljo"]),
        do("grannar"),
        then(waiting=["miljo"]),
        do("miljo"),
        then(waiting=["sammanfatta"]),
        variables={"grannar": True, "miljo": True},
    ),
    scenario(
        "gateways/inclusive",
        gateway("inclusive gateway", "joining, does not wait for what was not taken"),
        then(waiting=["miljo"]),
        do("miljo"),
        then(waiting=["sammanfatta"]),
        variables={"grannar": False, "miljo": True},
    ),
    scenario(
        "gateways/inclusive",
        gateway("inclusive gateway", "takes the default when no condition is true"),
        then(waiting=["trafik"]),
        do("trafik"),
        then(waiting=["sammanfatta"]),
        variables={"grannar": False, "miljo": False},
    ),
    scenario(
        "gateways/inclusive-no-way",
        gateway("inclusive gateway", "no condition true and no default is an incident"),
        do("valj", grannar=False, miljo=False),
        then(failures=["No condition after 'Vilka ska höras?' is true"]),
    ),
    scenario(
        "gateways/inclusive-unstructured",
        gateway(
            "inclusive gateway",
            "joining without a split of its own: waits for all that can still come",
        ),
        do("grannar"),
        then(waiting=["miljo", "trafik"]),
        do("trafik"),
        then(waiting=["karta", "miljo"]),
        do("miljo"),
        then(waiting=["karta", "sammanfatta"]),
        variables={"grannar": True, "kontoren": True},
    ),
    scenario(
        "gateways/inclusive-loop",
        gateway("inclusive gateway", "in a loop"),
        do("grannar", racker=False),
        then(waiting=["grannar"]),
        do("grannar", racker=True),
        then(finished=True),
        variables={"grannar": True},
    ),
    scenario(
        "gateways/inclusive-with-inner-loop",
        gateway(
            "inclusive gateway", "joining, waits while a token goes round in a loop before it"
        ),
        do("grannar"),
        then(waiting=["miljo"]),
        do("miljo", pamin=True),
        then(waiting=["miljo"], never=["samla"]),
        do("miljo", pamin=False),
        then(waiting=["sammanfatta"]),
    ),
    scenario(
        "gateways/inclusive-link",
        gateway("inclusive gateway", "joining, waits for a token that comes over a link"),
        do("grannar"),
        then(waiting=["miljo"], never=["samla"]),
        do("miljo"),
        then(waiting=["sammanfatta"]),
        variables={"grannar": True, "miljo": True},
    ),
    scenario(
        "gateways/inclusive-token-can-leave",
        gateway(
            "inclusive gateway", "joining, goes on when the token it waited for went elsewhere"
        ),
        do("grannar"),
        then(waiting=["miljo"], never=["samla"]),
        do("miljo", jav=True),
        then(waiting=["sammanfatta"], passed=["utan", "samla"]),
    ),
)

EVENT_BASED = (
    scenario(
        "gateways/event-based",
        gateway("event-based gateway", "goes on where the first event happens: a message"),
        then(waiting=[], listening=["kris", "svar", "tid"]),
        send("Svar"),
        then(waiting=["besluta"], listening=[]),
        pass_time(days=20),
        then(waiting=["besluta"], passed=["vad-hander", "svar"]),
    ),
    scenario(
        "gateways/event-based",
        gateway("event-based gateway", "… a signal"),
        signal("Krisläge"),
        then(waiting=["vila"], listening=[]),
    ),
    scenario(
        "gateways/event-based",
        gateway("event-based gateway", "… a timer"),
        pass_time(days=14),
        then(waiting=["pamin"], listening=[]),
    ),
    scenario(
        "gateways/event-based-receive-task",
        gateway("event-based gateway", "… a receive task"),
        then(listening=["svar", "tid"]),
        send("Svar"),
        then(waiting=["besluta"], listening=[]),
    ),
    scenario(
        "gateways/event-based-conditional",
        gateway("event-based gateway", "… a condition"),
        then(listening=["betalt", "tid"], waiting=["registrera"]),
        do("registrera", betalt=500),
        then(waiting=["handlagg"], listening=[]),
    ),
    scenario(
        "gateways/event-based-loop",
        gateway("event-based gateway", "in a loop"),
        send("Komplettering"),
        send("Komplettering"),
        then(listening=["atertagen", "komplettering"]),
        send("Återtagande"),
        then(finished=True, passed=["komplettering"] * 2 + ["atertagen"]),
    ),
    refused(
        "gateways/event-based-before-task",
        gateway("event-based gateway", "followed by something else than events and receive tasks"),
        "vad-hander",
    ),
    refused(
        "gateways/event-based-receive-task-with-border",
        gateway("event-based gateway", "followed by a receive task with an event on its border"),
        "vad-hander",
    ),
    refused(
        "gateways/event-based-without-events",
        gateway("event-based gateway", "followed by nothing"),
        "vad-hander",
    ),
    *(
        scenario(
            "gateways/event-based-instantiating",
            gateway("event-based gateway", "starts the process (`instantiate`) by either event"),
            then(waiting=[work], listening=[]),
            do(work),
            then(finished=True),
            at=event,
        )
        for event, work in (("ansokan", "prova"), ("anmalan", "utred"))
    ),
    scenario(
        "gateways/event-based-instantiating-parallel",
        gateway(
            "event-based gateway",
            "starts the process by one event and waits for the others (`eventGatewayType` Parallel)",
        ),
        then(waiting=["prova"], listening=["avgift"]),
        send("Avgift"),
        then(waiting=["bokfor", "prova"], listening=[]),
        do("prova"),
        do("bokfor"),
        then(finished=True),
        at="ansokan",
    ),
    refused(
        "gateways/event-based-parallel-in-flow",
        gateway("event-based gateway", "Parallel, and not at the start of the process"),
        "bada",
    ),
)

COMPLEX = (
    scenario(
        "gateways/complex-count",
        gateway("complex gateway", "goes on when enough tokens have come (`activationCount`)"),
        do("grannar"),
        then(waiting=["miljo", "trafik"]),
        do("miljo"),
        then(waiting=["sammanfatta", "trafik"]),
        do("trafik"),
        then(waiting=["sammanfatta"]),
        do("sammanfatta"),
        then(finished=True, passed=["sammanfatta"]),
    ),
    scenario(
        "gateways/complex-condition",
        gateway("complex gateway", "goes on when a condition over variables is true"),
        do("grannar", tydligt=False),
        then(waiting=["miljo", "trafik"]),
        do("trafik", tydligt=True),
        then(waiting=["miljo", "sammanfatta"]),
        do("sammanfatta"),
        do("miljo"),
        then(finished=True, passed=["sammanfatta"]),
    ),
    scenario(
        "gateways/complex-without-condition",
        gateway("complex gateway", "without a condition waits for all"),
        do("grannar"),
        do("miljo"),
        then(waiting=["trafik"]),
        do("trafik"),
        then(waiting=["sammanfatta"]),
    ),
    scenario(
        "gateways/complex-loop",
        gateway("complex gateway", "begins anew when all tokens have come"),
        do("grannar"),
        then(waiting=["miljo", "sammanfatta"]),
        do("miljo"),
        then(waiting=["sammanfatta"]),
        do("sammanfatta", racker=False),
        then(waiting=["grannar", "miljo"]),
        do("miljo"),
        then(waiting=["grannar", "sammanfatta"]),
        do("grannar"),
        do("sammanfatta", racker=True),
        then(finished=True, passed=["sammanfatta"] * 2),
    ),
    scenario(
        "gateways/complex-loop-some-branches",
        gateway("complex gateway", "begins anew when no further token can come"),
        do("grannar"),
        do("sammanfatta", racker=False),
        then(waiting=["grannar"]),
        do("grannar"),
        then(waiting=["sammanfatta"], failures=[]),
        variables={"miljo": False},
    ),
    scenario(
        "gateways/complex-split",
        gateway(
            "complex gateway",
            "splitting, takes every flow whose condition is true, else the default",
        ),
        then(waiting=["grannar", "miljo"]),
        variables={"grannar": True, "miljo": True},
    ),
    scenario(
        "gateways/complex-split",
        gateway(
            "complex gateway",
            "splitting, takes every flow whose condition is true, else the default",
        ),
        then(waiting=["trafik"]),
        variables={"grannar": False, "miljo": False},
    ),
)

SCENARIOS = (*EXCLUSIVE, *PARALLEL, *INCLUSIVE, *EVENT_BASED, *COMPLEX)
