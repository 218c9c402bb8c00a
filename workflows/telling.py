"""What the worker says of itself: ids, kinds and places, in one line of JSON each."""

import logging
import sys
import traceback
from typing import Final

import structlog
from temporalio.service import RPCError

from infra.database import DatabaseAway

log = structlog.get_logger()
AWAY: Final = (DatabaseAway, RPCError, ConnectionError, TimeoutError)
FRAMES_MAX: Final = 6
SAID_MAX: Final = 120


def set_up() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(handlers=[Libraries()], level=logging.WARNING)


class Libraries(logging.Handler):
    """What libraries say, without what they were saying it about."""

    def emit(self, record: logging.LogRecord) -> None:
        said = str(record.msg).partition("(")[0][:SAID_MAX].strip()
        log.warning("library", library=record.name, said=said)


def tell(name: str, error: BaseException, **more: object) -> None:
    """What happened and where, without the words of the error: they may be somebody's."""
    cause = root_of(error)
    kind = type(cause).__name__
    if isinstance(cause, AWAY):
        log.warning("waiting", task=name, error=kind, **more)
    else:
        log.error("failed", task=name, error=kind, at=frames(cause), **more)


def root_of(error: BaseException) -> BaseException:
    """A group of tasks wraps what one of them met."""
    if isinstance(error, BaseExceptionGroup):
        return root_of(error.exceptions[0])
    return error


def frames(error: BaseException) -> list[str]:
    found = traceback.extract_tb(error.__traceback__)[-FRAMES_MAX:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in found]
