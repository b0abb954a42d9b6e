"""The operator's journal: one JSON line an event on standard error, with no secret and no opinion in it.

What people wrote never reaches it: events carry ids and counts. As a second lock, fields that could hold words of
people or a token are blanked, and a traceback shows no local variables.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any, Final, TextIO, cast

import structlog

_TOKEN: Final = re.compile(r"[\w-]{20,}\.[\w-]{6,}\.[\w-]{20,}")
_BLANKED: Final = frozenset({"token", "authorization", "text", "content", "explanation", "old_text"})
_FLOORS: Final = {"aiosqlite": logging.WARNING, "asyncio": logging.WARNING, "discord": logging.INFO}
"""The least level of libraries' own lines: below it they tell of statements and payloads, which hold people's words."""


def start_journal(level: str, stream: TextIO | None = None) -> None:
    """Send our own events and those of the libraries to one stream (default: standard error) as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=20)
            ),
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, floor in _FLOORS.items():
        logging.getLogger(name).setLevel(max(floor, root.level))


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank what must not be in a journal: anything shaped like a bot token, and fields that hold people's words."""
    for name, value in event.items():
        event[name] = "…" if name in _BLANKED else _without_tokens(value)
    return event


def _without_tokens(value: Any) -> Any:
    if isinstance(value, str):
        return _TOKEN.sub("…", value)
    if isinstance(value, Mapping):
        return {key: _without_tokens(inner) for key, inner in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_without_tokens(inner) for inner in cast("Sequence[Any]", value)]
    return value
