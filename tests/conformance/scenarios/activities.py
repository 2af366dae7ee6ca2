"""Activities: tasks, calls and sub-processes (BPMN 2.0 §10.3, §13.3)."""

from bpmn.limits import Limits
from tests.conformance.scenario import (
    Row,
    do,
    fail,
    refused,
    retry,
    scenario,
    send,
    then,
)


def activity(element: str, aspect: str) -> Row:
    return Row("activities", element, aspect)


TASKS = (
    scenario(
        "activities/none-task",
        activity("task", "passes its token on at once"),
        then(waiting=["handlagg"], passed=["start", "notera"]),
    ),
    scenario(
        "activities/user-task",
        activity("user task", "waits for a person, with assignee and candidates"),
        then(
            waiting=["handlagg"],
            people={"handlagg": ("eva", [], ["bygglov", "miljo"])},
            finished=False,
        ),
        do("handlagg", ja=True),
        then(finished=True, variables={"handlaggare": "eva", "ja": True}),
        variables={"handlaggare": "eva"},
    ),
    scenario(
        "activities/manual-task",
        activity("manual task", "waits for a person to say that it is done"),
        then(waiting=["besok"]),
        do("besok"),
        then(finished=True),
    ),
    scenario(
        "activities/script-task",
        activity("script task", "runs a script of assignments"),
        do("antal", platser=3),
        then(waiting=["fakturera"], variables={"platser": 3, "avgift": 3750}),
    ),
    scenario(
        "activities/script-task-incident",
        activity("script task", "a script that fails is an incident that can be retried"),
        then(waiting=["ratta"], failures=[""], finished=False),
        do("ratta", platser=4),
        retry("andel"),
        then(finished=True, variables={"platser": 4, "andel": 25.0}),
        variables={"platser": 0},
    ),
    refused(
        "activities/script-task-other-language",
        activity("script task", "in another language than Python"),
        "rakna",
    ),
    scenario(
        "activities/script-task-without-script",
        activity("script task", "without a script is passed, and a finding says so"),
        then(finished=True, passed=["rakna"], failures=[]),
    ),
    scenario(
        "activities/service-task",
        activity("service task", "waits for a program: a job of a type, else of the element's id"),
        then(waiting=["skriv-ut"], jobs={"skriv-ut": "skrivare"}),
        do("skriv-ut", sidor=2),
        then(jobs={"arkivera": "arkiv"}),
        do("arkivera"),
        then(jobs={"publicera": "publicera"}),
        do("publicera"),
        then(finished=True, variables={"sidor": 2}),
    ),
    scenario(
        "activities/send-task",
        activity("send task", "sends its message and goes on"),
        then(waiting=["avsluta"], thrown=["Besked"]),
    ),
    scenario(
        "activities/send-task-job",
        activity("send task", "with the type of a job waits for a program"),
        then(jobs={"underratta": "brev"}),
        do("underratta"),
        then(waiting=["avsluta"], thrown=[]),
    ),
    scenario(
        "activities/receive-task",
        activity("receive task", "waits for its message"),
        then(waiting=[], listening=["yttrande"]),
        send("Yttrande", tillstyrks=True),
        then(waiting=["beslut"], variables={"tillstyrks": True}),
    ),
    scenario(
        "activities/receive-task-without-message",
        activity("receive task", "without a message passes its token on"),
        then(waiting=["beslut"], listening=[]),
    ),
    scenario(
        "activities/receive-task-instantiate",
        activity("receive task", "starts the process (`instantiate`)"),
        then(waiting=["handlagg"], passed=["anmalan"]),
        at="anmalan",
    ),
    scenario(
        "activities/business-rule-task",
        activity("business rule task", "asks a decision (DMN), whose outputs become variables"),
        then(waiting=["fakturera"], variables={"yta": 40, "belopp": 900}),
        variables={"yta": 40},
    ),
    scenario(
        "activities/several-ways-in",
        activity("any activity", "with several flows to it is done once for each token"),
        do("brev"),
        then(waiting=["anteckna", "karta"]),
        do("karta"),
        then(waiting=["anteckna", "anteckna"]),
    ),
    refused(
        "activities/implicit-throw-event",
        activity("implicit throw event", "in the flow"),
        "tyst",
    ),
)

