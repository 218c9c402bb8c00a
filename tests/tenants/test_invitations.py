"""AUT-09: letters of entry are for one address in one role, once."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.lifecycle.kinds import Role
from services.tenants import invitations, people, tokens
from services.tenants.refusals import Denial, Denied
from tests.database import Database
from tests.tenants.people import PASSWORD, Member, found_acme, half_way, join, operator

HOURS_72 = timedelta(hours=72)
SECONDS_5 = timedelta(seconds=5)


async def age(database: Database, email: str, by: timedelta) -> None:
    async with database.as_owner() as owner:
        await owner.execute(
            "update invitation set expires_at = expires_at - $1::interval where email = $2",
            by,
            email,
        )


async def refusal(token: str, password: str = PASSWORD) -> Denial:
    with pytest.raises(Denied) as denied:
        await invitations.accept(token, name="Ana", password=password)
    return denied.value.why


def somebody() -> str:
    return f"{uuid4().hex[:12]}@acme.example"


async def test_an_invitation_makes_the_person_it_names(database: Database):
    acme = await found_acme()
    invited = await invitations.invite(
        operator(acme), email="  Ana.Liu@ACME.example ", role=Role.VOLUNTEER
    )

    letter = await invitations.read(invited.token)
    await invitations.accept(invited.token, name=" Ana Liu ", password=PASSWORD)

    assert (letter.email, letter.role, letter.member) == (
        "ana.liu@acme.example",
        Role.VOLUNTEER,
        False,
    )
    (ana,) = await people.everybody(operator(acme))
    assert (ana.email, ana.name, ana.role) == ("ana.liu@acme.example", "Ana Liu", Role.VOLUNTEER)
    assert not ana.enrolled


async def test_an_invitation_is_good_for_once(database: Database):
    invited = await invitations.invite(
        operator(await found_acme()), email=somebody(), role=Role.MANAGER
    )

    await invitations.accept(invited.token, name="Ana", password=PASSWORD)

    assert await refusal(invited.token) is Denial.INVITATION_VOID


async def test_of_one_invitation_accepted_twice_at_once_one_holds(database: Database):
    acme, email = await found_acme(), somebody()
    invited = await invitations.invite(operator(acme), email=email, role=Role.MANAGER)
    await invitations.accept(invited.token, name="Ana", password=PASSWORD)
    letter = await invitations.invite(operator(acme), email=email, role=Role.MANAGER)

    tries = (invitations.accept(letter.token, name="", password=PASSWORD) for _ in range(3))
    outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert sorted(isinstance(outcome, Denied) for outcome in outcomes) == [False, True, True]


async def test_reading_an_invitation_uses_nothing_up(database: Database):
    invited = await invitations.invite(
        operator(await found_acme()), email=somebody(), role=Role.MANAGER
    )

    for _ in range(3):
        await invitations.read(invited.token)

    await invitations.accept(invited.token, name="Ana", password=PASSWORD)


async def test_an_invitation_lasts_72_hours(database: Database):
    email = somebody()
    invited = await invitations.invite(operator(await found_acme()), email=email, role=Role.MANAGER)

    await age(database, email, HOURS_72 - SECONDS_5)
    await invitations.read(invited.token)
    await age(database, email, SECONDS_5)

    assert await refusal(invited.token) is Denial.INVITATION_VOID


async def test_sending_again_kills_the_letter_from_before(database: Database):
    acme, email = await found_acme(), somebody()
    first = await invitations.invite(operator(acme), email=email, role=Role.VOLUNTEER)
    second = await invitations.invite(operator(acme), email=email, role=Role.MANAGER)

    assert await refusal(first.token) is Denial.INVITATION_VOID
    assert len(await invitations.pending(operator(acme))) == 1
    await invitations.accept(second.token, name="Ana", password=PASSWORD)


async def test_an_invitation_of_one_organisation_opens_no_other(database: Database):
    acme, borealis = await found_acme(), await found_acme()
    invited = await invitations.invite(operator(acme), email=somebody(), role=Role.MANAGER)

    _, _, secret = invited.token.partition(".")

    assert await refusal(f"{borealis.slug}.{secret}") is Denial.INVITATION_VOID


@pytest.mark.parametrize("token", ["", ".", "acme", "no-such.ABC", "\x00.\x00", "a" * 10_000])
async def test_what_is_no_invitation_is_no_error(database: Database, token: str):
    assert await refusal(token) is Denial.INVITATION_VOID


async def test_a_revoked_invitation_is_void(database: Database):
    acme = await found_acme()
    invited = await invitations.invite(operator(acme), email=somebody(), role=Role.MANAGER)
    (pending,) = await invitations.pending(operator(acme))

    await invitations.revoke(operator(acme), pending.id)

    assert await refusal(invited.token) is Denial.INVITATION_VOID
    with pytest.raises(Denied):
        await invitations.revoke(operator(acme), pending.id)


async def test_an_unfit_password_uses_nothing_up(database: Database):
    invited = await invitations.invite(
        operator(await found_acme()), email=somebody(), role=Role.MANAGER
    )

    assert await refusal(invited.token, "short") is Denial.PASSWORD_TOO_SHORT
    assert await refusal(invited.token, "password1234") is Denial.PASSWORD_COMMON

    await invitations.accept(invited.token, name="Ana", password=PASSWORD)


async def test_a_member_gets_half_an_hour_for_a_new_password(database: Database):
    ana = await join(await found_acme())
    letter = await invitations.invite(operator(ana.acme), email=ana.email, role=ana.role)
    assert (await invitations.read(letter.token)).member

    await age(database, ana.email, timedelta(minutes=30))

    assert await refusal(letter.token) is Denial.INVITATION_VOID
    await half_way(ana)


async def test_a_changed_role_or_a_closed_account_makes_the_letter_void(database: Database):
    ana, vera = await join(await found_acme()), await join(await found_acme())
    letters = [
        await invitations.invite(operator(m.acme), email=m.email, role=m.role) for m in (ana, vera)
    ]

    await people.change_role(operator(ana.acme), ana.id, Role.AUDITOR)
    await people.disable(operator(vera.acme), vera.id)

    for letter in letters:
        with pytest.raises(Denied):
            await invitations.read(letter.token)
        assert await refusal(letter.token) is Denial.INVITATION_VOID


async def test_an_invitation_changes_no_members_role(database: Database):
    ana = await join(await found_acme())

    with pytest.raises(Denied) as denied:
        await invitations.invite(operator(ana.acme), email=ana.email, role=Role.MANAGER)

    assert denied.value.why is Denial.ALREADY_A_MEMBER


async def test_managers_look_after_their_staff_and_nobody_else_does(database: Database):
    acme = await found_acme()
    leo, ana = await join(acme, Role.MANAGER), await join(acme)

    await invitations.invite(leo.seat, email=somebody(), role=Role.MANAGER)

    assert await denied_to(leo, leo.id, Role.OPERATOR) is Denial.ROLE_NOT_YOURS_TO_GIVE
    assert await denied_to(ana, ana.id, Role.MANAGER) is Denial.NOT_PERMITTED
    for step in (people.disable, people.enable, people.reset_second_factor):
        with pytest.raises(Denied) as denied:
            await step(ana.seat, leo.id)
        assert denied.value.why is Denial.NOT_PERMITTED


async def denied_to(member: Member, person: UUID, role: Role) -> Denial:
    denials = set()
    for act in (
        invitations.invite(member.seat, email=somebody(), role=role),
        people.change_role(member.seat, person, role),
        tokens.issue(member.seat, name="import", role=role),
    ):
        with pytest.raises(Denied) as denied:
            await act
        denials.add(denied.value.why)
    (why,) = denials
    return why


async def test_the_last_manager_stays(database: Database):
    acme = await found_acme()
    leo = await join(acme, Role.MANAGER)

    for act in (
        people.disable(leo.seat, leo.id),
        people.change_role(leo.seat, leo.id, Role.VOLUNTEER),
    ):
        with pytest.raises(Denied) as denied:
            await act
        assert denied.value.why is Denial.LAST_MANAGER

    mia = await join(acme, Role.MANAGER)
    await people.disable(mia.seat, leo.id)
    with pytest.raises(Denied):
        await people.disable(operator(acme), mia.id)


async def test_nobody_of_another_organisation_can_be_changed(database: Database):
    leo, cleo = await join(await found_acme(), Role.MANAGER), await join(await found_acme())

    for step in (people.disable, people.enable, people.reset_second_factor):
        with pytest.raises(Denied) as denied:
            await step(leo.seat, cleo.id)
        assert denied.value.why is Denial.NO_SUCH_PERSON
