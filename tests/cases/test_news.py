"""Who may hear of a change: those to whom the list or the case itself would show it."""

import json
from uuid import UUID, uuid4

import pytest

from services.cases.news import About, News, SessionEnded, may_hear, read
from services.lifecycle.kinds import Role
from services.tenants import seats
from services.tenants.seats import Seat

HOUSE, VERA, ANA = uuid4(), uuid4(), uuid4()


def seat(role: Role, person: UUID, house: UUID = HOUSE) -> Seat:
    return seats.staff(tenant=house, slug="acme", person=person, role=role)


def told(*, holders: tuple[UUID, ...] = (), free: bool = False, by: UUID | None = None) -> News:
    return News(
        about=About.QUEUE,
        tenant=HOUSE,
        number="2026-1",
        holders=frozenset(holders),
        free=free,
        by=by,
    )


@pytest.mark.parametrize(
    ("news", "heard"),
    [
        (told(free=True), True),
        (told(holders=(VERA,)), True),
        (told(holders=(ANA, VERA)), True),
        (told(holders=(ANA,)), False),
        (told(), False),
    ],
)
def test_a_volunteer_hears_of_her_own_cases_and_of_those_she_might_take(news: News, heard: bool):
    assert may_hear(seat(Role.VOLUNTEER, VERA), news) is heard


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.MANAGER, Role.AUDITOR])
def test_who_sees_every_case_hears_of_every_case_of_the_house(role: Role):
    assert may_hear(seat(role, ANA), told())
    assert not may_hear(seat(role, ANA, house=uuid4()), told(free=True, holders=(ANA,)))


def test_nobody_hears_of_her_own_presence():
    assert not may_hear(seat(Role.MANAGER, ANA), told(by=ANA))
    assert may_hear(seat(Role.MANAGER, VERA), told(by=ANA))


def test_neither_party_nor_the_public_nor_the_operator_hears_anything():
    outside = (
        seats.consumer(tenant=HOUSE, slug="acme", case=uuid4()),
        seats.merchant(tenant=HOUSE, slug="acme", case=uuid4()),
        seats.public(tenant=HOUSE, slug="acme"),
        seats.operator(tenant=HOUSE),
    )

    assert not any(may_hear(one, told(free=True, holders=(ANA,))) for one in outside)


def test_what_the_database_tells_is_read():
    case = {"kind": "queue", "tenant": str(HOUSE), "number": "2026-1", "holders": [], "free": True}
    ended = {"kind": "session", "tenant": str(HOUSE), "session": "ab"}

    assert read(json.dumps(case)) == told(free=True)
    assert read(json.dumps(ended)) == SessionEnded(tenant=HOUSE, session="ab")