CALLS = (
    scenario(
        "activities/call-activity",
        activity(
            "call activity", "calls a process, which sees everything and gives back what it set"
        ),
        then(waiting=["yttra"]),
        do("yttra", svar="ja"),
        then(waiting=["beslut"], variables={"rubrik": "Garage", "svar": "ja"}),
        variables={"rubrik": "Garage"},
    ),
    scenario(
        "activities/call-activity-mapping",
        activity("call activity", "hands over and takes back what is mapped, and nothing else"),
        do("yttra", svar="nej", minnesanteckning="ring i morgon"),
        then(
            waiting=["beslut"],
            variables={"rubrik": "Garage", "dagar": 14, "yttrande": "nej"},
        ),
    ),
    scenario(
        "activities/call-activity-expression",
        activity("call activity", "whose process is worked out"),
        then(waiting=["yttra"]),
        variables={"vilken": "yttrande"},
    ),
    scenario(
        "activities/call-activity-not-installed",
        activity("call activity", "of a process that is not installed is an incident"),
        then(failures=["'yttrande' that is called here is not installed"], waiting=[]),
        retry("remiss"),
        then(failures=["'yttrande' that is called here is not installed"]),
    ),
    refused(
        "activities/call-activity-without-process",
        activity("call activity", "that does not say what it calls"),
        "remiss",
    ),
    scenario(
        "activities/call-activity-global-tasks",
        activity("call activity", "calls a global task of any kind"),
        then(waiting=["fraga-task"]),
        do("fraga-task"),
        then(waiting=["besok-task"]),
        do("besok-task"),
        then(waiting=["avgift-task"], passed=["c-fraga", "c-besok", "rakna-task", "c-rakna"]),
        do("avgift-task"),
        then(finished=True, variables={"summa": 4}),
        key="arende",
    ),
    scenario(
        "activities/call-activity-recursion",
        activity("call activity", "may call its own process"),
        do("granska", fler_nivaer=True),
        do("granska", fler_nivaer=True),
        do("granska", fler_nivaer=False),
        then(finished=True, passed=["granska"] * 3 + ["botten"]),
    ),
    scenario(
        "activities/call-activity-recursion-limit",
        activity("call activity", "calls within calls without end are an incident"),
        then(failures=["nested more than 10 deep"], finished=False),
        variables={"klart": False},
        limits=Limits(depth=10),
    ),
)

SUB_PROCESSES = (
    scenario(
        "activities/sub-process",
        activity("sub-process", "ends when its last token is gone"),
        then(waiting=["besok", "granska"]),
        do("besok"),
        then(waiting=["granska"]),
        do("granska"),
        then(waiting=["beslut"], passed=["besokt", "granskat", "utred"]),
    ),
    scenario(
        "activities/sub-process-nested",
        activity("sub-process", "inside another one"),
        do("mat"),
        then(waiting=["yttrande"], passed=["matt", "kontrollera"]),
        do("yttrande"),
        then(waiting=["beslut"], passed=["kontrollera", "utred"]),
    ),
    scenario(
        "activities/sub-process-without-events",
        activity("sub-process", "without start and end events begins where no flow leads to"),
        then(waiting=["besok", "granska"]),
        do("granska"),
        do("besok"),
        then(waiting=["jamfor"]),
        do("jamfor"),
        then(waiting=["beslut"]),
    ),
    scenario(
        "activities/sub-process-empty",
        activity("sub-process", "with nothing in it is passed"),
        then(waiting=["beslut"], passed=["utred"]),
    ),
    refused(
        "activities/sub-process-without-beginning",
        activity("sub-process", "without a place to begin"),
        "utred",
    ),
    scenario(
        "activities/transaction",
        activity("transaction", "that succeeds goes on as a sub-process"),
        do("forhandla"),
        then(waiting=["bevaka"], passed=["avtala"], never=["havt"]),
    ),
    scenario(
        "activities/transaction-cancelled",
        activity(
            "transaction",
            "that is cancelled stops what goes on, undoes what was done, and leaves by the event on its border",
        ),
        then(waiting=["forhandla", "hav", "reservera"]),
        do("reservera"),
        do("hav"),
        then(waiting=["frigor"]),
        do("frigor"),
        then(waiting=["ny-upphandling"], never=["forhandla", "avtala", "bevaka"]),
    ),
    scenario(
        "activities/transaction-without-cancel-event",
        activity("transaction", "that is cancelled and has no cancel event on its border ends"),
        do("forhandla", eniga=False),
        then(finished=True),
    ),
    scenario(
        "activities/transaction-repeated-cancelled",
        activity("transaction", "repeated, is left as a whole by its cancel event"),
        do("forhandla", eniga=False),
        then(waiting=["ny-upphandling"]),
    ),
    scenario(
        "activities/transaction-failed",
        activity("transaction", "that an error leaves is not undone"),
        do("reservera"),
        fail("forhandla", "KONKURS"),
        then(waiting=["jurist"], never=["frigor", "avtala"]),
    ),
)

