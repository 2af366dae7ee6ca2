"""Lanes, pools and people: who does what (BPMN 2.0 §9.3, §10.3.4, §10.8)."""

from tests.conformance.scenario import Row, do, scenario, send, then


def lane(element: str, aspect: str) -> Row:
    return Row("lanes", element, aspect)


def group(name: str) -> tuple[None, list[str], list[str]]:
    return None, [], [name]


SCENARIOS = (
    scenario(
        "lanes/lane",
        lane("lane", "gives its tasks its name as candidate group, or the role it says"),
        then(people={"handlagg": group("Handläggare")}),
        do("handlagg"),
        then(people={"besluta": group("chef")}),
        do("besluta"),
        then(people={"expediera": group("registrator")}),
    ),
    scenario(
        "lanes/lane-without-pool",
        lane("lane", "without a pool around it"),
        then(people={"handlagg": group("Handläggare")}),
        do("handlagg"),
        then(people={"besluta": group("Chefen")}),
    ),
    scenario(
        "lanes/lane-nested",
        lane("lane", "inside another one: the innermost decides"),
        then(people={"ta-emot": group("Registrator")}),
        do("ta-emot"),
        then(people={"handlagg": group("Handläggare")}),
        do("handlagg"),
        then(people={"besluta": group("Nämnden")}),
    ),
    scenario(
        "lanes/lane-around-sub-process",
        lane("lane", "of a sub-process counts for the tasks in it"),
        then(people={"granska": group("Handläggare")}),
    ),
    scenario(
        "lanes/two-pools",
        lane("pool", "several in a file: each executable process is deployed by itself"),
        do("skriv"),
        then(thrown=["Beställning"], listening=["levererat"]),
        send("Leverans"),
        then(finished=True),
        key="bestallning",
    ),
    scenario(
        "lanes/two-pools",
        lane("pool", "several in a file: each executable process is deployed by itself"),
        then(waiting=["plocka"]),
        do("plocka"),
        then(finished=True, thrown=["Leverans"]),
        key="leverans",
        at="inkommen",
    ),
    scenario(
        "lanes/black-box-pool",
        lane("pool", "without a process, and message flows: say nothing about the execution"),
        then(waiting=["handlagg"]),
        do("handlagg"),
        then(finished=True, thrown=["Besked"]),
        at="inkommen",
    ),
    scenario(
        "lanes/pool-not-executable",
        lane("pool", "whose process is not executable, beside one that is"),
        do("handlagg"),
        then(finished=True, thrown=["Remiss"]),
        key="arende",
    ),
    scenario(
        "lanes/not-executable",
        lane("process", "none in the file is executable"),
        is_drawing=True,
    ),
    scenario(
        "lanes/potential-owner",
        lane("potential owner", "users and groups by an expression, or a resource by reference"),
        then(people={"handlagg": (None, ["ada"], ["handlaggare"])}),
        do("handlagg"),
        then(people={"besluta": group("chefer")}),
        do("besluta"),
        then(people={"expediera": group("Registratorer")}),
    ),
    scenario(
        "lanes/human-performer",
        lane("human performer", "is the assignee"),
        then(people={"handlagg": ("eva", [], [])}),
        do("handlagg"),
        then(people={"besluta": ("maria", [], [])}),
        variables={"chef": "maria"},
    ),
    scenario(
        "lanes/separation-of-duties",
        lane("separation of duties", "`rutin:notPerformerOf` and `rutin:performerOf` are kept"),
        do("skriv"),
        do("granska"),
        do("ratta"),
        then(finished=True),
    ),
    scenario(
        "lanes/annotation",
        lane("text annotation, documentation", "say nothing about the execution"),
        then(waiting=["handlagg"]),
        do("handlagg"),
        then(finished=True),
    ),
    scenario(
        "lanes/assignee-not-a-name",
        lane("assignee", "that is no name is an incident"),
        then(failures=["The assignee is to be a name"], waiting=[]),
        variables={"vem": 7},
    ),
)
