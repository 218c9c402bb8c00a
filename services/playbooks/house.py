"""What an organisation adds to the playbooks it publishes: the calendar, and its own doors."""

from dataclasses import dataclass, replace

from services.lifecycle.calendars import Calendar
from services.lifecycle.kinds import Door
from services.lifecycle.playbook import Playbook, Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    calendar: Calendar
    mediates: bool

    def over(self, playbook: Playbook, *, door: Door | None) -> Rules:
        """Who does not mediate has no such stair: it is skipped, not failed. A case that stands
        there all the same keeps it until it leaves.
        """
        if self.mediates or door is Door.ASSOCIATION:
            return Rules(playbook=playbook, calendar=self.calendar)
        stairs = tuple(rung for rung in playbook.rungs if rung.id is not Door.ASSOCIATION)
        return Rules(playbook=replace(playbook, rungs=stairs), calendar=self.calendar)
