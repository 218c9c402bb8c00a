"""What the next page says at its top after something was done; `wording` has the sentences."""

from enum import StrEnum


class Said(StrEnum):
    SIGNED_OUT = "signed_out"
    SIGN_IN_AGAIN = "sign_in_again"
    PASSWORD_SET = "password_set"  # noqa: S105 -- a code
    DONE = "done"
    ALREADY = "already"
    THANKS = "thanks"
    ASSIGNED = "assigned"
