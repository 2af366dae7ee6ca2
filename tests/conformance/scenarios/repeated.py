"""Activities that are done several times: standard loops and multi-instance (BPMN 2.0 §10.3.7)."""

from bpmn.limits import Limits
from tests.conformance.scenario import Row, do, refused, retry, scenario, send, then


def repeated(element: str, aspect: str) -> Row:
    return Row("repeated activities", element, aspect)


LOOPS = (
    scenario(
        "activities/loop-test-after",
        repeated("standard loop", "asks after each round"),
        do("ring", svar="nej"),
        then(waiting=["ring"]),
        do("ring", svar="ja"),
        then(waiting=["beslut"], passed=["ring", "ring"]),
    ),
    scenario(
        "activities/loop-test-before",
        repeated("standard loop", "asks before each round (`testBefore`)"),
        do("fraga", fler="nej"),
        then(waiting=["beslut"], passed=["ring"]),
    ),
    scenario(
        "activities/loop-test-before",
        repeated("standard loop", "asks before each round (`testBefore`)"),
        do("fraga", fler="ja"),
        then(waiting=["ring"]),
        do("ring", fler="ja"),
        then(waiting=["ring"]),
        do("ring", fler="nej"),
        then(waiting=["beslut"]),
    ),
    scenario(
        "activities/loop-maximum",
        repeated("standard loop", "has at most so many rounds (`loopMaximum`)"),
        do("ring", svar="nej"),
        do("ring", svar="nej"),
        then(waiting=["beslut"]),
    ),
    scenario(
        "activities/loop-maximum-before",
        repeated("standard loop", "has at most so many rounds (`loopMaximum`)"),
        then(waiting=["beslut"], variables={"n": 3}),
        variables={"n": 0},
    ),
    scenario(
        "activities/loop-sub-process",
        repeated("standard loop", "of a sub-process"),
        do("skriv"),
        do("granska", godkant=False),
        then(waiting=["skriv"]),
        do("skriv"),
        do("granska", godkant=True),
        then(waiting=["beslut"]),
    ),
    scenario(
        "activities/loop-condition-fails",
        repeated("standard loop", "a condition that fails is an incident that can be retried"),
        do("ring"),
        then(failures=["no variable 'svar'"], incidents=["ring"]),
        retry("ring"),
        then(failures=["no variable 'svar'"], incidents=["ring"]),
    ),
    scenario(
        "activities/loop-without-end",
        repeated("standard loop", "that never ends is an incident"),
        do("fraga", oklart=True),
        then(failures=["without a pause"], finished=False),
        limits=Limits(steps=200),
    ),
)

PEOPLE = {"granskare": ["ada", "bo", "cecilia"]}

