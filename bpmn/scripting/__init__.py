"""
Conditions and scripts in the models of strangers, whichever language they are written in.

FEEL is the language that is evaluated (`bpmn.feel`). The others are ways to write it: JUEL and Python's syntax
are read into the same tree, with the functions that they have and FEEL has not (`functions`), and scripts are
statements around such trees. Neither `eval`, `exec` nor `compile` ever sees the text of a model.
"""
