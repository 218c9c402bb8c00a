"""One complaint's clock, alive from its submission to its closing. Rules and facts are the
ledger's: here are ids, a wait, and whether there was news.
"""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from workflows import search_attributes
    from workflows.messages import Carry, CaseRef, Plan

SHORTEST: Final = timedelta(milliseconds=1)
PATIENCE: Final = timedelta(seconds=6)
PERSISTENCE: Final = RetryPolicy(
    initial_interval=timedelta(milliseconds=500), maximum_interval=timedelta(seconds=15)
)


@workflow.defn(name="complaint")
class ComplaintWorkflow:
    @workflow.init
    def __init__(self, carry: Carry) -> None:
        self.case: CaseRef = carry.case
        self.wanted, self.seen = carry.wanted, carry.seen
        self.forced = False
        self.turns, self.read = 0, 0
        self.shown: Plan | None = None

    @workflow.run
    async def run(self, carry: Carry) -> int:
        """Every run begins by looking, and looks once more before it ends."""
        plan = await self.attend(None)
        while not plan.finished or self.has_news():
            self.publish(plan)
            if self.turns >= carry.can_after or workflow.info().is_continue_as_new_suggested():
                await self.go_on_as_new(carry)
            plan = await self.attend(await self.bell_or_news(plan))
        self.publish(plan)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return plan.seq

    @workflow.signal(description="the case changed, up to this sequence number")
    def changed(self, seq: int, force: bool = False) -> None:
        """A level, not a message: lost, doubled and late ones are harmless. `force` says that the
        rows are right whatever was seen before, as after a restored backup.
        """
        self.wanted = seq if force else max(self.wanted, seq)
        self.forced = self.forced or force

    @workflow.update(description="wait until the clock has caught up, and learn how far")
    async def sync(self, seq: int) -> int:
        self.wanted = max(self.wanted, seq)
        looked = self.turns
        await workflow.wait_condition(lambda: self.seen >= seq or self.turns > looked + 1)
        return self.read

    def has_news(self) -> bool:
        return self.forced or self.wanted > self.seen

    async def bell_or_news(self, plan: Plan) -> str | None:
        """The bell once its wait is over; None as soon as there is news."""
        if self.has_news():
            return None
        wait = max(timedelta(seconds=plan.wait_seconds), SHORTEST)
        try:
            await workflow.wait_condition(self.has_news, timeout=wait, timeout_summary=plan.bell)
        except TimeoutError:
            return plan.bell
        return None

    async def attend(self, bell: str | None) -> Plan:
        """What was wanted before the reading counts as seen by it: a row that is older than its
        poke must not be read for ever.
        """
        wanted, self.forced = self.wanted, False
        plan: Plan = await workflow.execute_activity(
            "attend",
            args=[self.case, bell],
            result_type=Plan,
            start_to_close_timeout=PATIENCE,
            retry_policy=PERSISTENCE,
            summary=bell or "look",
        )
        self.read, self.seen = plan.seq, max(wanted, plan.seq)
        self.turns += 1
        return plan

    def publish(self, plan: Plan) -> None:
        """What an operator sees: stage, filing, ball, and what the clock waits for."""
        if not plan.stage:
            return  # there is no such case
        if self.shown is None or facts(self.shown) != facts(plan):
            workflow.upsert_search_attributes(search_attributes.updates(self.case, plan))
            self.shown = plan
        workflow.set_current_details(details(plan))

    async def go_on_as_new(self, carry: Carry) -> None:
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(
            Carry(case=self.case, wanted=self.wanted, seen=self.seen, can_after=carry.can_after)
        )


def facts(plan: Plan) -> tuple[object, ...]:
    return (plan.number, plan.stage, plan.filing, plan.ball, plan.due)


def details(plan: Plan) -> str:
    if plan.finished:
        return f"**{plan.number}** · {plan.stage} · event {plan.seq}"
    due = f"{plan.due:%Y-%m-%d %H:%M} UTC" if plan.due else "none"
    return (
        f"**{plan.number}** · {plan.stage} · filing: {plan.filing or 'none'} · "
        f"ball: {plan.ball}\n\nnext bell: `{plan.bell}` · due: {due} · event {plan.seq}"
    )
