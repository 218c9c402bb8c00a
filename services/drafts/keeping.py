"""Half a complaint: kept part by part, opened by its link, gone when it is filed or after thirty
days without a change. Real time throughout."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from infra.database import Login, Tx, tenant_tx
from services.drafts.sealing import Typed, hash_of, new_token, opened, seal, token_in
from services.tenants import organisations, seats
from services.tenants.seats import Seat

LIVES = timedelta(days=30)
TYPED_CHARS_MAX = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    token: str = field(repr=False)
    typed: Mapping[str, Sequence[str]] = field(repr=False)
    until: datetime


async def begin(seat: Seat, typed: Typed) -> Draft:
    token = new_token()
    async with tenant_tx(seat) as tx:
        sealed = seal(typed, token=token, tenant=seat.tenant)
        until = await tx.fetchval("select begin_draft($1, $2, $3)", hash_of(token), sealed, LIVES)
    return Draft(token=token, typed=typed, until=until)


async def find(seat: Seat, address: str) -> Draft | None:
    """None for what never was, was filed, erased or is over: nobody can tell which."""
    async with tenant_tx(seat) as tx:
        return await found(tx, seat, address)


async def keep(
    seat: Seat, address: str, typed: Typed, *, instead_of: Iterable[str]
) -> Draft | None:
    """The draft with this part of it as it was sent now; `instead_of` names the part's fields. What
    is too much to be kept is not: the draft stays as it was, and the page still holds the text.
    """
    async with tenant_tx(seat) as tx:
        draft = await found(tx, seat, address)
        if draft is None:
            return None
        dropped = set(instead_of)
        rest = {name: list(v) for name, v in draft.typed.items() if name not in dropped}
        whole = {**rest, **{name: list(values) for name, values in typed.items()}}
        if chars_of(whole) > TYPED_CHARS_MAX:
            return draft
        named = hash_of(draft.token)
        sealed = seal(whole, token=draft.token, tenant=seat.tenant)
        until = await tx.fetchval("select keep_draft($1, $2, $3)", named, sealed, LIVES)
    return Draft(token=draft.token, typed=whole, until=until)


async def erase(seat: Seat, address: str) -> None:
    """For good, and at once."""
    token = token_in(address)
    if token:
        async with tenant_tx(seat) as tx:
            await tx.fetchval("select erase_drafts($1)", hash_of(token))


async def erase_old() -> None:
    """Those of every organisation that nobody has changed for thirty days."""
    for listing in await organisations.everyone(login=Login.WORKER):
        async with tenant_tx(seats.clock(tenant=listing.tenant)) as tx:
            await tx.fetchval("select erase_drafts(null)")


async def found(tx: Tx, seat: Seat, address: str) -> Draft | None:
    token = token_in(address)
    row = await tx.fetchrow("select * from find_draft($1)", hash_of(token)) if token else None
    typed = opened(row["words"], token=token, tenant=seat.tenant) if row and token else None
    if row is None or token is None or typed is None:
        return None
    return Draft(token=token, typed=typed, until=row["expires_at"])


def chars_of(typed: Typed) -> int:
    return sum(len(text) for values in typed.values() for text in values)
