"""The letters of a case: to whom, which, and what came of each."""

from dataclasses import dataclass

from services.cases.views import CaseView
from services.wording.say import phrase, vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    to: str
    letter: str
    state: str
    seq: int
    failed: bool


def letters(view: CaseView) -> tuple[LetterRow, ...]:
    """Newest first."""
    return tuple(
        LetterRow(
            to=phrase("Recipient", each.recipient.partition(":")[0]),
            letter=phrase("LetterName", named(each.letter)),
            state=phrase("LetterState", each.state),
            seq=each.seq,
            failed=each.state == "failed",
        )
        for each in reversed(view.notices)
    )


def named(letter: str) -> str:
    """Playbooks name letters freely; what we have no name for is a letter."""
    return letter if letter in vocabulary()["LetterName"] else "other"
