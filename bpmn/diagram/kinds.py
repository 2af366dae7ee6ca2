"""The tags of BPMN by how they are drawn."""

from bpmn.reader.tags import ACTIVITIES, EVENTS, FLOW_NODES

CHOREOGRAPHY = frozenset({"choreographyTask", "subChoreography", "callChoreography"})
CONVERSATIONS = frozenset({"conversation", "subConversation", "callConversation"})
DATA = frozenset(
    {
        "dataInput",
        "dataObject",
        "dataObjectReference",
        "dataOutput",
        "dataStore",
        "dataStoreReference",
    }
)
STORES = frozenset({"dataStore", "dataStoreReference"})
SWIMLANES = frozenset({"lane", "participant"})
NODES = FLOW_NODES | CHOREOGRAPHY
"""What a sequence flow can lead to."""

SHAPES = NODES | CONVERSATIONS | DATA | SWIMLANES | {"group", "message", "textAnnotation"}

DATA_ASSOCIATIONS = frozenset({"dataInputAssociation", "dataOutputAssociation"})
ASSOCIATIONS = DATA_ASSOCIATIONS | {"association"}
EDGES = ASSOCIATIONS | {"conversationLink", "messageFlow", "sequenceFlow"}

CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess", "subChoreography"})
"""What can show other elements inside it."""

PLANES = frozenset({"process", "collaboration", "globalConversation", "choreography"})
"""What a diagram can be of, beside a sub-process."""

THROWING = frozenset({"intermediateThrowEvent", "endEvent", "implicitThrowEvent"})

NAMED_OUTSIDE = EVENTS | DATA | {"message"} | (NODES - ACTIVITIES - CHOREOGRAPHY) | CONVERSATIONS
"""What is too small for its name, which stands below it."""
