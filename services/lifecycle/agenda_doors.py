"""The bells of one door: until it is filed, while the other side has the word, and when it has
spoken.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import assert_never

from services.lifecycle.bells import Act, Bell, BellKind, Link, Trigger, ring
from services.lifecycle.case import Case
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import STAGE_AT, Audience, Hand, Stage
from services.lifecycle.next_door import may_choose_mediation, next_door
from services.lifecycle.playbook import Clock, ClockKind, Expiry, Rules, Rung, Start
from services.lifecycle.spans import Span

TODAY = Span.parse("0 days")


def at_door(case: Case, rules: Rules) -> Iterator[Bell | None]:
    filing = case.filing
    rung = rules.playbook.rung(case.door) if case.door else None
    if filing is None or rung is None:
        return
    if filing.owed:
        yield from unfiled(case, rules, rung, filing)
    elif filing.waits:
        yield from waiting(case, rules, rung, filing)
        yield from theirs(case, rules, rung, filing)
    else:
        yield deciding(case, rules, rung, filing)
        yield from theirs(case, rules, rung, filing)


def unfiled(case: Case, rules: Rules, rung: Rung, filing: Filing) -> Iterator[Bell | None]:
    """Nobody files: the filer twice, the handler, the manager; then the door is passed, or stays
    with an alarm.
    """
    filer = Audience.CONSUMER if filing.hand is Hand.CONSUMER else Audience.HANDLER
    trigger = Trigger(seq=filing.asked_seq, at=filing.asked_at)
    chain: list[Link] = []
    for rule, audience in (
        ("file_within", filer),
        ("file_again", filer),
        ("file_handler", Audience.HANDLER),
        ("file_manager", Audience.MANAGER),
    ):
        chain.append((rule, rung.chase_every if chain else rung.file_within))
        yield ring(
            case,
            rules,
            trigger,
            *chain,
            act=Act.CHASE,
            kind=None if len(chain) > 1 else BellKind.DEADLINE,
            door=rung.id,
            tell=(audience,),
            letter=rule,
        )
    act, moves_to = onward(case, rules, rung.unfiled)
    yield ring(
        case,
        rules,
        trigger,
        *chain,
        ("unfiled", rung.chase_every),
        act=act,
        kind=BellKind.DEADLINE,
        door=rung.id,
        tell=(Audience.HANDLER, Audience.MANAGER),
        letter="unfiled",
        moves_to=moves_to,
        floor=answers_due(case, rules),
    )


def waiting(case: Case, rules: Rules, rung: Rung, filing: Filing) -> Iterator[Bell | None]:
    """Reminders and chasers from the day it was sent, and the end of our wait."""
    trigger = moment(filing, rung.wait.start)
    if trigger is None:
        return
    for act, nudges in ((Act.REMIND, rung.remind), (Act.CHASE, rung.chase)):
        for n, nudge in enumerate(nudges, 1):
            yield ring(
                case,
                rules,
                trigger,
                (f"{act}-{n}", nudge.after),
                act=act,
                door=rung.id,
                tell=nudge.tell,
                letter=nudge.letter,
                pausable=rung.wait.pausable,
            )
    act, moves_to = onward(case, rules, rung.expiry)
    yield ring(
        case,
        rules,
        trigger,
        ("wait", rung.wait.span),
        act=act,
        kind=BellKind.DEADLINE,
        door=rung.id,
        of=rung.wait.kind,
        roll=rung.wait.roll,
        pausable=rung.wait.pausable,
        tell=(Audience.HANDLER,),
        letter="wait_over",
        moves_to=moves_to,
        floor=latest(answers_due(case, rules), read_from_their_page(case, rules, filing)),
    )


def theirs(case: Case, rules: Rules, rung: Rung, filing: Filing) -> Iterator[Bell | None]:
    """Their own time by law or channel. A date read from their page overrides it; unsure numbers
    call nobody late.
    """
    if not filing.filed:
        return
    for clock in rung.clocks:
        trigger = moment(filing, clock.start)
        if trigger is None or over(filing, clock):
            continue
        read = filing.their_date if clock.kind is not ClockKind.OWN else None
        if read:
            trigger = Trigger(seq=filing.seq, at=trigger.at, on=read)
        late = clock.source.sure or read is not None
        yield ring(
            case,
            rules,
            trigger,
            (f"clock-{clock.id}", TODAY if read else clock.span),
            act=Act.CHASE if late else Act.REMIND,
            kind=BellKind.DEADLINE,
            door=rung.id,
            of=clock.kind,
            roll=clock.roll,
            pausable=clock.pausable,
            tell=(Audience.HANDLER,),
            letter="their_time_over" if late else "their_time_unsure",
        )


def over(filing: Filing, clock: Clock) -> bool:
    """The time to accept ends with the acceptance."""
    return clock.start in (Start.SENT, Start.RECEIVED) and filing.accepted_on is not None


def deciding(case: Case, rules: Rules, rung: Rung, filing: Filing) -> Bell | None:
    """They have spoken: a person decides what next, and without one the ladder goes on."""
    trigger = Trigger(seq=filing.turned_seq, at=filing.turned_at or filing.opened_at)
    act, moves_to = onward(case, rules, rung.expiry)
    return ring(
        case,
        rules,
        trigger,
        ("decide", rung.decide_within),
        act=act,
        kind=BellKind.DEADLINE,
        door=rung.id,
        tell=(Audience.HANDLER,),
        letter="decide",
        moves_to=moves_to,
        floor=answers_due(case, rules),
    )


def onward(case: Case, rules: Rules, expiry: Expiry) -> tuple[Act, Stage | None]:
    """What the end of a wait does as the case stands: no door above it means stay and raise an
    alarm.
    """
    rung = next_door(case, rules.playbook)
    if expiry is Expiry.ASK and may_choose_mediation(case, rules.playbook):
        return Act.ASK, None
    if expiry is Expiry.STAY or rung is None:
        return Act.ALARM, None
    return (Act.PASS if expiry is Expiry.PASS else Act.CLIMB), STAGE_AT[rung.id]


def moment(filing: Filing, start: Start) -> Trigger | None:
    match start:
        case Start.OPENED:
            return Trigger(seq=filing.seq, at=filing.opened_at)
        case Start.SENT:
            on = filing.sent_on
        case Start.RECEIVED:
            on = filing.received_on or filing.sent_on
        case Start.ACCEPTED:
            on = filing.accepted_on
        case _:
            assert_never(start)
    return Trigger(seq=filing.seq, at=filing.sent_at or filing.opened_at, on=on) if on else None


def answers_due(case: Case, rules: Rules) -> datetime | None:
    """While the consumer has an offer or a question in hand, no bell goes on without the answer
    in time.
    """
    own = rules.playbook.own
    open_ones = [(o.seq, o.made_at, own.offer) for o in (case.offer,) if o]
    open_ones += [(q.seq, q.asked_at, own.question) for q in (case.question,) if q]
    bells = [
        ring(case, rules, Trigger(seq=seq, at=at), ("answer", span), act=Act.REMIND)
        for seq, at, span in open_ones
    ]
    return latest(*(bell.due for bell in bells if bell))


def read_from_their_page(case: Case, rules: Rules, filing: Filing) -> datetime | None:
    if filing.their_date is None:
        return None
    trigger = Trigger(seq=filing.seq, at=filing.opened_at, on=filing.their_date)
    bell = ring(case, rules, trigger, ("their_date", TODAY), act=Act.REMIND, pausable=False)
    return bell.due if bell else None


def latest(*moments: datetime | None) -> datetime | None:
    return max((m for m in moments if m), default=None)
