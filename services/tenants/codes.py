"""Six digits that went to a phone or mailbox, and whether somebody typed them. A code is computed
from its case and the event that sent it and stands in no table; five tries, then it is void.
"""

import hmac
from datetime import timedelta
from typing import Final
from uuid import UUID

from infra.database import platform_tx
from services.tenants import throttle
from services.tenants.keys import Purpose, mac
from services.tenants.refusals import Denial, Denied
from services.tenants.throttle import About, bucket

DIGITS: Final = 6
TRIES: Final = 5
FROM_ONE_PLACE: Final = 10
"""Codes in an hour that one address block may have sent."""

WITHIN: Final = timedelta(hours=1)
"""Longer than a code lives, so that waiting brings no further tries."""


def code_of(case: UUID, seq: int) -> str:
    number = int.from_bytes(mac(Purpose.CODES, case.bytes, seq)[:8])
    return f"{number % 10**DIGITS:0{DIGITS}}"


async def check(case: UUID, seq: int, typed: str) -> None:
    """Returns if it is the code. What is not six digits was no try."""
    digits = "".join(sign for sign in typed if sign.isdecimal())
    if len(digits) != DIGITS:
        raise Denied(Denial.WRONG_SENT_CODE)
    async with platform_tx() as tx:
        wait = await throttle.count(
            tx, bucket(About.CODE, case.bytes, seq), allowed=TRIES, within=WITHIN
        )
    if wait is not None:
        raise Denied(Denial.CODE_SPENT)
    if not hmac.compare_digest(code_of(case, seq).encode(), digits.encode()):
        raise Denied(Denial.WRONG_SENT_CODE)
