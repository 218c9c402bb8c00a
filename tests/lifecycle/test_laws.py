"""What holds for every case, whatever people and bells do to it."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.bells import local_day
from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.contacts import Contact, ContactKind, ContactOutcome, Party
from services.lifecycle.decide import CLOCK, Actor, decide
from services.lifecycle.events import Event, Filed
from services.lifecycle.evolve import born, evolve, fold
from services.lifecycle.facts import Order, Tried
from services.lifecycle.kinds import (
    Ball,
    Capacity,
    Consent,
    Door,
    FilingState,
    Outcome,
    Purpose,
    Reason,
    Role,
    Stage,
    Verdict,
)
from services.lifecycle.next_door import next_door
from services.lifecycle.permissions import allowed
from services.lifecycle.playbook import Rules
from services.lifecycle.refusals import Refused
from services.lifecycle.wire import case_from, event_from, kind_of, plain
from tests.lifecycle.cast import MONDAY, PINNED, PLAIN_RULES, RULES, complaint, piece, proof, words

Life = tuple[Rules, tuple[Event, ...], Case, datetime]
STAFF = Actor(role=Role.MANAGER)


def commands(case: Case, rules: Rules, today: date, draw: st.DrawFn) -> Command:
    """Any command that the case allows a manager, with contents that people could type."""
    kind = draw(st.sampled_from(allowed(case, Role.MANAGER, rules.playbook)))
    door = draw(st.sampled_from(list(Door)))
    soon = today + timedelta(days=draw(st.integers(-2, 30)))
    here = case.door or door
    seq = draw(st.sampled_from([o.seq for o in case.offers] + [p.seq for p in case.promises] + [1]))
    stepped: dict[type[Command], Command] = {
        c.TakeOn: c.TakeOn(),
        c.GoToLaw: c.GoToLaw(),
        c.Resume: c.Resume(),
        c.ReissueLink: c.ReissueLink(),
        c.RevokeConsent: c.RevokeConsent(consent=draw(st.sampled_from(Consent))),
        c.ReissueMerchantLink: c.ReissueMerchantLink(),
        c.RevokeMerchantLink: c.RevokeMerchantLink(),
        c.Take: c.Take(),
        c.Ask: c.Ask(text=words(), blocking=draw(st.booleans())),
        c.Provide: c.Provide(text=words(), choice=draw(st.sampled_from([None, *Door]))),
        c.Decline: c.Decline(reason=Reason.TOO_LATE, text=words()),
        c.Assign: c.Assign(to=None),
        c.RecordFiling: c.RecordFiling(
            door=here, on=today, proof=proof(), capacity=draw(st.sampled_from(Capacity))
        ),
        c.RecordReceipt: c.RecordReceipt(door=here, on=today),
        c.RecordReport: c.RecordReport(on=today, proof=proof()),
        c.ReadTheirDate: c.ReadTheirDate(door=here, due_on=soon),
        c.RecordAnswer: c.RecordAnswer(
            door=here, verdict=draw(st.sampled_from(Verdict)), on=today, text=words()
        ),
    }
    return {**stepped, **settling(case, soon, seq, draw)}[kind]


def settling(case: Case, soon: date, seq: int, draw: st.DrawFn) -> dict[type[Command], Command]:
    """What is offered, promised, paused, ended and noted."""
    door = draw(st.sampled_from(list(Door)))
    bells = [b.key for b in agenda(case, RULES)] or ["none"]
    return {
        c.MakeOffer: c.MakeOffer(party=draw(st.sampled_from(Ball)), terms=words(), fulfil_by=soon),
        c.AcceptOffer: c.AcceptOffer(offer=seq),
        c.RefuseOffer: c.RefuseOffer(offer=seq, text=words()),
        c.OpenDoor: c.OpenDoor(door=door),
        c.PassDoor: c.PassDoor(reason=Reason.NOT_USEFUL),
        c.AcceptMediation: c.AcceptMediation(confirmed=True),
        c.EndMediation: c.EndMediation(reason=Reason.NO_AGREEMENT, text=words()),
        c.Promise: c.Promise(promisor=draw(st.sampled_from(Ball)), what=words(), due_on=soon),
        c.Fulfil: c.Fulfil(promise=seq, proof=proof()),
        c.BreakPromise: c.BreakPromise(promise=seq),
        c.Pause: c.Pause(
            holder=draw(st.sampled_from(Ball)),
            reason=Reason.APPRAISAL,
            until=draw(st.none() | st.just(soon)),
        ),
        c.Extend: c.Extend(bell=draw(st.sampled_from(bells)), span="2 working days"),
        c.OpenReport: c.OpenReport(text=words()),
        c.ShareEvidence: c.ShareEvidence(piece=piece(0).piece, shared=draw(st.booleans())),
        c.AddEvidence: piece(draw(st.integers(0, 30))),
        c.Correct: c.Correct(seq=1, text=words()),
        c.Note: note(soon, draw),
        c.Withdraw: c.Withdraw(reason=Reason.CHANGED_MIND),
        c.Close: c.Close(outcome=draw(st.sampled_from(Outcome)), text=words()),
        c.Reopen: c.Reopen(text=words()),
        c.MovePlaybook: c.MovePlaybook(to=replace(PINNED, version=2)),
    }


def note(soon: date, draw: st.DrawFn) -> c.Note:
    contact = draw(
        st.none()
        | st.builds(
            Contact,
            kind=st.sampled_from(ContactKind),
            whom=st.sampled_from(Party),
            outcome=st.none() | st.sampled_from(ContactOutcome),
            again_on=st.none() | st.just(soon),
        )
    )
    return c.Note(text=draw(st.none() | st.just(words())), contact=contact)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """The events of one imagined life, the case they came to, and the moment reached."""
    rules = draw(st.sampled_from([RULES, PLAIN_RULES]))
    tried = tuple(
        Tried(door=door, on=date(2026, 10, 1))
        for door in draw(st.lists(st.sampled_from([Door.MERCHANT, Door.PLATFORM]), unique=True))
    )
    body = complaint(tried=tried, order=Order(purpose=draw(st.sampled_from(Purpose))))
    now = MONDAY
    filed = Filed(at=now, complaint=body, playbook=PINNED)
    case, events = born(filed), list[Event]([filed])
    for _ in range(draw(st.integers(0, 25))):
        command: Command
        bell = next(iter(agenda(case, rules)), None)
        if bell and draw(st.integers(0, 2)) == 0:
            now, command, by = max(now, bell.due), c.StrikeBell(bell=bell.key), CLOCK
        else:
            now += timedelta(hours=draw(st.integers(0, 40)))
            command, by = commands(case, rules, local_day(now), draw), STAFF
        try:
            happened = decide(case, command, by=by, now=now, rules=rules)
        except Refused:
            continue
        for event in happened:
            case = evolve(case, event)
            events.append(event)
    return rules, tuple(events), case, now


LIVES = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@LIVES
@given(lives())
def test_an_open_case_never_stands_still(life: Life) -> None:
    rules, _, case, _ = life

    assert bool(agenda(case, rules)) == (case.stage is not Stage.CLOSED)


@LIVES
@given(lives())
def test_the_case_is_the_fold_of_its_events(life: Life) -> None:
    _, events, case, _ = life

    assert fold(events) == case
    assert case.version == len(events)


@LIVES
@given(lives())
def test_events_and_cases_survive_the_wire(life: Life) -> None:
    _, events, case, _ = life

    back = tuple(event_from(kind_of(type(e)), json.loads(json.dumps(plain(e)))) for e in events)

    assert back == events
    assert case_from(json.loads(json.dumps(plain(case)))) == case


@LIVES
@given(lives())
def test_the_times_with_each_add_up_to_the_life_of_the_case(life: Life) -> None:
    _, _, case, now = life

    counted = sum((t for _, t in case.spent), timedelta()) + (now - (case.ball_since or now))

    assert counted == now - case.filed_at


@LIVES
@given(lives())
def test_nothing_is_said_to_be_sent_without_proof(life: Life) -> None:
    _, _, case, _ = life

    for filing in case.filings:
        claims = filing.state not in (FilingState.OWED, FilingState.PASSED)
        if claims and not filing.before_us and filing.door is not Door.ASSOCIATION:
            spoken = filing.turned_seq and filing.sent_on is None
            assert filing.proof or spoken


@LIVES
@given(lives())
def test_mediation_and_the_regulators_filing_exclude_each_other(life: Life) -> None:
    _, events, case, _ = life

    names = [type(e).__name__ for e in events]
    regulator = [f for f in case.filings if f.door is Door.REGULATOR and f.sent_on]
    assert not (regulator and "MediationAccepted" in names)


@LIVES
@given(lives())
def test_a_filing_is_owed_only_where_the_case_stands(life: Life) -> None:
    _, _, case, _ = life

    assert {f.door for f in case.filings if f.owed} <= {case.door, Door.REPORT}


@LIVES
@given(lives())
def test_a_day_to_speak_again_holds_nothing_up(life: Life) -> None:
    rules, _, case, _ = life
    silent = replace(case, appointments=())

    bells = [bell for bell in agenda(case, rules) if bell.rule != "contact"]

    assert tuple(bells) == agenda(silent, rules)


@LIVES
@given(lives())
def test_a_closed_case_has_an_outcome_and_nothing_open(life: Life) -> None:
    _, _, case, _ = life

    closed = case.stage is Stage.CLOSED
    assert closed == (case.outcome is not None)
    assert not (closed and (case.offer or case.promise or case.question or case.pause))


@LIVES
@given(lives())
def test_keys_of_bells_are_unique_and_their_dates_sorted(life: Life) -> None:
    rules, _, case, _ = life

    bells = agenda(case, rules)

    assert len({b.key for b in bells}) == len(bells)
    assert [b.due for b in bells] == sorted(b.due for b in bells)


@LIVES
@given(lives())
def test_a_bell_says_where_it_moves_and_moves_there(life: Life) -> None:
    rules, _, case, now = life

    bell = next(iter(agenda(case, rules)), None)
    if bell is None:
        return
    moment = max(now, bell.due)
    for event in decide(case, c.StrikeBell(bell=bell.key), by=CLOCK, now=moment, rules=rules):
        case = evolve(case, event)

    if bell.moves_to:
        assert case.stage is bell.moves_to
    assert bell.key not in {b.key for b in agenda(case, rules)}


@LIVES
@given(lives())
def test_a_door_that_is_shut_or_tried_is_never_the_next(life: Life) -> None:
    rules, _, case, _ = life

    rung = next_door(case, rules.playbook)

    assert rung is None or case.filing_at(rung.id) is None