MULTIPLE = (
    scenario(
        "activities/multi-instance-parallel-cardinality",
        repeated("multi-instance, parallel", "a number of times (`loopCardinality`)"),
        then(waiting=["granska"] * 3),
        do("granska"),
        do("granska"),
        then(waiting=["granska"]),
        do("granska"),
        then(waiting=["beslut"], passed=["granska"] * 3),
    ),
    scenario(
        "activities/multi-instance-parallel-cardinality-expression",
        repeated("multi-instance, parallel", "a number of times (`loopCardinality`)"),
        then(waiting=["granska"] * 2),
        variables={"antal": 2},
    ),
    scenario(
        "activities/multi-instance-parallel-cardinality-expression",
        repeated("multi-instance, parallel", "no times is passed"),
        then(waiting=["beslut"], passed=["granska"]),
        variables={"antal": 0},
    ),
    scenario(
        "activities/multi-instance-sequential-cardinality",
        repeated("multi-instance, sequential", "a number of times (`loopCardinality`)"),
        then(waiting=["granska"]),
        do("granska"),
        then(waiting=["granska"]),
        do("granska"),
        then(waiting=["beslut"], passed=["granska"] * 2),
    ),
    scenario(
        "activities/multi-instance-parallel-collection",
        repeated(
            "multi-instance, parallel", "over a collection, with an item each and their results"
        ),
        then(
            waiting=["granska"] * 3,
            variables=PEOPLE,
        ),
        do("granska", omdome="bra"),
        do("granska", omdome="oklart"),
        do("granska", omdome="bra"),
        then(waiting=["beslut"], variables={**PEOPLE, "omdomen": ["bra", "oklart", "bra"]}),
        variables=PEOPLE,
    ),
    scenario(
        "activities/multi-instance-parallel-collection",
        repeated("multi-instance, parallel", "over nothing has no results: an empty list"),
        then(waiting=["beslut"], variables={"granskare": [], "omdomen": []}),
        variables={"granskare": []},
    ),
    scenario(
        "activities/multi-instance-sequential-collection",
        repeated(
            "multi-instance, sequential", "over a collection, with an item each and their results"
        ),
        then(people={"granska": ("ada", [], [])}),
        do("granska", omdome="bra"),
        then(people={"granska": ("bo", [], [])}, waiting=["granska"]),
        do("granska", omdome="oklart"),
        do("granska", omdome="bra"),
        then(waiting=["beslut"], variables={**PEOPLE, "omdomen": ["bra", "oklart", "bra"]}),
        variables=PEOPLE,
    ),
    scenario(
        "activities/multi-instance-standard-words",
        repeated(
            "multi-instance, parallel",
            "in the standard's words: `loopDataInputRef`, `inputDataItem`, `loopDataOutputRef`, `outputDataItem`",
        ),
        do("valj", instanser=["miljö", "trafik"]),
        then(waiting=["yttra"] * 2),
        do("yttra", yttrande="ja"),
        do("yttra", yttrande="nej"),
        then(
            waiting=["beslut"],
            variables={"instanser": ["miljö", "trafik"], "yttranden": ["ja", "nej"]},
        ),
    ),
    scenario(
        "activities/multi-instance-data-input",
        repeated(
            "multi-instance, parallel",
            "over a data input of the activity, filled by an association",
        ),
        do("valj", instanser=["miljö", "trafik"]),
        then(waiting=["yttra"] * 2, failures=[]),
        do("yttra", yttrande="ja"),
        do("yttra", yttrande="nej"),
        then(
            waiting=["beslut"],
            variables={"instanser": ["miljö", "trafik"], "yttranden": ["ja", "nej"]},
        ),
    ),
    scenario(
        "activities/multi-instance-results-in-order",
        repeated(
            "multi-instance, parallel",
            "has the results in the order of the items, not of completion",
        ),
        then(waiting=["miljo", "miljo", "raddning"]),
        do("raddning", yttrande="först"),
        do("miljo", yttrande="sedan"),
        do("miljo", yttrande="sist"),
        then(
            waiting=["beslut"],
            variables={
                "instanser": ["miljö", "trafik", "räddning"],
                "svar": ["sedan", "sist", "först"],
            },
        ),
        variables={"instanser": ["miljö", "trafik", "räddning"]},
    ),
    scenario(
        "activities/multi-instance-loop-counter",
        repeated("multi-instance, sequential", "knows its number (`loopCounter`)"),
        then(people={"granska": ("granskare-1", [], [])}),
        do("granska"),
        then(people={"granska": ("granskare-2", [], [])}),
    ),
    scenario(
        "activities/multi-instance-completion-condition",
        repeated(
            "multi-instance, parallel",
            "ends when its condition is true; it sees `numberOfInstances`, `numberOfActiveInstances`, "
            "`numberOfCompletedInstances`",
        ),
        do("granska"),
        then(waiting=["granska"] * 3),
        do("granska"),
        then(waiting=["beslut"], passed=["granska", "granska"]),
    ),
    scenario(
        "activities/multi-instance-completion-active",
        repeated(
            "multi-instance, parallel",
            "ends when its condition is true; it sees `numberOfInstances`, `numberOfActiveInstances`, "
            "`numberOfCompletedInstances`",
        ),
        do("granska"),
        then(waiting=["granska"] * 2),
        do("granska"),
        then(waiting=["beslut"]),
    ),
    scenario(
        "activities/multi-instance-completion-sequential",
        repeated("multi-instance, sequential", "ends when its condition is true"),
        do("granska", avbryt=False),
        then(waiting=["granska"]),
        do("granska"),
        then(waiting=["beslut"], passed=["granska", "granska"]),
    ),
    scenario(
        "activities/multi-instance-condition-fails",
        repeated(
            "multi-instance, parallel",
            "a completion condition or a result that fails is an incident that can be retried",
        ),
        do("granska"),
        then(failures=["no variable 'tveksamt'"], incidents=["granska"]),
    ),
    scenario(
        "activities/multi-instance-completion-by-result",
        repeated("multi-instance, parallel", "ends by what came of an instance"),
        do("granska", omdome="bra"),
        then(waiting=["granska"] * 2),
        do("granska", omdome="avslag"),
        then(waiting=["beslut"], variables={**PEOPLE, "omdomen": ["bra", "avslag"]}),
        variables=PEOPLE,
    ),
    scenario(
        "activities/multi-instance-growing",
        repeated("multi-instance, parallel", "over a collection that grows meanwhile"),
        then(waiting=["granska"]),
        do("granska", granskare=["ada", "bo", "cecilia"]),
        then(waiting=["granska"] * 2),
        do("granska"),
        do("granska"),
        then(waiting=["beslut"]),
        variables={"granskare": ["ada"]},
    ),
    scenario(
        "activities/multi-instance-growing-sequential",
        repeated("multi-instance, sequential", "over a collection that grows meanwhile"),
        do("granska", granskare=["ada", "bo"]),
        then(waiting=["granska"]),
        do("granska"),
        then(waiting=["beslut"]),
        variables={"granskare": ["ada"]},
    ),
    scenario(
        "activities/multi-instance-growing-sequential",
        repeated("multi-instance, sequential", "over a collection that shrinks meanwhile"),
        do("granska", granskare=["ada"]),
        then(waiting=[], finished=False),
        variables={"granskare": ["ada", "bo", "cecilia"]},
    ),
    scenario(
        "activities/multi-instance-receive-task",
        repeated("multi-instance, parallel", "of a receive task"),
        then(listening=["svar", "svar"]),
        send("Svar"),
        then(listening=["svar"], waiting=[]),
        send("Svar"),
        then(waiting=["beslut"]),
    ),
    refused(
        "activities/multi-instance-event-sub-process",
        repeated("multi-instance, parallel", "of an event sub-process"),
        "notera",
    ),
    scenario(
        "activities/multi-instance-wrong-number",
        repeated(
            "multi-instance, parallel", "a number that is none, or far too many, is an incident"
        ),
        then(failures=["not a whole number"], waiting=[]),
        retry("granska"),
        then(failures=["not a whole number"]),
        variables={"antal": "många"},
    ),
    scenario(
        "activities/multi-instance-wrong-number",
        repeated(
            "multi-instance, parallel", "a number that is none, or far too many, is an incident"
        ),
        then(failures=["1000000 instances"], waiting=[]),
        variables={"antal": 1_000_000},
    ),
    refused(
        "activities/multi-instance-without-number",
        repeated("multi-instance, parallel", "without a number or a collection"),
        "granska",
    ),
    scenario(
        "activities/multi-instance-behavior-all",
        repeated("multi-instance, parallel", "`behavior` All: throws nothing"),
        do("granska"),
        then(thrown=[]),
        do("granska"),
        then(waiting=["beslut"], thrown=[]),
    ),
    scenario(
        "activities/multi-instance-behavior-none",
        repeated("multi-instance, parallel", "`behavior` None: throws its event at each instance"),
        do("granska"),
        then(waiting=["granska", "granska", "las"]),
        do("granska"),
        then(waiting=["granska", "las", "las"]),
        do("granska"),
        then(waiting=["beslut", "las", "las", "las"]),
    ),
    scenario(
        "activities/multi-instance-behavior-one",
        repeated(
            "multi-instance, parallel", "`behavior` One: throws its event at the first instance"
        ),
        do("granska"),
        then(waiting=["granska", "granska", "las"]),
        do("granska"),
        do("granska"),
        then(waiting=["beslut", "las"]),
    ),
    scenario(
        "activities/multi-instance-behavior-complex",
        repeated(
            "multi-instance, parallel",
            "`behavior` Complex: throws an event when a condition is true",
        ),
        do("granska"),
        then(waiting=["granska", "granska"]),
        do("granska"),
        then(waiting=["granska", "las"]),
        do("granska"),
        then(waiting=["beslut", "las"]),
    ),
    scenario(
        "activities/multi-instance-sub-process",
        repeated("multi-instance, parallel", "of a sub-process"),
        then(waiting=["utred", "utred"]),
        do("utred"),
        then(waiting=["svara", "utred"]),
        do("svara"),
        do("utred"),
        do("svara"),
        then(waiting=["beslut"], variables={"fragor": ["vatten", "avlopp"]}),
        variables={"fragor": ["vatten", "avlopp"]},
    ),
    scenario(
        "activities/multi-instance-call-activity",
        repeated("multi-instance, parallel", "of a call activity"),
        then(waiting=["yttra", "yttra"]),
        do("yttra"),
        do("yttra"),
        then(waiting=["beslut"], passed=["y-slut", "y-slut", "beslut"][:2]),
        variables={"instanser": ["miljö", "trafik"]},
    ),
    scenario(
        "activities/ad-hoc-multi-instance",
        repeated("multi-instance, parallel", "of an ad-hoc sub-process"),
        then(waiting=["grannar", "grannar"]),
        do("grannar"),
        then(waiting=["grannar", "mat"]),
        do("grannar"),
        do("mat"),
        do("mat"),
        then(waiting=["beslut"]),
    ),
    scenario(
        "activities/multi-instance-nested",
        repeated("multi-instance, parallel", "inside another one"),
        then(waiting=["granska"] * 4),
        *[do("granska")] * 3,
        then(waiting=["granska"]),
        do("granska"),
        then(waiting=["beslut"]),
    ),
)

SCENARIOS = (*LOOPS, *MULTIPLE)
