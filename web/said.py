"""What the next page says at its top after something was done; `wording` has the sentences."""

from enum import StrEnum


class Said(StrEnum):
    SIGNED_OUT = "signed_out"
    SIGN_IN_AGAIN = "sign_in_again"
    PASSWORD_SET = "password_set"  # noqa: S105 -- a code
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- a code
    SIGNED_OUT_THERE = "signed_out_there"
    SIGNED_OUT_ELSEWHERE = "signed_out_elsewhere"
    DONE = "done"
    ALREADY = "already"
    THANKS = "thanks"
    ASSIGNED = "assigned"
    EVIDENCE_IN = "evidence_in"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REVOKED = "consent_revoked"
    CODE_SENT = "code_sent"
    CONTACT_CONFIRMED = "contact_confirmed"
