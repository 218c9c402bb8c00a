"""`redress demo`: an association to look around in, made through the same doors as a real one."""

import json as jsonlib
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import click
import pyotp

from infra.settings import Settings, load
from infra.stack_parts import DEMO
from services.cases import queries
from services.cases.merchant_links import merchant_link
from services.cases.views import CaseView
from services.lifecycle.kinds import Role
from services.playbooks import library
from services.tenants import fit, links, organisations, seats, tokens
from web.demo.people import colleagues
from web.demo.play import DAYS_BACK, Cast, Played, body_of, file, play, told
from web.moments import moment
from web.terminal import No, as_json, at_the_database, dumped

SLUG, NAME, PREFIX = "qinghe", "青禾市消费者协会", "青消诉"
CLIMBER = {
    "problem": "aftersale_silent",
    "platform": "1688",
    "playbook": "demo",
    "name": "顾女士",
    "shop": "演示小店",
    "amount": "199.00",
    "facts": "演示：台灯收到第二天不亮，申请售后后商家一直没有回复。",
}
NEIGHBOUR = ("baishi", "白石市消费者权益保护委员会", "白消诉")


@click.command()
@click.option("--code", metavar="EMAIL", help="The one-time code of this colleague, right now.")
@as_json
def demo(code: str | None, json: bool) -> None:
    """Make the demo associations, or say the one-time code of one of their staff."""
    if code:
        click.echo(one_time_code(load(), code))
        return
    facts = at_the_database(make)
    click.echo(dumped(facts) if json else jsonlib.dumps(facts, ensure_ascii=False, indent=2))


def one_time_code(settings: Settings, email: str) -> str:
    try:
        facts = jsonlib.loads((settings.home / DEMO).read_bytes())
    except (OSError, ValueError):
        raise No("There is no demo association here: redress up makes it.") from None
    for person in facts["sign_ins"]:
        if person["email"] == email:
            return pyotp.TOTP(person["totp_secret"]).now()
    raise No(f"Nobody of the demo has the address {email}.")


async def make(settings: Settings) -> dict[str, Any]:
    if await organisations.by_slug(SLUG):
        raise No(f"The demo association {SLUG} stands already. See: redress org list")
    rows = told("cases.toml")
    await found(*NEIGHBOUR, rows["beyond"], mediates=False, hue=285)
    cast = await found(SLUG, NAME, PREFIX, rows["case"], mediates=True, hue=fit.HUE)
    watched = await watch(cast)
    manager = cast.staff["zhou"].seat
    token = await tokens.issue(manager, name="demo", role=Role.MANAGER)
    base = settings.public_url
    return {
        "org": SLUG,
        "home": f"{base}/{SLUG}",
        "file_a_complaint": f"{base}/{SLUG}/complaints/new",
        "queue": f"{base}/{SLUG}/desk/queue",
        "watch_it_climb": f"{base}/{SLUG}/desk/cases/{watched.number}",
        "status_link": f"{base}/s/{watched.link}",
        "phone_last_digits": body_of(CLIMBER, len(cast.rows))["consumer"]["phone"][-4:],
        "api_token": token.token,
        "sign_ins": [colleague.facts() for colleague in cast.staff.values()],
        "cases": [await told_of(cast, case, base) for case in sorted(cast.played)],
    }


async def told_of(cast: Cast, case: int, base: str) -> dict[str, str]:
    """How its consumer finds it, and what they see there today: the secret links of a demo are no
    secret.
    """
    played, row = cast.played[case], cast.rows[case]
    where = cast.operator
    seat = seats.consumer(tenant=where.tenant, slug=where.slug, case=played.id)
    view = await queries.case(seat, played.id)
    return {
        "arc": row["arc"],
        "moment": moment(view).value,
        "number": played.number,
        "status_link": f"{base}/s/{played.link}",
        "phone_last_digits": body_of(row, case)["consumer"]["phone"][-4:],
        **merchant_told(where.tenant, view, base),
    }


def merchant_told(tenant: UUID, view: CaseView, base: str) -> dict[str, str]:
    """How the merchant of this case answers, where a link was made."""
    if view.case.merchant_link is None:
        return {}
    ref = merchant_link(tenant, view.id, view.case.merchant_link)
    return {"merchant_link": f"{base}/m/{links.token_of(ref)}", "merchant_code": links.code_of(ref)}


async def watch(cast: Cast) -> Played:
    """The case on the two-minute ladder, filed now: nobody has to touch it."""
    rows = [*cast.rows, CLIMBER]
    return await file(replace(cast, rows=rows), len(rows) - 1)


async def found(
    slug: str, name: str, prefix: str, rows: list[dict[str, Any]], *, mediates: bool, hue: int
) -> Cast:
    tenant = await organisations.create(
        name=name,
        slug=slug,
        prefix=prefix,
        hue=hue,
        mediates=mediates,
        demo=True,
        clock_offset=-timedelta(days=DAYS_BACK),
    )
    operator = seats.operator(tenant=tenant, slug=slug)
    await library.publish_shelf(operator, demo=True)
    return await play(operator, await colleagues(operator), rows)
