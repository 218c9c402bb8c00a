"""LNK-01 to LNK-08 for the link over which a merchant answers, and how staff make and end it."""

import re
from datetime import timedelta
from statistics import median
from time import perf_counter
from uuid import UUID, uuid4

import httpx
import pytest
from litestar.types import ASGIApp

from infra.database import tenant_tx
from services.cases import ledger, queries
from services.cases.merchant_links import merchant_link
from services.lifecycle import commands as c
from services.tenants import crockford, links, second_check
from services.tenants.links import Scope
from services.tenants.organisations import Organisation
from services.tenants.refusals import Denial, Denied
from tests.database import Database
from tests.tenants.test_links import everything
from tests.web.cast import Filed, file, leo_of, open_acme
from tests.web.merchants import Handed, acme, come_in, filed, handed, leo, link, renewed, shop
from tests.web.visitor import Visitor, forms_of, visiting

SECOND = timedelta(seconds=1)
PREVIEWS = (
    *("MicroMessenger/8.0", "WeChatShareExtensionNew/8.0", "QQ/8.9", "DingTalk/7.0", "Lark/7.1"),
    *("Weibo/13.1", "facebookexternalhit/1.1", "Twitterbot/1.0", "Slackbot-LinkExpanding 1.0"),
    *("WhatsApp/2.23", "TelegramBot (like TwitterBot)", "Mozilla/5.0 SafeLinks"),
)


async def rows(database: Database, acme: Organisation) -> str:
    """Everything that the association has."""
    async with database.as_owner() as owner:
        tables = ("case_file", "case_event", "link", "command", "outbox", "notice", "audit_entry")
        told = [
            await owner.fetchval(
                f"select string_agg(t::text, '' order by t::text) from {table} t "
                "where tenant_id = $1",
                acme.tenant,
            )
            for table in tables
        ]
    return "\n".join(map(str, told))


async def expire(acme: Organisation, filed: Filed, *, left: timedelta) -> None:
    case = await queries.id_of(leo_of(acme), filed.number)
    async with tenant_tx(leo_of(acme)) as tx:
        await links.expire(tx, case=case, scope=Scope.MERCHANT, at=tx.real_now + left)


def test_lnk_01_each_case_and_generation_has_a_token_and_a_code_of_its_own(settings: object):
    refs = [merchant_link(UUID(int=1), UUID(int=n), g) for n in range(5_000) for g in (1, 2)]

    tokens, codes = [links.token_of(r) for r in refs], [links.code_of(r) for r in refs]

    assert len(set(tokens)) == len(tokens)
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", token) for token in tokens)
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
    assert len(set(codes)) > 9_900


async def test_lnk_02_neither_token_nor_code_lies_in_the_database(link: Handed, database: Database):
    dump = await everything(database)

    assert link.token not in dump
    assert link.token.encode().hex() not in dump
    assert not re.search(rf"(?<![0-9a-f.]){link.code}(?![0-9a-f])", dump)


async def test_lnk_03_the_address_loses_the_secret_and_the_page_names_the_association_alone(
    shop: Visitor, link: Handed
):
    opened = await shop.get(link.link)
    page = await shop.follow()

    assert opened.status_code == 303
    assert opened.headers["location"] == link.at("check")
    assert link.token not in opened.headers["set-cookie"] + opened.text + page.text
    assert "Acme 消费者协会请贵店答复" in page.text
    shown = re.sub(r'action="[^"]*"', "", page.text)
    for secret in ("青消诉", link.number, "桌板", "1286", "1,286", "木禾", "达拉"):
        assert secret not in shown


async def test_lnk_04_five_wrong_codes_a_day_and_even_the_right_one_waits(
    shop: Visitor, link: Handed
):
    await shop.get(link.link)
    await shop.follow()
    wrong = [code for code in (f"{n:06}" for n in range(6)) if code != link.code][:5]

    answers = [await shop.send(link.at("check"), code=code) for code in wrong]
    form = {**forms_of(answers[-1].text)[0].fields, "code": link.code}
    late = await shop.client.post(link.at("check"), data=form)

    assert [answer.status_code for answer in (*answers, late)] == [422] * 5 + [429]
    assert "不是和这个链接配套的6位数字" in answers[0].text
    assert "桌板" not in "".join(answer.text for answer in (*answers, late))


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef"])
async def test_lnk_04_what_is_no_code_is_no_try(acme: Organisation, link: Handed, typed: str):
    case = await queries.id_of(leo_of(acme), link.number)
    ref = merchant_link(acme.tenant, case, 1)

    for _ in range(8):
        with pytest.raises(Denied) as denied:
            await second_check.check(ref, typed)
        assert denied.value.why is Denial.WRONG_LETTER_CODE

    await second_check.check(ref, f" {link.code[:3]} {link.code[3:]}")


