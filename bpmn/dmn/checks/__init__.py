"""
What a person who draws decisions should know before they are deployed.

A check is a file with one question. It sees what stands in a file, never XML, and answers with findings that point
at an element and a line.
"""
