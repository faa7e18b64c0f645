"""What the running service says: one JSON line per event, with the request's number and no personal data."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

from registry.clock import now

Event = MutableMapping[str, Any]
_QUIET = ("/static/", "/healthz", "/readyz")
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160), 0x2028, 0x2029)}


def configure() -> None:
    """Send every event of this process to the error stream, one line each."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_values,
            one_line,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


def attach(app: Flask) -> None:
    """Tell of every request of a served application: what, by whom (a number), how it ended, how long it took."""
    app.before_request(_start)
    app.after_request(_tell)


def without_values(_logger: object, _method: str, event: Event) -> Event:
    """Replace an exception by its type and the lines it passed; its words may hold what somebody typed."""
    if event.pop("exc_info", None):
        error = sys.exception()
        frames = traceback.extract_tb(error.__traceback__) if error else []
        event["at"] = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def one_line(_logger: object, _method: str, event: Event) -> Event:
    """Escape control characters, so that nobody writes a line of their own into the log."""
    return {key: value.translate(_CONTROL) if isinstance(value, str) else value for key, value in event.items()}


def _start() -> None:
    g.started_at = now()


def _tell(response: Response) -> Response:
    if not request.path.startswith(_QUIET):
        started = g.get("started_at") or now()
        person, caller = g.get("_login_user"), g.get("caller")
        structlog.get_logger().info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=int((now() - started).total_seconds() * 1000),
            user=caller.user_id if caller else getattr(person, "id", None),
            **({"token": caller.token} if caller else {}),
        )
    return response
