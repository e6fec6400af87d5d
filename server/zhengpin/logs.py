"""How a process of Zhengpin logs."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.types import EventDict, Processor

from zhengpin.settings import Settings


def set_up_logs(settings: Settings, worker: int | None = None) -> None:
    """Log as JSON lines for programs or in colour for people, on standard error; a worker names itself in each line."""
    level = getattr(logging, settings.log_level.upper())
    render = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            *([] if worker is None else [_naming(worker)]),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            render if settings.log_form == "json" else structlog.dev.ConsoleRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # A line and its end in one write, even where Python does not buffer: workers share the stream.
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )


def _naming(worker: int) -> Processor:
    """Not a context variable: those are not inherited by the threads that answer calls."""

    def name(_logger: object, _method: str, event: EventDict) -> EventDict:
        return {**event, "worker": worker}

    return name
