"""
What a model must be so that it can be executed as BPMN 2.0 says.

A rule is a file with one question. It sees the description, never XML, and answers with findings that point at
an element and a line. A rule never looks at what another one found.
"""
