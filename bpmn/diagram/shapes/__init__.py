"""The shapes of BPMN, each drawn in the box it is given."""
