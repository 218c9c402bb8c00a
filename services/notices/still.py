"""Whether a letter that waited for the post would still tell the truth."""

from typing import Final

from services.lifecycle.case import Case
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import Door, Stage
from services.notices.sending import Sending

NEWS: Final = frozenset(
    "received new_case provided filed answered offer_accepted offer_refused promise_broken "
    "mediation_accepted declined closed reopened paused resumed consent_revoked merchant_answered "
    "promised new_link_phone new_link_email".split()
)
"""They tell what happened, which stays true."""


def still_true(case: Case, letter: Sending) -> bool:
    match letter.letter:
        case name if name in NEWS:
            return True
        case "demand" | "yours_to_file" | "ours_to_file":
            return owed(case, letter.door, letter.seq)
        case "answer_code":
            return case.stage is not Stage.CLOSED and case.merchant_link is not None
        case "question" | "choose_door":
            return case.question is not None and case.question.seq == letter.seq
        case "code_phone" | "code_email":
            return any(code.seq == letter.seq for code in case.codes)
        case "offer":
            return case.offer is not None and case.offer.seq == letter.seq
        case _:
            return case.stage is not Stage.CLOSED and rings_true(case, letter)


def rings_true(case: Case, letter: Sending) -> bool:
    """A bell's key names its door, its rule, and the event that its time ran from."""
    if letter.bell is None:
        return True
    _, rule, trigger = letter.bell.split("/")
    seq = int(trigger)
    match rule.partition("-")[0].partition(".")[0]:
        case "first_look":
            return case.stage is Stage.SUBMITTED
        case "promise":
            return case.promise is not None and case.promise.seq == seq
        case "offer":
            return case.offer is not None and case.offer.seq == seq
        case "question" | "choice":
            return case.question is not None and case.question.seq == seq
        case "wish":
            return case.wish is not None
        case "report":
            return case.report_owed
        case "file_within" | "file_again" | "file_handler" | "file_manager" | "unfiled":
            return owed(case, letter.door, seq)
        case "remind" | "chase":
            filing = at(case, letter.door, seq)
            return filing is not None and filing.waits
        case "clock":
            return at(case, letter.door, seq) is not None
        case _:
            return letter.door is None or case.door is letter.door


def owed(case: Case, door: Door | None, seq: int) -> bool:
    """Of the one who is asked to file now: it may have been asked of somebody else before."""
    filing = case.filing
    if case.stage is Stage.CLOSED or filing is None:
        return False
    return filing.owed and filing.door is door and filing.asked_seq == seq


def at(case: Case, door: Door | None, seq: int) -> Filing | None:
    """The filing of this very visit at the door where the case stands now."""
    filing = case.filing
    if case.stage is Stage.CLOSED or filing is None:
        return None
    return filing if filing.door is door and filing.seq == seq else None
