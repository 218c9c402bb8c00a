"""How a case comes to each moment of its consumer's page, and what the page then says and asks."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from services.cases import bells, ledger, queries
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Ball, Door, Outcome, Reason, Verdict
from services.tenants import organisations, seats
from services.tenants.organisations import Organisation
from tests.web.cast import SOON, TODAY, Filed, at_merchant, give, leo_of, offered, proof
from web.moments import Moment, moment

STRIKES_MAX = 50
DAYS_MAX = 60
Step = Callable[[Organisation, Filed], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """`act` is the noun that comes first; `tone` that of the date, None where none is shown."""

    steps: tuple[Step, ...]
    act: str | None = None
    tone: str | None = "calm"


def does(command: c.Command) -> Step:
    async def step(acme: Organisation, filed: Filed) -> None:
        await give(acme, filed, command)

    return step


def until(wanted: Moment) -> Step:
    """The clock goes on day by day, and every bell that is due rings, until this moment comes."""

    async def step(acme: Organisation, filed: Filed) -> None:
        operator = seats.operator(tenant=acme.tenant, slug=acme.slug)
        for _ in range(DAYS_MAX):
            await organisations.advance_clock(operator, timedelta(days=1))
            await ring_all(acme, filed)
            if moment(await queries.case(leo_of(acme), filed.number)) is wanted:
                return
        raise AssertionError(f"{wanted} never came")

    return step


async def ring_all(acme: Organisation, filed: Filed) -> None:
    view = await queries.case(leo_of(acme), filed.number)
    for _ in range(STRIKES_MAX):
        plan = await queries.plan(acme.tenant, view.id)
        if plan.finished or plan.bell is None or plan.wait:
            return
        await bells.apply_bell(acme.tenant, view.id, plan.bell)


def theirs(command: Callable[[int], c.Command]) -> Step:
    """An act of the consumer's own; given the entry of the open offer or promise."""

    async def step(acme: Organisation, filed: Filed) -> None:
        view = await queries.case(leo_of(acme), filed.number)
        opened = view.case.offer or view.case.promise
        seat = seats.consumer(tenant=acme.tenant, slug=acme.slug, case=view.id)
        what = command(opened.seq if opened else 0)
        await ledger.apply(seat, filed.number, what, command_id=uuid4())

    return step


def words(text: str = "核实过") -> Words:
    return Words(text=text)


def refused(door: Door, verdict: Verdict = Verdict.REFUSED) -> Step:
    return does(c.RecordAnswer(door=door, verdict=verdict, on=TODAY, text=words("不同意")))


def to(door: Door) -> Step:
    return does(c.OpenDoor(door=door))


def sent(door: Door) -> Step:
    return does(c.RecordFiling(door=door, on=TODAY, proof=proof()))


def promised(amount: str | None = None, by: Ball = Ball.MERCHANT) -> Step:
    sum_ = Decimal(amount) if amount else None
    return does(c.Promise(promisor=by, what=words("退款"), due_on=SOON, amount=sum_))


def kept(seq: int) -> c.Command:
    return c.Fulfil(promise=seq, proof=proof())


TAKEN = does(c.TakeOn())
PLATFORM = (at_merchant, refused(Door.MERCHANT), to(Door.PLATFORM))
REGULATOR = (at_merchant, refused(Door.MERCHANT), to(Door.REGULATOR))
MEDIATED = (*PLATFORM, does(c.AcceptMediation(confirmed=True)))
COURT = (at_merchant, does(c.GoToLaw()))
ACCEPTED = refused(Door.REGULATOR, Verdict.ACCEPTED)
OFFERED = (offered, theirs(lambda seq: c.AcceptOffer(offer=seq)))
CHOOSING = (*PLATFORM, sent(Door.PLATFORM), until(Moment.CHOOSE_DOOR))

