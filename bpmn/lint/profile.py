"""Which rules speak, and in which order."""

from collections.abc import Callable, Iterable, Iterator

from bpmn.description import Process
from bpmn.findings import Finding
from bpmn.lint.rules import (
    ad_hoc,
    assignment,
    attribute_value,
    boundary_event,
    cancel,
    compensation,
    cron,
    dangling_flow,
    dangling_reference,
    data_association,
    default_condition,
    default_flow,
    empty_sub_process,
    endless_loop,
    event_gateway,
    event_incomplete,
    event_position,
    event_sub_process,
    expression_language,
    flow_ends,
    foreign,
    gateway_direction,
    link,
    missing_condition,
    needless_condition,
    no_beginning,
    no_called_process,
    no_instances,
    no_message,
    not_supported,
    script,
    searchable_variable,
    several_beginnings,
    shortcut,
    sub_process_start,
    too_large,
    unreachable,
)

Rule = Callable[[Process], Iterable[Finding]]

EXECUTION: tuple[Rule, ...] = (
    too_large.check,
    not_supported.check,
    attribute_value.check,
    # the flow
    dangling_flow.check,
    flow_ends.check,
    no_beginning.check,
    several_beginnings.check,
    # gateways and conditions
    default_flow.check,
    missing_condition.check,
    needless_condition.check,
    default_condition.check,
    event_gateway.check,
    gateway_direction.check,
    # events
    event_position.check,
    event_incomplete.check,
    cron.check,
    boundary_event.check,
    sub_process_start.check,
    event_sub_process.check,
    link.check,
    cancel.check,
    compensation.check,
    no_message.check,
    # activities
    no_called_process.check,
    script.check,
    expression_language.check,
    no_instances.check,
    endless_loop.check,
    empty_sub_process.check,
    ad_hoc.check,
    assignment.check,
    # what is referred to
    dangling_reference.check,
    data_association.check,
    searchable_variable.check,
    shortcut.check,
    # what is there and does nothing
    foreign.check,
    unreachable.check,
)


def check(process: Process) -> Iterator[Finding]:
    """Say what keeps a process from being executed, and what its owner should know."""
    for rule in EXECUTION:
        yield from rule(process)
