"""Logs for whoever runs the site: request ids, routes and names of errors; nothing that people wrote or chose.

A path may hold a receipt code and the text of an error may quote an answer, so neither is logged: a request is named
by its route, an error by its class and the places in the code that it passed.
"""

import sys
import traceback
from typing import Any

import structlog
from django.dispatch import receiver
from django.http import HttpRequest
from django_structlog.signals import (
    bind_extra_request_failed_metadata,
    bind_extra_request_finished_metadata,
    bind_extra_request_metadata,
)
from structlog.typing import EventDict, Processor, WrappedLogger


def places_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by the names of its classes and the places that it passed."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["exception"] = described(error)
    return event


def described(error: BaseException) -> str:
    """Return class names and places of an error and of what caused it, without their messages."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    words = " < ".join([type(error).__qualname__, *reversed(frames)])
    cause = error.__cause__ or error.__context__
    return f"{words} | caused by {described(cause)}" if cause else words


def without_path(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Cut the path from what Django itself says about a request."""
    if str(event.get("logger", "")).startswith("django.request"):
        event["event"] = str(event["event"]).partition(":")[0]
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso"),
    places_only,
    without_path,
]

QUIET = {
    "django": "INFO",
    "django.request": "ERROR",  # what was not found or not allowed is in the line of its request
    "celery.app.trace": "WARNING",
    "celery.worker.strategy": "WARNING",
}
"""Loggers that say too much on their own."""


def configured(log_format: str, level: str) -> dict[str, Any]:
    """Set structlog up and return the LOGGING setting; ``log_format`` is ``plain`` or ``json``."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return setting(log_format, level)


def setting(log_format: str, level: str) -> dict[str, Any]:
    """Return the LOGGING setting alone."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": _formatter(log_format)},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {name: {"handlers": [], "level": quiet, "propagate": True} for name, quiet in QUIET.items()},
    }


def _formatter(log_format: str) -> dict[str, Any]:
    last: Processor = structlog.dev.ConsoleRenderer(colors=False)
    if log_format == "json":
        last = structlog.processors.JSONRenderer()
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
    }


@receiver([bind_extra_request_metadata, bind_extra_request_finished_metadata, bind_extra_request_failed_metadata])
def name_by_route(request: HttpRequest, log_kwargs: dict[str, Any], **_kwargs: Any) -> None:
    """Name a request by its method and route."""
    match = request.resolver_match
    log_kwargs["request"] = f"{request.method} /{match.route if match else ''}"
    log_kwargs.pop("user_agent", None)
