"""The letters of a case: to whom, which, and what came of each."""

from dataclasses import dataclass
from datetime import datetime

from services.cases.views import CaseView
from services.wording.say import phrase, vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """`proof` is the mail server's own answer, where there is one."""

    to: str
    letter: str
    state: str
    at: datetime
    seq: int
    sent: bool
    failed: bool
    proof: str | None


def letters(view: CaseView) -> tuple[LetterRow, ...]:
    """Newest first."""
    return tuple(
        LetterRow(
            to=phrase("Recipient", each.recipient.partition(":")[0]),
            letter=phrase("LetterName", named(each.letter)),
            state=phrase("LetterState", each.state),
            at=each.sent_at or each.queued_at,
            seq=each.seq,
            sent=each.sent_at is not None,
            failed=each.state == "failed",
            proof=(each.proof or {}).get("response"),
        )
        for each in reversed(view.notices)
    )


def named(letter: str) -> str:
    """Playbooks name letters freely; what we have no name for is a letter."""
    return letter if letter in vocabulary()["LetterName"] else "other"