AD_HOC = (
    scenario(
        "activities/ad-hoc-parallel",
        activity("ad-hoc sub-process", "parallel: all begin at once and are done in any order"),
        then(waiting=["fota", "grannar", "mat"]),
        do("mat"),
        do("fota"),
        then(waiting=["grannar"]),
        do("grannar"),
        then(waiting=["beslut"], passed=["mat", "fota", "grannar", "samla"]),
    ),
    scenario(
        "activities/ad-hoc-sequential",
        activity(
            "ad-hoc sub-process", "sequential: one after the other, as they stand in the file"
        ),
        then(waiting=["grannar"]),
        do("grannar"),
        then(waiting=["mat"]),
        do("mat"),
        do("fota"),
        then(waiting=["beslut"]),
    ),
    scenario(
        "activities/ad-hoc-completion-cancels",
        activity("ad-hoc sub-process", "ends when its condition is true, and stops the rest"),
        do("mat", tillrackligt=False),
        then(waiting=["fota", "grannar"]),
        do("fota", tillrackligt=True),
        then(waiting=["beslut"], never=["grannar"]),
    ),
    scenario(
        "activities/ad-hoc-completion-waits",
        activity(
            "ad-hoc sub-process",
            "or lets the rest be finished (`cancelRemainingInstances` is false)",
        ),
        do("mat", tillrackligt=True),
        then(waiting=["fota", "grannar"]),
        do("fota"),
        do("grannar"),
        then(waiting=["beslut"]),
    ),
    scenario(
        "activities/ad-hoc-sequential-completion",
        activity("ad-hoc sub-process", "sequential, with a condition"),
        do("grannar", tillrackligt=False),
        then(waiting=["mat"]),
        do("mat", tillrackligt=True),
        then(waiting=["beslut"], never=["fota"]),
    ),
    scenario(
        "activities/ad-hoc-with-flows",
        activity("ad-hoc sub-process", "with flows between some of its activities"),
        then(waiting=["fota", "grannar"]),
        do("grannar"),
        then(waiting=["fota", "mat"]),
        do("mat"),
        do("fota"),
        then(waiting=["beslut"]),
    ),
)

ATTRIBUTES = (
    scenario(
        "activities/compensation-handler",
        activity("any activity", "for compensation (`isForCompensation`) is not part of the flow"),
        then(waiting=["boka"]),
        do("boka"),
        then(finished=True, never=["avboka"]),
    ),
    refused(
        "activities/compensation-handler-in-the-flow",
        activity("any activity", "for compensation, with a sequence flow to it"),
        "avboka",
    ),
    scenario(
        "activities/start-quantity",
        activity("any activity", "begins when so many tokens have come (`startQuantity`)"),
        do("ett"),
        then(waiting=["tva"]),
        do("tva"),
        then(waiting=["vag-samman"]),
        do("vag-samman"),
        then(finished=True),
    ),
    scenario(
        "activities/completion-quantity",
        activity("any activity", "sends so many tokens along each flow (`completionQuantity`)"),
        do("dela-upp"),
        then(waiting=["handlagg", "handlagg"]),
        do("handlagg"),
        do("handlagg"),
        then(finished=True, passed=["slut", "slut"]),
    ),
    refused(
        "activities/quantity-zero",
        activity("any activity", "`startQuantity` or `completionQuantity` less than one"),
        "dela-upp",
    ),
)

SCENARIOS = (*TASKS, *ATTRIBUTES, *CALLS, *SUB_PROCESSES, *AD_HOC)
