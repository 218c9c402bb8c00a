"""Stretches of life that several tests need."""

from datetime import timedelta

from services.cases import bells, queries
from services.cases.receipts import Receipt
from tests.cases.cast import Org, wait


async def climb(org: Org, case: Receipt, *, bells: int) -> list[str]:
    """Nobody acts: so many bells are waited for and struck; the events that came of them."""
    told: list[str] = []
    for _ in range(bells):
        told += await strike_next(org, case)
    return told


async def strike_next(org: Org, case: Receipt) -> tuple[str, ...]:
    plan = await queries.plan(org.tenant, case.case_id)
    if plan.bell is None:
        return ()
    await wait(org, plan.wait or timedelta())
    receipt = await bells.apply_bell(org.tenant, case.case_id, plan.bell)
    return receipt.events
