"""Data: objects, properties, inputs, outputs and associations, and what is seen from where (BPMN 2.0 §10.4)."""

from tests.conformance.scenario import Row, do, refused, scenario, send, then


def data(element: str, aspect: str) -> Row:
    return Row("data", element, aspect)


OBJECTS = (
    scenario(
        "data/data-object",
        data("data object", "is a variable of the process"),
        then(variables={"yta": None, "avgift": None}),
        do("mat", yta=12),
        then(waiting=["fakturera"], variables={"yta": 12, "avgift": 120}),
    ),
    scenario(
        "data/data-object-in-sub-process",
        data("data object", "of a sub-process does not leak; other variables go outwards"),
        then(waiting=["granska"]),
        do("granska"),
        then(waiting=["besluta"], variables={"slutsats": "bifall"}),
    ),
    scenario(
        "data/data-object-same-name-inside",
        data("data object", "of a sub-process hides one of the same name outside"),
        then(waiting=["granska"], variables={"rubrik": "Ute"}),
        do("granska"),
        then(waiting=["besluta"], variables={"rubrik": "Ute"}),
    ),
    scenario(
        "data/data-object-reference-at-depth",
        data("data object", "referred to two sub-processes further in"),
        do("ange", yta=12),
        then(waiting=["besluta"], variables={"yta": [12, 12]}),
    ),
    scenario(
        "data/data-object",
        data("data object", "has the value that a case was started with"),
        then(waiting=["mat"], variables={"yta": 12, "avgift": None}),
        variables={"yta": 12},
    ),
    scenario(
        "data/data-object-named-by-id",
        data("data object", "whose name can be no variable is known by its id"),
        then(waiting=["besluta"], variables={"platser": 3}),
    ),
    scenario(
        "data/data-object-collection",
        data("data object", "a collection of things"),
        then(waiting=["yttra", "yttra"], variables={"instanser": ["miljö", "trafik"]}),
    ),
    scenario(
        "data/properties",
        data("property", "of a process, and of a sub-process, which does not leak"),
        do("granska"),
        then(waiting=["besluta"], variables={"raknare": 6}),
    ),
    scenario(
        "data/property-of-task",
        data("property", "of a task does not leak"),
        then(waiting=["besluta"], variables={"summa": 10}),
    ),
    scenario(
        "data/data-store",
        data("data store", "without a connector says nothing about the execution"),
        then(waiting=["handlagg"]),
        do("handlagg", akt_ut="A-1"),
        then(finished=True, failures=[]),
    ),
)

ASSOCIATIONS = (
    scenario(
        "data/inputs-and-outputs",
        data("input and output", "of an activity live in it, and are copied by associations"),
        then(waiting=["fakturera"], variables={"yta": 20, "avgift": 200, "kladd": "bort"}),
    ),
    scenario(
        "data/association-assignment",
        data("data association", "with assignments"),
        then(waiting=["besluta"], variables={"n": 4, "resultat": 10}),
        variables={"n": 4},
    ),
    scenario(
        "data/association-transformation",
        data("data association", "with a transformation"),
        do("lamna", sokande="anna"),
        then(waiting=["skicka"], variables={"sokande": "anna", "brev": "Hej ANNA!"}),
    ),
    scenario(
        "data/association-of-missing-value",
        data("data association", "of a value that is not there yet is passed over"),
        then(waiting=["handlagg"], failures=[]),
        do("handlagg"),
        then(finished=True),
    ),
    refused(
        "data/unreadable-association",
        data("data association", "with an expression that cannot be read"),
        "handlagg",
    ),
    scenario(
        "data/receive-task-output",
        data("data association", "out of a receive task takes up what the message carries"),
        send("Yttrande", text="tillstyrks"),
        then(waiting=["besluta"], variables={"yttrande": "tillstyrks"}),
    ),
    scenario(
        "data/event-based-receive-task-output",
        data("data association", "out of a receive task behind an event-based gateway"),
        send("Yttrande", text="tillstyrks"),
        then(waiting=["besluta"], variables={"yttrande": "tillstyrks"}),
    ),
    scenario(
        "data/loop-outputs",
        data("data association", "out of an activity that is repeated"),
        do("ring", text="upptaget", igen=True),
        do("ring", text="ja", igen=False),
        then(waiting=["besluta"], variables={"svar": "ja", "igen": False}),
    ),
    scenario(
        "data/catch-event-output",
        data("data association", "out of a catch event takes up what the message carries"),
        send("Svar", text="ja tack"),
        then(waiting=["besluta"], variables={"yttrande": "ja tack"}),
    ),
    scenario(
        "data/throw-event-input",
        data("data association", "into a throw event says what the message carries"),
        do("besluta", beslut="bifall", hemligt="x"),
        then(waiting=["arkivera"], thrown=["Besked"], carried=[{"text": "bifall"}]),
    ),
    scenario(
        "data/send-task-input",
        data("data association", "into a send task says what the message carries"),
        do("besluta", beslut="bifall", hemligt="x"),
        then(waiting=["arkivera"], thrown=["Besked"], carried=[{"text": "bifall"}]),
    ),
    scenario(
        "data/throw-event-everything",
        data("message", "without an association carries every variable"),
        then(thrown=["Besked"], carried=[{"beslut": "bifall", "diarienummer": 7}]),
        variables={"beslut": "bifall", "diarienummer": 7},
    ),
)

SCOPES = (
    scenario(
        "data/multi-instance-scopes",
        data("multi-instance", "each instance has data of its own, and none of them leaks"),
        then(waiting=["granska", "granska"]),
        do("granska"),
        do("granska"),
        then(
            waiting=["besluta"],
            variables={"fragor": ["vatten", "avlopp"], "svar": ["vatten?!", "avlopp?!"]},
        ),
        variables={"fragor": ["vatten", "avlopp"]},
    ),
    scenario(
        "data/called-process-scopes",
        data("called process", "sees and gives back what associations say"),
        do("ange", rubrik="Garage"),
        then(waiting=["yttra"]),
        do("yttra", svar="tillstyrks", kladd="x"),
        then(waiting=["besluta"], variables={"rubrik": "Garage", "omdome": "tillstyrks"}),
    ),
)

SCENARIOS = (*OBJECTS, *ASSOCIATIONS, *SCOPES)
