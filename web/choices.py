"""What can be chosen in the fields of an act as this case stands: what would only be refused is
not offered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from services.cases.views import CaseView
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.commands import Command
from services.lifecycle.decide_ends import STAFF_OUTCOMES
from services.lifecycle.decide_terms import PROMISORS
from services.lifecycle.evidence import EvidenceAdded
from services.lifecycle.kinds import Ball, Capacity, Consent, Door, ProofKind, Reason, Role
from services.lifecycle.next_door import doors_to_open, may_choose_mediation, next_door
from services.lifecycle.playbook import ClockKind, Playbook
from services.wording.numbers import say_day
from web.because import because
from web.bilingual import in_language
from web.dues import A_MOMENT
from web.timeline import names, tell

R = Reason
REASONS: dict[type[Command], tuple[Reason, ...]] = {
    c.Decline: (
        *(R.NOT_A_CONSUMER, R.NO_CLEAR_RESPONDENT, R.ELSEWHERE_ACCEPTED, R.OUT_OF_SCOPE),
        *(R.TOO_LATE, R.FACTS_MISSING, R.OTHER),
    ),
    c.PassDoor: (R.NOT_USEFUL, R.NOT_POSSIBLE, R.TOO_LATE, R.NOBODY_FILED, R.OTHER),
    c.EndMediation: (
        *(R.NO_AGREEMENT, R.PARTY_ABSENT, R.TIME_OVER, R.SETTLED_ELSEWHERE),
        *(R.ELSEWHERE_ACCEPTED, R.OTHER),
    ),
    c.Pause: (R.PAPERS_MISSING, R.APPRAISAL, R.CONSUMER_AWAY, R.OTHER),
    c.Extend: (R.PAPERS_MISSING, R.APPRAISAL, R.CONSUMER_AWAY, R.OTHER),
    c.Withdraw: (R.SETTLED_ELSEWHERE, R.FULFILLED, R.CHANGED_MIND, R.OTHER),
}
NARROWED: dict[str, Sequence[Enum]] = {
    "proof.kind": [kind for kind in ProofKind if kind is not ProofKind.SMTP],
    "party": PROMISORS,
    "promisor": PROMISORS,
    "holder": [ball for ball in Ball if ball is not Ball.NOBODY],
    "outcome": STAFF_OUTCOMES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`code` is said in the reader's language; `label` stands as it is."""

    value: str
    code: Enum | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What lies beside the case: who works here, and which rules it could be moved to."""

    people: Sequence[tuple[UUID, str]] = ()
    playbooks: Sequence[Playbook] = ()


def of_codes(codes: Sequence[Enum]) -> tuple[Choice, ...]:
    return tuple(Choice(value=str(code.value), code=code) for code in codes)


def choices(
    path: str, command: type[Command], view: CaseView, role: Role, around: Around
) -> tuple[Choice, ...] | None:
    """None where the whole set of the field is offered."""
    match path:
        case "reason" if command in REASONS:
            return of_codes(REASONS[command])
        case "capacity":
            return of_codes(capacities(view, role))
        case "door":
            return of_codes(doors(command, view))
        case "choice":
            return of_codes(doors_to_choose(view))
        case "offer" | "promise":
            open_one = view.case.offer if path == "offer" else view.case.promise
            return (Choice(value=str(open_one.seq)),) if open_one else ()
        case "bell":
            return our_clocks(view)
        case "piece":
            return the_pieces(view)
        case "consent":
            return of_codes(sorted(view.case.complaint.consents))
        case "seq":
            return entries(view)
        case "to":
            return somebody(around) if command is c.Assign else another_playbook(view, around)
        case _:
            return of_codes(NARROWED[path]) if path in NARROWED else None


def capacities(view: CaseView, role: Role) -> tuple[Capacity, ...]:
    if role is Role.CONSUMER:
        return (Capacity.CONSUMER,)
    agent = Consent.MANDATE in view.case.complaint.consents
    return tuple(each for each in Capacity if agent or each is not Capacity.AGENT)


def doors(command: type[Command], view: CaseView) -> tuple[Door, ...]:
    case, playbook = view.case, view.rules.playbook
    if command is c.OpenDoor:
        return doors_to_open(case, playbook)
    if command is c.RecordFiling:
        return (case.door,) if case.door else ()
    return tuple(dict.fromkeys(f.door for f in reversed(case.filings) if spoken_to(f.door, view)))


def spoken_to(door: Door, view: CaseView) -> bool:
    filing = view.case.filing_at(door)
    return bool(filing and filing.filed and not filing.before_us and door is not Door.REPORT)


def doors_to_choose(view: CaseView) -> tuple[Door, ...]:
    """Only where the consumer was asked to choose between doors."""
    case, playbook = view.case, view.rules.playbook
    if case.question is None or not case.question.choose_door:
        return ()
    rung = next_door(case, playbook)
    mediation = (Door.ASSOCIATION,) if may_choose_mediation(case, playbook) else ()
    return (*mediation, *((rung.id,) if rung else ()))


def our_clocks(view: CaseView) -> tuple[Choice, ...]:
    """Only our own time is ours to give."""
    today = local_day(view.now)
    return tuple(
        Choice(
            value=bell.key,
            label=f"{because(bell.rule)} · {say_day(local_day(bell.due - A_MOMENT), today=today)}",
        )
        for bell in view.agenda
        if bell.of is ClockKind.OWN
    )


def the_pieces(view: CaseView) -> tuple[Choice, ...]:
    added = [each.event for each in view.events if isinstance(each.event, EvidenceAdded)]
    return tuple(
        Choice(value=str(event.piece), label=f"{no} · {event.name.text or ''}")
        for no, event in enumerate(added, 1)
    )


def entries(view: CaseView) -> tuple[Choice, ...]:
    today, people = local_day(view.now), names(view)
    return tuple(
        Choice(value=str(each.seq), label=f"{each.seq} · {tell(each.event, people, today=today)}")
        for each in reversed(view.events)
    )


def somebody(around: Around) -> tuple[Choice, ...]:
    return tuple(Choice(value=str(id_), label=name) for id_, name in around.people)


def another_playbook(view: CaseView, around: Around) -> tuple[Choice, ...]:
    pinned = view.case.playbook
    return tuple(
        Choice(
            value=f"{book.id}@{book.version}", label=f"{in_language(book.title)} · {book.version}"
        )
        for book in around.playbooks
        if (book.id, book.version) != (pinned.id, pinned.version)
    )
