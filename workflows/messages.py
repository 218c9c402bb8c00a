"""What the clock, its activities and its callers tell each other: ids, numbers and codes alone,
because all of it stays in histories.

Fields are only ever added, with a default: histories outlive this file.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

QUEUE: Final = "redress"
MAIL_QUEUE: Final = "redress-mail"
"""Of its own, so that a mail server that hangs takes no place from a case's clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRef:
    tenant: UUID
    case: UUID

    @property
    def workflow_id(self) -> str:
        return f"case/{self.tenant}/{self.case}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRef:
    tenant: UUID
    notice: UUID

    @property
    def workflow_id(self) -> str:
        return f"notice/{self.tenant}/{self.notice}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """What one run of a complaint's workflow hands to the next. `can_after`: turns until then."""

    case: CaseRef
    wanted: int = 0
    seen: int = 0
    can_after: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the ledger wants next: strike `bell` after `wait_seconds` by its own clock, or only
    look again. The rest is for those who watch.
    """

    seq: int
    finished: bool
    wait_seconds: float = 0
    bell: str | None = None
    number: str = ""
    stage: str = ""
    filing: str | None = None
    ball: str = ""
    due: datetime | None = None
