"""What a look at the ledger can find wrong, by the classes in which it is counted."""

from dataclasses import dataclass
from enum import StrEnum


class Class(StrEnum):
    LOST = "lost"
    PHANTOM = "phantom"
    DOUBLED = "doubled"
    BROKEN_ORDER = "broken_order"
    STRANDED = "stranded"
    DEADLINES = "deadlines"
    MESSAGES = "messages"
    AUDIT = "audit"
    TENANTS = "tenants"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`where` is a case number and what in it; `what` is a code."""

    class_: Class
    where: str
    what: str
