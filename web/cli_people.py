"""Terminal commands about organisations, their people and their programs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import click

from infra.settings import Settings
from services.lifecycle.kinds import Role
from services.playbooks import library
from services.tenants import fit, invitations, organisations, seats, tokens
from services.tenants.seats import STAFF, Seat
from web.terminal import No, answer, as_json, at_the_database, organisation_named

ROLE = click.Choice([role.value for role in STAFF])


@click.group()
def org() -> None:
    """The associations that share this installation."""


@org.command()
@click.argument("slug")
@click.argument("name")
@click.option("--prefix", default="", help="Before case numbers, such as 青消诉.")
@click.option("--hue", default=fit.HUE, help="Of its pages: 170 (green) to 300 (violet).")
@click.option("--mediates", is_flag=True, help="Accepts cases for mediation (受理).")
@as_json
def add(*, slug: str, name: str, prefix: str, hue: int, mediates: bool, json: bool) -> None:
    """Make an organisation with the playbooks of the shelf."""

    async def work(_: Settings) -> int:
        tenant = await organisations.create(
            name=name, slug=slug, prefix=prefix, hue=hue, mediates=mediates
        )
        return len(await library.publish_shelf(seats.operator(tenant=tenant, slug=slug)))

    count = at_the_database(work)
    answer({"org": slug, "playbooks": count}, f"{slug}: made, {count} playbooks", json=json)


@org.command("list")
@as_json
def listed(json: bool) -> None:
    """Every organisation, by its address."""

    async def work(_: Settings) -> list[dict[str, Any]]:
        return [{"org": o.slug, "demo": o.demo} for o in await organisations.everyone()]

    found = at_the_database(work)
    answer(found, "\n".join(each["org"] for each in found) or "none so far", json=json)


@click.group()
def user() -> None:
    """People of an organisation."""


@user.command()
@click.argument("slug", metavar="ORG")
@click.argument("email")
@click.option("--role", type=ROLE, required=True)
@as_json
def invite(slug: str, email: str, role: str, json: bool) -> None:
    """A link that lets EMAIL in once, within 72 hours. Asking again ends the one before."""

    async def work(settings: Settings) -> dict[str, Any]:
        invited = await invitations.invite(await operator(slug), email=email, role=Role(role))
        address = f"{settings.public_url}/invitations/{invited.token}"
        return {"email": invited.email, "url": address, "expires_at": invited.expires_at}

    found = at_the_database(work)
    answer(found, f"{found['url']}\nuntil {found['expires_at']}", json=json)


@click.group()
def token() -> None:
    """Keys of programs."""


@token.command()
@click.argument("slug", metavar="ORG")
@click.option("--role", type=ROLE, required=True)
@click.option("--expires", required=True, metavar="DAY", help="Such as 2027-01-31.")
@click.option("--name", default="terminal")
@as_json
def issue(slug: str, role: str, expires: str, name: str, json: bool) -> None:
    """A bearer token of one organisation; it is shown this once."""

    async def work(_: Settings) -> tokens.Issued:
        lasts = until(expires)
        return await tokens.issue(await operator(slug), name=name, role=Role(role), lasts=lasts)

    found = at_the_database(work)
    facts = {"token": found.token, "role": role, "expires_at": found.expires_at}
    answer(facts, f"{found.token}\nuntil {found.expires_at}", json=json)


async def operator(slug: str) -> Seat:
    organisation = await organisation_named(slug)
    return seats.operator(tenant=organisation.tenant, slug=slug)


def until(day: str) -> timedelta:
    try:
        end = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)
    except ValueError:
        raise No(f"{day!r} is not a day such as 2027-01-31.") from None
    return end - datetime.now(UTC)