STORIES: Mapping[str, Story] = {
    "received": Story(steps=()),
    "look_late": Story(steps=(until(Moment.LOOK_LATE),), tone=None),
    "question": Story(steps=(does(c.Ask(text=words("请补充"))),), act="reply", tone="any"),
    "choose_door": Story(steps=CHOOSING, act="reply", tone="any"),
    "wish": Story(
        steps=(*CHOOSING, theirs(lambda _: c.Provide(text=words(), choice=Door.ASSOCIATION)))
    ),
    "offer": Story(steps=(offered,), act="agreement", tone="any"),
    "offer_late": Story(steps=(offered, until(Moment.OFFER_LATE)), act="agreement", tone=None),
    "accepted": Story(steps=OFFERED, act="fulfilment"),
    "promise": Story(steps=(at_merchant, promised()), act="fulfilment"),
    "promise_yours": Story(steps=(at_merchant, promised(by=Ball.CONSUMER)), act="fulfilment"),
    "promise_due": Story(
        steps=(at_merchant, promised(), until(Moment.PROMISE_DUE)), act="fulfilment", tone="soon"
    ),
    "merchant_ours": Story(steps=(TAKEN,)),
    "merchant_sent": Story(steps=(at_merchant,)),
    "merchant_refused": Story(steps=(at_merchant, refused(Door.MERCHANT))),
    "merchant_silent": Story(
        steps=(at_merchant, until(Moment.MERCHANT_SILENT)), act="filing", tone="any"
    ),
    "merchant_spoke": Story(
        steps=(offered, theirs(lambda n: c.RefuseOffer(offer=n, text=words())))
    ),
    "platform_yours": Story(steps=PLATFORM, act="filing", tone="any"),
    "platform_sent": Story(steps=(*PLATFORM, sent(Door.PLATFORM))),
    "platform_refused": Story(steps=(*PLATFORM, sent(Door.PLATFORM), refused(Door.PLATFORM))),
    "association_sent": Story(steps=MEDIATED),
    "association_ended": Story(
        steps=(*MEDIATED, does(c.EndMediation(reason=Reason.NO_AGREEMENT, text=words()))),
        act="filing",
        tone=None,
    ),
    "regulator_yours": Story(steps=REGULATOR, act="filing", tone="any"),
    "regulator_sent": Story(steps=(*REGULATOR, sent(Door.REGULATOR))),
    "regulator_accepted": Story(steps=(*REGULATOR, sent(Door.REGULATOR), ACCEPTED)),
    "regulator_refused": Story(steps=(*REGULATOR, sent(Door.REGULATOR), refused(Door.REGULATOR))),
    "regulator_ended": Story(
        steps=(*REGULATOR, sent(Door.REGULATOR), refused(Door.REGULATOR, Verdict.ENDED))
    ),
    "law_yours": Story(steps=COURT, act="filing", tone=None),
    "law_sent": Story(steps=(*COURT, sent(Door.LAW))),
    "law_accepted": Story(steps=(*COURT, sent(Door.LAW), refused(Door.LAW, Verdict.ACCEPTED))),
    "paused": Story(
        steps=(does(c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL)),), tone=None
    ),
    "solved": Story(steps=(at_merchant, promised("1286"), theirs(kept)), tone=None),
    "partly": Story(steps=(*OFFERED, theirs(kept)), tone=None),
    "not_solved": Story(
        steps=(at_merchant, does(c.Close(outcome=Outcome.NOT_SOLVED, text=words("店铺已注销")))),
        act="reopening",
        tone=None,
    ),
    "withdrawn": Story(
        steps=(theirs(lambda _: c.Withdraw(reason=Reason.CHANGED_MIND)),),
        act="reopening",
        tone=None,
    ),
    "declined": Story(
        steps=(does(c.Decline(reason=Reason.TOO_LATE, text=words("超过三年"))),), tone=None
    ),
    "not_pursued": Story(
        steps=(at_merchant, does(c.Close(outcome=Outcome.NOT_PURSUED, text=words()))),
        act="reopening",
        tone=None,
    ),
}
