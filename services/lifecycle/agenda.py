"""When next? Every bell still owed: reminders, chasers and deadlines, each with its reason."""

from collections.abc import Iterator

from services.lifecycle.agenda_doors import at_door
from services.lifecycle.agenda_people import arranged, asked, offered, promised, wished
from services.lifecycle.bells import Act, Bell, BellKind, Trigger, ring
from services.lifecycle.case import Case
from services.lifecycle.kinds import STAGE_AT, Audience, Door, Stage
from services.lifecycle.next_door import next_door
from services.lifecycle.playbook import FirstLook, Rules
from services.lifecycle.spans import Span

TODAY = Span.parse("0 days")


def agenda(case: Case, rules: Rules) -> tuple[Bell, ...]:
    """Sorted by date. An open case always has one: silence never makes it stand still."""
    if case.stage is Stage.CLOSED:
        return ()
    bells = [b for b in owed(case, rules) if b and b.key not in case.struck]
    if not any(b.kind is BellKind.DEADLINE or b.act is Act.CHASE for b in bells):
        bells += [b for b in (idle(case, rules),) if b and b.key not in case.struck]
    return tuple(sorted(bells, key=lambda b: (b.due, b.key)))


def owed(case: Case, rules: Rules) -> Iterator[Bell | None]:
    if case.stage is Stage.SUBMITTED:
        yield from first_look(case, rules)
    if case.stage is Stage.SETTLED and case.promise:
        yield from promised(case, rules, case.promise)
    if case.offer:
        yield from offered(case, rules, case.offer)
    if case.question:
        yield from asked(case, rules, case.question)
    if case.wish:
        yield from wished(case, rules)
    if case.pause:
        yield paused(case, rules)
    yield from arranged(case, rules)
    if case.report_owed:
        yield reported(case, rules)
    if case.stage not in (Stage.SUBMITTED, Stage.SETTLED):
        yield from at_door(case, rules)


def first_look(case: Case, rules: Rules) -> Iterator[Bell | None]:
    """Expiry presses staff, then the manager, and tells the consumer which doors are open
    without us.
    """
    own = rules.playbook.own
    seq = case.reopened_seq or case.filed_seq
    trigger = Trigger(seq=seq, at=case.reopened_at or case.filed_at)
    forward = rules.playbook.first_look is FirstLook.FORWARD and case.may_forward
    forward = forward and not case.signs
    yield ring(
        case,
        rules,
        trigger,
        ("first_look", own.first_look),
        kind=BellKind.DEADLINE,
        act=Act.FORWARD if forward else Act.CHASE,
        tell=() if forward else (Audience.HANDLER,),
        letter="first_look",
        moves_to=STAGE_AT[Door.MERCHANT] if forward else None,
    )
    yield ring(
        case,
        rules,
        trigger,
        ("first_look", own.first_look),
        ("first_look.manager", own.first_look_chase),
        act=Act.ALARM,
        tell=(Audience.MANAGER, Audience.CONSUMER),
        letter="doors_open",
    )


def paused(case: Case, rules: Rules) -> Bell | None:
    pause = case.pause
    if pause is None or pause.ends_on is None:
        return None
    trigger = Trigger(seq=pause.seq, at=pause.since, on=pause.ends_on)
    return ring(
        case,
        rules,
        trigger,
        ("pause", TODAY),
        act=Act.RESUME,
        kind=BellKind.DEADLINE,
        door=case.door,
        pausable=False,
    )


def reported(case: Case, rules: Rules) -> Bell | None:
    report = case.filing_at(Door.REPORT)
    assert report is not None
    return ring(
        case,
        rules,
        Trigger(seq=report.seq, at=report.opened_at),
        ("report", rules.playbook.own.report),
        act=Act.REMIND,
        door=Door.REPORT,
        tell=(Audience.HANDLER,),
        letter="report_owed",
    )


def idle(case: Case, rules: Rules) -> Bell | None:
    """Nothing else is owed: a person is pressed; at the last door, notice is given first, and
    only after it may the case rest.
    """
    if case.noticed_at:
        return rest(case, rules, Trigger(seq=case.noticed_seq, at=case.noticed_at))
    if case.alarmed_at and may_rest(case, rules):
        return last_notice(case, rules, Trigger(seq=case.alarmed_seq, at=case.alarmed_at))
    return ring(
        case,
        rules,
        Trigger(
            seq=max(case.touched_seq, case.alarmed_seq),
            at=case.alarmed_at or case.touched_at or case.filed_at,
        ),
        ("idle", rules.playbook.own.alarm),
        act=Act.ALARM,
        door=case.door,
        tell=(Audience.HANDLER, Audience.MANAGER),
        letter="idle",
        pausable=False,
    )


def last_notice(case: Case, rules: Rules, trigger: Trigger) -> Bell | None:
    return ring(
        case,
        rules,
        trigger,
        ("last_notice", rules.playbook.own.dormant),
        act=Act.LAST_NOTICE,
        door=case.door,
        tell=(Audience.CONSUMER, Audience.HANDLER),
        letter="last_notice",
    )


def rest(case: Case, rules: Rules, trigger: Trigger) -> Bell | None:
    return ring(
        case,
        rules,
        trigger,
        ("rest", rules.playbook.own.notice),
        act=Act.REST,
        kind=BellKind.DEADLINE,
        door=case.door,
        moves_to=Stage.CLOSED,
    )


def may_rest(case: Case, rules: Rules) -> bool:
    """Only at the last door, with nothing open between the parties."""
    at_a_door = case.door is not None and case.stage not in (Stage.SUBMITTED, Stage.SETTLED)
    return (
        at_a_door and not case.pause and not case.wish and next_door(case, rules.playbook) is None
    )
