"""The cookie of somebody who came by a link: which cases it opens, and for how long still.

It is signed and holds no secret; that the link itself still holds is asked at each request."""

import base64
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.tenants.keys import Purpose, mac
from services.tenants.links import LinkRef, Scope

SLIDES = timedelta(minutes=15)
WHOLE = timedelta(minutes=60)
GRANTS_MAX = 8
COOKIE_MAX = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """`checked`: the second check was passed. `number` finds the grant for an address."""

    ref: LinkRef
    number: str
    checked: bool
    began: datetime
    until: datetime


def begin(ref: LinkRef, *, number: str, checked: bool, now: datetime) -> Grant:
    return Grant(ref=ref, number=number, checked=checked, began=now, until=now + SLIDES)


def renew(grant: Grant, *, now: datetime) -> Grant:
    return replace(grant, until=min(now + SLIDES, grant.began + WHOLE))


def put(grants: Iterable[Grant], grant: Grant) -> tuple[Grant, ...]:
    """In the place of an older one for the same case and scope; the oldest give way."""
    ref = grant.ref
    others = [
        held
        for held in grants
        if (held.ref.tenant, held.ref.case, held.ref.scope) != (ref.tenant, ref.case, ref.scope)
    ]
    return (*others, grant)[-GRANTS_MAX:]


def find(grants: Iterable[Grant], *, number: str, scope: Scope) -> Grant | None:
    """The latest, should two organisations have numbered a case alike."""
    fitting = [held for held in grants if held.number == number and held.ref.scope is scope]
    return fitting[-1] if fitting else None


def write(grants: Iterable[Grant]) -> str:
    told = json.dumps([plain(grant) for grant in grants], separators=(",", ":"))
    payload = base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
    return f"{payload}.{mac(Purpose.GRANTS, payload).hex()}"


def read(cookie: str, *, now: datetime) -> tuple[Grant, ...]:
    """Those of this sitting; nothing at all if it is not ours. After a quarter of an hour without a
    sign the digits are asked again, and after an hour the link itself.
    """
    payload, _, signed = cookie.partition(".")
    if len(cookie) > COOKIE_MAX or not cookie.isascii():
        return ()
    if not hmac.compare_digest(mac(Purpose.GRANTS, payload).hex(), signed):
        return ()
    told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    held = (grant for grant in map(meant, told) if now < grant.began + WHOLE)
    return tuple(g if now < g.until else replace(g, checked=False) for g in held)


def plain(grant: Grant) -> list[object]:
    ref = grant.ref
    times = (int(at.timestamp()) for at in (grant.began, grant.until))
    key = (ref.tenant.hex, ref.case.hex, ref.scope.value, ref.generation)
    return [*key, grant.number, grant.checked, *times]


def meant(told: list[Any]) -> Grant:
    tenant, case, scope, generation, number, checked, began, until = told
    return Grant(
        ref=LinkRef(
            tenant=UUID(tenant), case=UUID(case), scope=Scope(scope), generation=generation
        ),
        number=number,
        checked=checked,
        began=datetime.fromtimestamp(began, UTC),
        until=datetime.fromtimestamp(until, UTC),
    )
