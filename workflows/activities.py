"""Where the clock knocks at the ledger's door."""

import functools
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, ParamSpec, TypeVar

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from services.cases import plans
from services.cases.receipts import NotFound
from workflows.messages import CaseRef, Plan
from workflows.telling import tell

log = structlog.get_logger()
P = ParamSpec("P")
R = TypeVar("R")
LOOK_AGAIN: Final = timedelta(days=7)
DEAF: Final = timedelta(seconds=5)


def without_words(work: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """A failure stays in a history: it may say what kind it is, and nothing of what anybody
    wrote.
    """

    @functools.wraps(work)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await work(*args, **kwargs)
        except ApplicationError:
            raise
        except Exception as error:  # noqa: BLE001 - every kind of failure loses its words here
            tell(work.__name__, error, attempt=activity.info().attempt)
            kind = type(error).__name__
        raise ApplicationError(kind, type=kind)

    return guarded


@activity.defn(name="attend")
@without_words
async def attend(case: CaseRef, bell: str | None) -> Plan:
    """Strikes the bell, if there is one, and tells what comes next by the ledger's own clock."""
    try:
        return planned(await plans.attend(case.tenant, case.case, bell), struck=bell)
    except NotFound:
        log.warning("no_such_case", tenant=str(case.tenant), case=str(case.case))
        return Plan(seq=0, finished=True)


def planned(plan: plans.Plan, *, struck: str | None) -> Plan:
    """A bell that was struck and is due all the same would be struck without end: it pauses."""
    wait = LOOK_AGAIN if plan.wait is None else plan.wait
    if struck and plan.bell == struck and not wait:
        log.warning("bell_came_to_nothing", case=plan.number, bell=struck)
        wait = DEAF
    return Plan(
        seq=plan.seq,
        finished=plan.finished,
        wait_seconds=wait.total_seconds(),
        bell=plan.bell,
        number=plan.number,
        stage=plan.stage.value,
        filing=plan.filing.value if plan.filing else None,
        ball=plan.ball.value,
        due=plan.due,
    )
