"""
The only room that speaks SpiffWorkflow.

SpiffWorkflow gives the model of execution: a graph of task specifications, tasks with a state and a life-cycle of
hooks, workflows and sub-workflows. What it does not give at the price or the correctness we need is replaced by
subclasses here: the graph is built from our description instead of its XML parser, a task is a token without a
tree of predicted futures, and the workflow keeps a queue of ready tokens instead of searching for them
(`docs/build/decisions/`).
"""
