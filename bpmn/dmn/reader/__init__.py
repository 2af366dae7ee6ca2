"""
From the bytes of a DMN file to its description.

The namespaces of DMN 1.1 to 1.5 are read alike: a later version added elements and renamed none. Only here does
`bpmn.dmn` see XML.
"""
