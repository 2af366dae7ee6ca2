"""
The saved state of an instance: its live tokens and its variables, and nothing that a version already knows.

One byte of format, then msgpack packed by zstd. Dates, decimals and large integers come back as what they were,
because they are kept under types of their own; no name or text in the variables is ever interpreted. What was
written by an older format is read by a function that stays here with an example in the tests.

    state  = [last token's number, scope]
    scope  = [variables, tokens, more?]        more: what few scopes have, by a letter
    token  = [number, element, state, flow, since, more?]
"""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import msgpack
import zstandard
from SpiffWorkflow.util.task import TaskState

from bpmn.errors import StateUnreadable
from bpmn.limits import Limits
from bpmn.spiff.instance import Instance
from bpmn.spiff.process import ExecutableProcess, Library
from bpmn.spiff.scopes import Scope, SubScope
from bpmn.spiff.token import Token

FORMAT = b"\x01"
LARGEST = 64 * 1024 * 1024
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

_tools = threading.local()  # a compressor may be used by one thread at a time

Row = list[Any]


def dump(instance: Instance) -> bytes:
    packed = msgpack.packb([instance.last_token, _scope(instance)], default=_pack)
    return FORMAT + _compressor().compress(packed)


def load(process: ExecutableProcess, state: bytes, library: Library, limits: Limits) -> Instance:
    """Raises `StateUnreadable`."""
    last_token, scope = _unpacked(state)
    instance = Instance(process, library, limits)
    instance.last_token = last_token
    _fill(instance, scope)
    instance.line_up()
    return instance


def variables(state: bytes) -> dict[str, Any]:
    """Return the variables of the outermost scope without restoring the instance."""
    _, (data, *_) = _unpacked(state)
    return dict(data)


# ---------------------------------------------------------------- writing


def _scope(scope: Scope) -> Row:
    row: Row = [scope.data, [_token(token) for token in scope.tasks.values()]]
    more: dict[str, Any] = {}
    if scope.listening:
        more["l"] = [_token(token) for token in scope.listening.values()]
    if scope.gates:
        more["g"] = scope.gates
    if scope.done:
        more["d"] = scope.done
    if isinstance(scope, SubScope):
        if scope.scope_id is not None:
            more["s"] = scope.scope_id
        if scope.outer is None:
            more["c"] = scope.process.identity
            more["w"] = sorted(scope.written)
    if more:
        row.append(more)
    return row


def _token(token: Token) -> Row:
    row: Row = [
        token.id,
        token.task_spec.name,
        token._state,  # noqa: SLF001
        token.flow,
        (token.since - EPOCH) // MICROSECOND,
    ]
    more: dict[str, Any] = {}
    if token.notes:
        more["n"] = token.notes
    if token.host is not None:
        more["h"] = token.host.id
    if token.wrote:
        more["w"] = token.wrote
    if token.inner:
        more["i"] = [_scope(scope) for scope in token.inner]
    if more:
        row.append(more)
    return row


# ---------------------------------------------------------------- reading


def _fill(scope: Scope, row: Row) -> None:
    scope.data, tokens, *rest = row
    for each in tokens:
        token = _restored(scope, *each)
        scope.tasks[token.id] = token
        _resume(token, each)
    more = rest[0] if rest else {}
    for each in more.get("l", ()):
        token = _restored(scope, *each)
        token.notes = each[5].get("n", token.notes)
        token.listens = True
        scope.listening[token.id] = token
        token.host = scope.tasks.get(each[5].get("h"))
        _await_condition(token)
    scope.gates = more.get("g", {})
    for name in scope.gates:
        scope.top.merging[id(scope), name] = (scope, scope.spec.task_specs[name])
    scope.done = more.get("d", [])


def _restored(  # noqa: PLR0913, PLR0917
    scope: Scope, number: int, name: str, state: int, flow: int, since: int, *_: Any
) -> Token:
    return Token(
        scope,
        scope.spec.task_specs[name],
        number=number,
        flow=flow,
        since=EPOCH + since * MICROSECOND,
        state=state,
    )


def _resume(token: Token, row: Row) -> None:
    """Put a token back to where it waited."""
    if len(row) > 5:
        more = row[5]
        token.notes = more.get("n", token.notes)
        token.wrote = more.get("w", token.wrote)
        for inner in more.get("i", ()):
            _fill_inner(token, inner)
    state = token._state  # noqa: SLF001
    if state == TaskState.READY:
        token.workflow.top.ready.append(token)
    elif state == TaskState.WAITING:
        token.task_spec.hold(token)
    elif "awaits" in token.notes:
        _await_condition(token)


def _await_condition(token: Token) -> None:
    if any(each.condition for each in token.task_spec.awaited):
        token.workflow.top.conditions[token.id] = token


def _fill_inner(host: Token, row: Row) -> None:
    """Restore the inside of a sub-process, of a called process, or of a round."""
    more = row[2] if len(row) > 2 else {}
    if "c" in more:
        process = host.workflow.top.library.by_identity(more["c"])
        inner = SubScope(host, process, process.key, called=True)
        inner.written = set(more["w"])
    else:
        inner = SubScope(host, host.workflow.process, more.get("s"))
    _fill(inner, row)


# ---------------------------------------------------------------- values


def _unpacked(state: bytes) -> Any:
    if state[:1] != FORMAT:
        raise StateUnreadable("The saved state has a format that this version does not know.")
    try:
        packed = _decompressor().decompress(state[1:], max_output_size=LARGEST)
        return msgpack.unpackb(packed, ext_hook=_unpack, strict_map_key=False)
    except (zstandard.ZstdError, ValueError, msgpack.UnpackException) as error:
        raise StateUnreadable("The saved state is damaged.") from error


TYPES: tuple[tuple[int, type, Callable[[Any], str], Callable[[str], Any]], ...] = (
    (1, datetime, datetime.isoformat, datetime.fromisoformat),
    (2, date, date.isoformat, date.fromisoformat),
    (3, time, time.isoformat, time.fromisoformat),
    (4, Decimal, str, Decimal),
    (5, int, str, int),
    (
        6,
        timedelta,
        lambda value: str(value // MICROSECOND),
        lambda text: int(text) * MICROSECOND,
    ),
)
"""What msgpack has no type for: our number of the type, and the text it is kept as. Numbers never change."""


def _pack(value: Any) -> msgpack.ExtType:
    for code, kind, to_text, _ in TYPES:
        if isinstance(value, kind):
            return msgpack.ExtType(code, to_text(value).encode())
    raise TypeError(f"{type(value).__name__} is not a variable's type")


def _unpack(code: int, text: bytes) -> Any:
    for known, _, _, from_text in TYPES:
        if known == code:
            return from_text(text.decode())
    raise StateUnreadable("The saved state holds a type that this version does not know.")


def _compressor() -> zstandard.ZstdCompressor:
    if not hasattr(_tools, "compressor"):
        _tools.compressor = zstandard.ZstdCompressor(level=1, write_content_size=True)
    compressor: zstandard.ZstdCompressor = _tools.compressor
    return compressor


def _decompressor() -> zstandard.ZstdDecompressor:
    if not hasattr(_tools, "decompressor"):
        _tools.decompressor = zstandard.ZstdDecompressor()
    decompressor: zstandard.ZstdDecompressor = _tools.decompressor
    return decompressor
