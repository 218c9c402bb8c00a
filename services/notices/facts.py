"""What a letter is written from."""

from dataclasses import dataclass
from datetime import datetime

from services.lifecycle.bells import Bell
from services.lifecycle.case import Case
from services.lifecycle.playbook import Rules
from services.notices.sending import Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The case as it stands now, with its words. `number` is the one people see, `page` where this
    reader sees it, if they may; `code` is what a merchant is asked for there.
    """

    letter: Sending
    case: Case
    rules: Rules
    agenda: tuple[Bell, ...]
    number: str
    association: str
    now: datetime
    page: str | None = None
    code: str | None = None