async def test_lnk_05_an_end_is_kept_to_the_second(
    shop: Visitor, link: Handed, acme: Organisation, filed: Filed
):
    await come_in(shop, link)

    await expire(acme, filed, left=5 * SECOND)
    before = await shop.get(link.at("answer"))
    await expire(acme, filed, left=-SECOND)
    after = await shop.get(link.at("answer"))
    page = await shop.follow()

    assert before.status_code == 200
    assert after.status_code == 303
    assert page.status_code == 404


async def test_lnk_05_the_end_follows_the_day_that_was_named(acme: Organisation, link: Handed):
    view = await queries.case(leo_of(acme), link.number)
    [wait] = [bell for bell in view.agenda if bell.rule == "wait"]

    async with tenant_tx(leo_of(acme)) as tx:
        ends = await tx.fetchval("select expires_at from link where scope = 'merchant'")

    assert ends is not None
    assert timedelta(days=5) <= ends - wait.due <= timedelta(days=12)


async def test_lnk_06_a_link_that_was_taken_back_leads_nowhere_at_the_next_request(
    shop: Visitor, leo: Visitor, link: Handed, acme: Organisation
):
    await come_in(shop, link)
    place = f"/{acme.slug}/desk/cases/{link.number}/merchant-link-end"
    await leo.get(place)

    ended = await leo.send(place)
    visit = await shop.get(link.at("answer"))
    anew = await shop.get(link.link)

    assert ended.status_code == 303
    assert visit.status_code == 303
    assert anew.status_code == 404


async def test_lnk_06_a_new_link_ends_the_old_one_and_its_code(
    shop: Visitor, link: Handed, acme: Organisation, filed: Filed
):
    await come_in(shop, link)

    second = await renewed(acme, filed)

    assert (second.token, second.code) != (link.token, link.code)
    assert (await shop.get(link.link)).status_code == 404
    assert (await shop.get(link.at("answer"))).status_code == 303
    assert (await come_in(shop, second)).status_code == 200


async def test_lnk_07_previews_change_nothing_and_the_link_still_works(
    link: Handed, acme: Organisation, app: ASGIApp, shop: Visitor, database: Database
):
    before = await rows(database, acme)

    for n in range(50):
        async with visiting(app) as bot:
            agent = {"user-agent": PREVIEWS[n % len(PREVIEWS)]}
            ask = bot.client.head if n % 2 else bot.client.get
            assert (await ask(link.link, headers=agent)).status_code in (303, 405)

    assert await rows(database, acme) == before
    assert (await come_in(shop, link)).status_code == 200


async def test_lnk_08_unknown_expired_revoked_and_foreign_are_one_page_in_the_same_time(
    app: ASGIApp, acme: Organisation, filed: Filed, visitor: Visitor
):
    case = await queries.id_of(leo_of(acme), filed.number)
    foreign = links.token_of(merchant_link((await open_acme()).tenant, case, 1))
    status = filed.link.rsplit("/", 1)[1]
    revoked = await handed(acme, filed)
    await ledger.apply(leo_of(acme), filed.number, c.RevokeMerchantLink(), command_id=uuid4())
    other = await file(visitor, acme)
    expired = await handed(acme, other)
    await expire(acme, other, left=-SECOND)
    tokens = {
        "unknown": crockford.random(26),
        "expired": expired.token,
        "revoked": revoked.token,
        "foreign": foreign,
        "of a status page": status,
    }
    told: dict[str, list[httpx.Response]] = {name: [] for name in tokens}
    took: dict[str, list[float]] = {name: [] for name in tokens}
    for _ in range(20):
        for name, token in tokens.items():
            async with visiting(app) as stranger:
                began = perf_counter()
                told[name].append(await stranger.get(f"/m/{token}"))
                took[name].append(perf_counter() - began)

    assert {each.status_code for some in told.values() for each in some} == {404}
    assert len({each.content for some in told.values() for each in some}) == 1
    shut = {name: median(times) for name, times in took.items() if name != "of a status page"}
    assert max(shut.values()) - min(shut.values()) < max(0.005, min(shut.values()) / 5)


async def test_staff_are_shown_link_and_code_once_and_a_replay_shows_the_same(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await handed(acme, filed)
    place = f"/{acme.slug}/desk/cases/{filed.number}/merchant-link"
    await leo.get(place)
    assert leo.last is not None
    form = forms_of(leo.last.text)[-1].fields

    pages = [await leo.client.post(place, data=form) for _ in range(2)]

    assert {page.status_code for page in pages} == {200}
    found = [re.findall(r'<code class="secret"[^>]*>([^<]+)</code>', page.text) for page in pages]
    assert found[0] == found[1]
    assert re.search(r"/m/[0-9A-Z]{26}$", found[0][0])
    assert re.fullmatch(r"\d{6}", found[0][1])
