"""A model that is not executed: a citizen asks and an office decides, each in a pool."""

from tests.bpmn.sketch import definitions, end, process, start, user

POOLS = (
    "<collaboration id='c' name='{name}'>"
    "<participant id='citizen' name='Citizen' processRef='asking'/>"
    "<participant id='office' name='Office' processRef='answering'/>"
    "<messageFlow id='question' name='Question' sourceRef='ask' targetRef='decide'/>"
    "</collaboration>"
)


def pools(asked: str = "Ask", name: str = "Ask and answer") -> bytes:
    source = definitions(
        POOLS.format(name=name),
        process("asking", start("s"), user("ask", name=asked), end("e"), flows="s > ask > e"),
        process("answering", user("decide", name="Decide")),
    )
    return source.replace(b'isExecutable="true"', b'isExecutable="false"')


def unmarked(source: bytes) -> bytes:
    """Leave out whether the processes are executable, as many tools do."""
    return source.replace(b' isExecutable="true"', b"")
