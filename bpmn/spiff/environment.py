"""SpiffWorkflow's script engine runs Python as it is; ours runs nothing, because nothing may reach it."""

from typing import Any, NoReturn


class RefusingScriptEngine:
    """Stands where the library expects an engine. Expressions and scripts go through `bpmn.scripting`."""

    def evaluate(self, *_: Any, **__: Any) -> NoReturn:
        raise RuntimeError(
            "SpiffWorkflow asked to evaluate a text; only bpmn.scripting does that."
        )

    execute = call_service = evaluate
