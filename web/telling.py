"""What the log and the meters hear of a request: its route, never its path, query, body or keys."""

import logging
import sys
import traceback
from types import TracebackType

import structlog
from litestar.types import HTTPScope
from prometheus_client import Counter, Gauge, Histogram

UNROUTED = "unrouted"
REQUESTS = Counter("redress_requests_total", "Answers by route", ("method", "route", "status"))
SECONDS = Histogram("redress_request_seconds", "Time to the end of the answer", ("method", "route"))
STREAMS = Gauge("redress_news_streams", "Pages that hear the news at this moment")

log = structlog.get_logger("web")


def set_up() -> None:
    """One JSON object a line. Libraries speak up from warnings on."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)


def tell(scope: HTTPScope, status: int, seconds: float, *, request_id: str) -> None:
    route = str(scope.get("path_template") or UNROUTED)
    method = scope["method"] if scope["method"] in METHODS else "other"
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(method, route).observe(seconds)
    told = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
    log.info("answered", request_id=request_id, **told)


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def tell_bug(error: BaseException, *, request_id: str) -> None:
    """Where it happened, once. Not the message: it may quote what somebody typed."""
    log.error(
        "failed",
        request_id=request_id,
        error=type(error).__qualname__,
        at=places(error.__traceback__),
        because=type(error.__cause__).__qualname__ if error.__cause__ else None,
    )


def places(trace: TracebackType | None) -> list[str]:
    return [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)[-12:]]
