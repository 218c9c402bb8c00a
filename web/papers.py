"""What to take along to a door, as the playbook lists it for this kind of problem."""

from services.cases.views import CaseView
from services.lifecycle.kinds import Door
from services.lifecycle.playbook import EvidenceItem, Weight

ORDER = list(Weight)


def papers(view: CaseView, door: Door | None) -> tuple[EvidenceItem, ...]:
    """For this door, what must be there first."""
    problem = view.case.complaint.problem
    fitting = (
        item
        for item in view.rules.playbook.evidence
        if door in item.doors and (item.problems is None or problem in item.problems)
    )
    return tuple(sorted(fitting, key=lambda item: ORDER.index(item.weight)))
