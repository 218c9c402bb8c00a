"""What the cookie of somebody who came by a link may say, and for how long."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.tenants import grants, keys
from services.tenants.grants import Grant
from services.tenants.links import LinkRef, Scope
from tests.tenants.conftest import Roots

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def granted(
    case: int = 1, *, tenant: int = 1, scope: Scope = Scope.STATUS, checked: bool = False
) -> Grant:
    ref = LinkRef(tenant=UUID(int=tenant), case=UUID(int=case), scope=scope, generation=1)
    return grants.begin(ref, number=f"2026-{case}", checked=checked, now=NOW)


def test_what_was_written_is_read():
    held = (granted(1), granted(2, scope=Scope.MERCHANT))

    assert grants.read(grants.write(held), now=NOW) == held


@pytest.mark.parametrize("cookie", ["", ".", "W10", "W10.00", "字.字", "\ud800", "x" * 9_000])
def test_what_is_not_ours_is_nothing(cookie: str):
    assert grants.read(cookie, now=NOW) == ()


def test_no_sign_of_it_can_be_changed():
    cookie = grants.write([granted()])

    for at, sign in enumerate(cookie):
        forged = cookie[:at] + ("A" if sign != "A" else "B") + cookie[at + 1 :]
        assert grants.read(forged, now=NOW) == ()


def test_another_key_opens_nothing():
    cookie = grants.write([granted()])

    keys.use(Roots(secret_key=b"another" * 8))

    assert grants.read(cookie, now=NOW) == ()


def test_a_grant_lasts_15_minutes_from_the_last_visit_and_60_in_all():
    grant, at = granted(), NOW

    for _ in range(5):
        at += 14 * MINUTE if at < NOW + 56 * MINUTE else timedelta(0)
        grant = grants.renew(grant, now=at)
    cookie = grants.write([grant])

    assert grant.until == NOW + 60 * MINUTE
    assert grants.read(cookie, now=NOW + 60 * MINUTE - SECOND) == (grant,)
    assert grants.read(cookie, now=NOW + 60 * MINUTE) == ()


def test_who_was_away_for_15_minutes_is_asked_for_the_digits_again():
    idle = grants.write([granted(checked=True)])

    assert grants.read(idle, now=NOW + 15 * MINUTE - SECOND) == (granted(checked=True),)
    assert grants.read(idle, now=NOW + 15 * MINUTE) == (granted(checked=False),)
    assert grants.read(idle, now=NOW + 60 * MINUTE) == ()


def test_the_same_case_takes_its_own_place_and_the_oldest_gives_way():
    held: tuple[Grant, ...] = ()
    for case in (*range(10), 5):
        held = grants.put(held, granted(case))

    assert [int(grant.ref.case) for grant in held] == [2, 3, 4, 6, 7, 8, 9, 5]
    assert len(grants.write(held)) < grants.COOKIE_MAX


def test_a_number_finds_its_latest_grant_of_that_scope():
    held = (granted(1), granted(1, tenant=2), granted(1, tenant=3, scope=Scope.MERCHANT))

    assert grants.find(held, number="2026-1", scope=Scope.STATUS) == held[1]
    assert grants.find(held, number="2026-9", scope=Scope.STATUS) is None
