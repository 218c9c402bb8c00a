"""Why somebody may not come in, or may not change who comes in. `wording` makes sentences of it."""

from datetime import timedelta
from enum import StrEnum


class Denial(StrEnum):
    WRONG_CREDENTIALS = "wrong_credentials"
    WRONG_CODE = "wrong_code"
    WRONG_SENT_CODE = "wrong_sent_code"
    CODE_SPENT = "code_spent"
    WRONG_PROOF = "wrong_proof"
    WRONG_DIGITS = "wrong_digits"
    WRONG_LETTER_CODE = "wrong_letter_code"
    TOO_MANY_TRIES = "too_many_tries"
    TOO_BUSY = "too_busy"
    SIGN_IN_AGAIN = "sign_in_again"
    ALREADY_ENROLLED = "already_enrolled"
    ALREADY_A_MEMBER = "already_a_member"
    LINK_FROZEN = "link_frozen"
    LINK_GONE = "link_gone"
    INVITATION_VOID = "invitation_void"
    PASSWORD_TOO_SHORT = "password_too_short"  # noqa: S105 -- a code
    PASSWORD_TOO_LONG = "password_too_long"  # noqa: S105 -- a code
    PASSWORD_COMMON = "password_common"  # noqa: S105 -- a code
    PASSWORD_UNREADABLE = "password_unreadable"  # noqa: S105 -- a code
    EMAIL_MALFORMED = "email_malformed"
    NAME_UNFIT = "name_unfit"
    SLUG_MALFORMED = "slug_malformed"
    SLUG_RESERVED = "slug_reserved"
    SLUG_TAKEN = "slug_taken"
    PREFIX_UNFIT = "prefix_unfit"
    HUE_UNFIT = "hue_unfit"
    ZONE_UNKNOWN = "zone_unknown"
    NOT_A_DEMO = "not_a_demo"
    CLOCK_ONLY_FORWARD = "clock_only_forward"
    NOT_PERMITTED = "not_permitted"
    ROLE_NOT_YOURS_TO_GIVE = "role_not_yours_to_give"
    LAST_MANAGER = "last_manager"
    NO_SUCH_PERSON = "no_such_person"
    NO_SUCH_INVITATION = "no_such_invitation"
    NO_SUCH_TOKEN = "no_such_token"  # noqa: S105 -- a code
    NO_SUCH_SESSION = "no_such_session"
    EXPIRY_UNFIT = "expiry_unfit"


class Denied(Exception):
    """Nothing was changed but the record of the try. `wait` says when another try makes sense."""

    def __init__(self, why: Denial, *, wait: timedelta | None = None) -> None:
        self.why = why
        self.wait = wait
        super().__init__(why.value)
