"""What went wrong, in the words of HTTP and of people: every exception that can reach the door."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, StrEnum
from math import ceil

from litestar.exceptions import HTTPException

from infra.database import DatabaseAway, DatabaseBehind
from services.cases.cursors import BadCursor
from services.cases.receipts import Conflict, NotFound, Stale
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.wire import WireFaults
from services.playbooks.library import NoSuchPlaybook
from services.tenants.refusals import Denial, Denied
from web.posted import FormTooOld
from web.unreadable import Unreadable

RETRY_AFTER = timedelta(seconds=10)


class Trouble(StrEnum):
    MALFORMED = "malformed"
    TOO_MANY_FIELDS = "too_many_fields"
    SIGN_IN = "sign_in"
    LINK_NEEDED = "link_needed"
    ROLE_NEEDED = "role_needed"
    CROSS_SITE = "cross_site"
    FORM_TOO_OLD = "form_too_old"
    NOT_FOUND = "not_found"
    WRONG_METHOD = "wrong_method"
    CONFLICT = "conflict"
    STALE = "stale"
    TOO_LARGE = "too_large"
    ADDRESS_TOO_LONG = "address_too_long"
    UNSUPPORTED = "unsupported"
    OTHER_HOST = "other_host"
    REFUSED = "refused"
    TOO_MANY = "too_many"
    BUG = "bug"
    AWAY = "away"


BY_STATUS = {
    400: Trouble.MALFORMED,
    401: Trouble.SIGN_IN,
    403: Trouble.ROLE_NEEDED,
    404: Trouble.NOT_FOUND,
    405: Trouble.WRONG_METHOD,
    409: Trouble.CONFLICT,
    413: Trouble.TOO_LARGE,
    414: Trouble.ADDRESS_TOO_LONG,
    415: Trouble.UNSUPPORTED,
    421: Trouble.OTHER_HOST,
    422: Trouble.REFUSED,
    429: Trouble.TOO_MANY,
    503: Trouble.AWAY,
}
AGAIN = frozenset({Trouble.FORM_TOO_OLD, Trouble.SIGN_IN, Trouble.LINK_NEEDED, Trouble.AWAY})
"""Where the very same form may be sent once more, under the same command id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`why` is the rule that said no, where there was one."""

    status: int
    trouble: Trouble
    why: Enum | None = None
    wait: timedelta | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def retry_after(self) -> dict[str, str]:
        return {"Retry-After": str(ceil(self.wait.total_seconds()))} if self.wait else {}


def verdict(error: Exception) -> Verdict:
    match error:
        case FormTooOld():
            return Verdict(status=403, trouble=Trouble.FORM_TOO_OLD)
        case DatabaseAway() | DatabaseBehind():
            return Verdict(status=503, trouble=Trouble.AWAY, wait=RETRY_AFTER)
        case Conflict():
            return Verdict(status=409, trouble=Trouble.CONFLICT)
        case Stale():
            return Verdict(status=409, trouble=Trouble.STALE)
        case NotFound():
            return Verdict(status=404, trouble=Trouble.NOT_FOUND)
        case Refused(why=Why.NOT_PERMITTED as why):
            return Verdict(status=403, trouble=Trouble.ROLE_NEEDED, why=why)
        case Unreadable() | BadCursor():
            return Verdict(status=400, trouble=Trouble.MALFORMED)
        case WireFaults() | NoSuchPlaybook():
            return Verdict(status=422, trouble=Trouble.REFUSED)
        case Refused(why=why):
            return Verdict(status=422, trouble=Trouble.REFUSED, why=why)
        case Denied():
            return denied(error)
        case HTTPException():
            return of_the_framework(error)
        case _:
            return Verdict(status=500, trouble=Trouble.BUG)


def denied(error: Denied) -> Verdict:
    match error.why:
        case Denial.TOO_MANY_TRIES:
            return Verdict(status=429, trouble=Trouble.TOO_MANY, why=error.why, wait=error.wait)
        case Denial.TOO_BUSY:
            return Verdict(status=503, trouble=Trouble.AWAY, why=error.why, wait=RETRY_AFTER)
        case Denial.NOT_PERMITTED | Denial.ROLE_NOT_YOURS_TO_GIVE:
            return Verdict(status=403, trouble=Trouble.ROLE_NEEDED, why=error.why)
        case _:
            return Verdict(status=422, trouble=Trouble.REFUSED, why=error.why)


def of_the_framework(error: HTTPException) -> Verdict:
    """Our own guards say more than a status in `extra`."""
    extra = error.extra if isinstance(error.extra, dict) else {}
    trouble = extra.get("trouble") or BY_STATUS.get(error.status_code, Trouble.BUG)
    headers = {k: v for k, v in (error.headers or {}).items() if k.lower() != "content-type"}
    return Verdict(status=error.status_code, trouble=Trouble(trouble), headers=headers)
