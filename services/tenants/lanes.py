"""How much comes from one place or phone, and goes to one mailbox: counted by keyed hashes alone.
Over a limit a complaint goes the slow lane; it is never lost.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from infra.database import Login, platform_tx
from services.lifecycle.reachable import CODES_A_DAY
from services.lifecycle.signs import Sign
from services.tenants import throttle
from services.tenants.throttle import About, bucket

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
FILINGS_FROM_PLACE: Final = 150
"""An hour. Three thousand honest ones come from some forty places (ABU-01): 75 from each."""
FILINGS_FROM_PHONE: Final = 30
DRAFTS_FROM_PLACE: Final = 300
LETTERS_A_DAY: Final = 20
ONCE_A_DAY: Final = 1


async def signs_of(*, tenant: UUID, address: str, phone: str) -> tuple[Sign, ...]:
    """Counts one complaint, and says where it was one too many."""
    place, number = throttle.block(address), "".join(filter(str.isdecimal, phone))
    asked = (
        (Sign.MANY_FROM_PLACE, (place,), FILINGS_FROM_PLACE, HOUR),
        (Sign.MANY_FROM_PHONE, (tenant.bytes, number), FILINGS_FROM_PHONE, DAY),
    )
    found = []
    async with platform_tx() as tx:
        for sign, whom, allowed, within in asked:
            counter = bucket(About.FILINGS, sign.value, *whom)
            if await throttle.count(tx, counter, allowed=allowed, within=within) is not None:
                found.append(sign)
    return tuple(found)


async def may_begin_draft(*, address: str) -> bool:
    counter = bucket(About.DRAFTS, throttle.block(address))
    async with platform_tx() as tx:
        wait = await throttle.count(tx, counter, allowed=DRAFTS_FROM_PLACE, within=HOUR)
    return wait is None


async def may_write_to(address: str, letter: str, *, tenant: UUID) -> bool:
    """Whether the mailbox or phone of a consumer may get this letter of ours: what anybody can set
    off by typing an address comes once a day at most, codes five times, all together twenty times.
    """
    kind, allowed = limit_of(letter)
    counters = ((kind, allowed), ("all", LETTERS_A_DAY))
    async with platform_tx(Login.WORKER) as tx:
        waits = [
            await throttle.count(
                tx,
                bucket(About.RECIPIENT, tenant.bytes, address.casefold(), each),
                allowed=most,
                within=DAY,
            )
            for each, most in counters
        ]
    return not any(waits)


def limit_of(letter: str) -> tuple[str, int]:
    if letter == "received":
        return letter, ONCE_A_DAY
    return ("code", CODES_A_DAY) if letter.startswith("code_") else ("other", LETTERS_A_DAY)
