"""Logs: one structured line an event, text for people or JSON for machines, of our code and the libraries alike."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor

from dateline.settings import Settings

_NOISY: Final = ("elastic_transport", "celery.app.trace", "celery.worker.strategy", "celery.beat", "kombu", "alembic")
"""Libraries that write a line or more for each task, request or tick."""

_MAX_VALUE: Final = 300
_LONG_VALUES: Final = {"event": 4_000, "exception": 16_000}
"""Characters of a field's value that are written."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves a terminal's cursor, colours it, begins a line or turns the direction of what stands there. Tab and line
feed are looked after where they may stand: in a traceback."""


def set_up_logging(settings: Settings) -> None:
    """Send everything to standard error, in the format and from the level that ``settings`` say.

    Our own lines are written at once: a worker writes one for each item, and the way through ``logging`` costs three
    times as much.
    """
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _add_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = _last(settings.log_format)
    _set_up_libraries(level, shared, last)
    structlog.configure(
        processors=[*shared, *last],
        logger_factory=_Line,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )


def _cut(logger: Any, method: str, event: EventDict) -> EventDict:
    """Bound what clients can make us write: a path of line feeds becomes twice as long in a log."""
    for name, value in event.items():
        if isinstance(value, (int, float, bool)) or value is None:
            continue
        text = value if isinstance(value, str) else str(value)
        bound = _LONG_VALUES.get(name, _MAX_VALUE)
        if len(text) > bound:
            event[name] = f"{text[:bound]}… ({len(text)})"
    return event


def _escaped(text: str) -> str:
    """``text`` with control characters in the notation of JSON, so that no line of a log can pretend to be another."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text) if _CONTROL.search(text) else text


def _on_one_line(text: str) -> str:
    return _escaped(text).replace("\n", "\\n").replace("\t", "\\t")


class _Line:
    """Writes finished lines; ``name`` is the logger's."""

    def __init__(self, name: str = "dateline") -> None:
        self.name = name

    def msg(self, line: str) -> None:
        """Write one line, in one call, so that threads don't mix theirs."""
        sys.stderr.write(line + "\n")

    log = debug = info = warning = error = critical = exception = msg


def _add_name(logger: Any, method: str, event: EventDict) -> EventDict:
    event["logger"] = event["_record"].name if "_record" in event else logger.name
    return event


def _last(log_format: str) -> list[Processor]:
    if log_format == "json":
        return [structlog.processors.format_exc_info, _cut, _json]
    if sys.stderr.isatty():
        console = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        return [structlog.processors.format_exc_info, _cut, _harmless, console]
    return [structlog.processors.format_exc_info, _cut, _plain]


_render_json: Final = structlog.processors.JSONRenderer(ensure_ascii=False)


def _json(logger: Any, method: str, event: EventDict) -> str:
    """One object; JSON itself escapes only some of the control characters."""
    return _escaped(str(_render_json(logger, method, event)))


def _harmless(logger: Any, method: str, event: EventDict) -> EventDict:
    """What is shown on a terminal moves nothing there."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _escaped(value) if name == "exception" else _on_one_line(value)
    return event


def _plain(logger: Any, method: str, event: EventDict) -> str:
    """Text for a file: no padding and no colours, which took a sixth of a worker's time."""
    said = _on_one_line(str(event.pop("event")))
    start = f"{event.pop('timestamp')} {event.pop('level')} [{event.pop('logger')}] {said}"
    trace = _escaped(event.pop("exception", ""))
    fields = "".join(f" {name}={_quoted(value)}" for name, value in event.items())
    return f"{start}{fields}\n{trace}" if trace else start + fields


def _quoted(value: object) -> str:
    text = str(value)
    return text if text.isascii() and text.isprintable() and " " not in text else repr(text)


def _set_up_libraries(level: int, shared: list[Processor], last: list[Processor]) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, level))
