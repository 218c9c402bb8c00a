"""Which playbook a complaint is handled by: the most specific wins, else a general one."""

from collections.abc import Iterable
from datetime import date

from services.lifecycle.facts import Complaint
from services.lifecycle.playbook import Playbook


def most_specific(
    playbooks: Iterable[Playbook], complaint: Complaint, *, today: date
) -> Playbook | None:
    fitting = [book for book in playbooks if fits(book, complaint, today=today)]
    return max(fitting, key=rank, default=None)


def fits(book: Playbook, complaint: Complaint, *, today: date) -> bool:
    scope = book.scope
    asked = (
        (scope.platforms, complaint.platform),
        (scope.problems, complaint.problem),
        (scope.purposes, complaint.order.purpose),
    )
    in_time = book.valid_from is None or book.valid_from <= today
    return in_time and all(among is None or one in among for among, one in asked)


def rank(book: Playbook) -> tuple[bool, int, int, date, str]:
    """No demonstration where anything else fits; more conditions, then narrower ones, then the
    newer rule; the id only breaks a tie.
    """
    conditions = [
        len(among)
        for among in (book.scope.platforms, book.scope.problems, book.scope.purposes)
        if among is not None
    ]
    narrowness = -sum(conditions)
    return not book.demo, len(conditions), narrowness, book.valid_from or date.min, book.id
