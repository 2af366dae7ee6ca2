"""The XML namespaces that we read."""

from collections.abc import Mapping
from types import MappingProxyType

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DMN = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)

BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
SVG = "http://www.w3.org/2000/svg"
XML = "http://www.w3.org/XML/1998/namespace"

RUTIN = "https://rutin.example/schema/1"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
SPIFFWORKFLOW = "http://spiffworkflow.org/bpmn/schema/1.0/core"
FLOWABLE = "http://flowable.org/bpmn"
ACTIVITI = "http://activiti.org/bpmn"
DROOLS = "http://www.jboss.org/drools"
MODELER = "http://camunda.org/schema/modeler/1.0"
"""What Camunda's Modeler notes for itself."""
XSI = "http://www.w3.org/2001/XMLSchema-instance"

DIALECTS: Mapping[str, str] = MappingProxyType(
    {
        RUTIN: "rutin",
        CAMUNDA: "camunda",
        "http://activiti.com/bpmn": "activiti",
        ZEEBE: "zeebe",
        SPIFFWORKFLOW: "spiffworkflow",
        FLOWABLE: "flowable",
        ACTIVITI: "activiti",
        DROOLS: "drools",
    }
)
"""Whose attributes and extension elements we know, by namespace: they are read, harmless, or told."""
