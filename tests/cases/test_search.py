"""The search: what a case tells is found, exactly, and only by those who may see it."""

from datetime import date
from typing import Any

import pytest

from infra.database import tenant_tx
from services.cases import search_fill
from services.cases.anonymise import anonymise
from services.cases.receipts import NotFound, Receipt
from services.cases.search import numbered, search
from services.cases.verify import verify
from services.lifecycle import commands as c
from services.lifecycle.facts import Consumer, Merchant, Order, Proof
from services.lifecycle.kinds import Door, Outcome, ProofKind
from services.tenants.seats import Seat
from tests.cases.cast import Org, file, give, make_org
from tests.cases.test_verify import without_walls
from tests.database import Database
from tests.lifecycle.cast import words

STORY = "桌板收到当天就开裂，客服说“不退款”。型号：ＡＢ１２－Ｃ，iPhone15手机壳也坏了"
SHOP = Merchant(
    shop=words("木禾家居旗舰店"),
    company=words("杭州木禾家居有限公司"),
    credit_code=words("91330106MA2XYZ123K"),
)


@pytest.fixture(scope="module")
async def org(database: Database) -> Org:
    return await make_org()


@pytest.fixture(scope="module")
async def case(org: Org) -> Receipt:
    await file(org, facts=words("快递丢件，拒不赔偿"), merchant=Merchant(shop=words("远山数码")))
    return await file(
        org,
        facts=words(STORY),
        merchant=SHOP,
        order=Order(number=words("TB 1286-5530 7781")),
        consumer=Consumer(name=words("李小红"), phone=words("13800006021")),
    )


async def numbers(seat: Seat, typed: str, **more: Any) -> list[str]:
    return [row.number for row in (await search(seat, typed, **more)).items]


@pytest.mark.parametrize(
    "typed",
    [
        *("桌板", "当天就开裂", "裂", "桌", "不退款", "客服说", "手机壳", "了"),
        *("iphone", "IPHONE15", "ｉＰｈｏｎｅ", "iPhone15手机壳", "15手机", "ab12-c", "ＡＢ１２"),
        *("桌板 木禾", "  木禾　桌板  ", "开裂 李小红 iphone", "型号：ab"),
        *("木禾家居", "杭州木禾", "旗舰店", "91330106MA2XYZ123K", "91330106ma2xyz"),
        *("李小红", "小红", "红"),
        *("TB 1286-5530 7781", "1286-5530", "7781", "tb1286"),
        *("6021", "13800006021", "138 0000 6021", "+86 138-0000-6021", "１３８００００６０２１"),
    ],
)
async def test_what_a_case_tells_is_found(org: Org, case: Receipt, typed: str) -> None:
    assert await numbers(org.ana, typed) == [case.number]


@pytest.mark.parametrize(
    "typed",
    [
        *("板桌", "开裂桌板", "款型号", "退货", "桌板 退货", "木禾数码", "李红"),
        *("phone", "5手机", "phone15", "b12", "壳iphone", "天就开裂客"),
        *("0021", "1380000", "138", "3800006021", "5530-1286"),
    ],
)
async def test_nothing_else_is_found(org: Org, case: Receipt, typed: str) -> None:
    assert await numbers(org.ana, typed) == []


@pytest.mark.parametrize("typed", ["", "  ", "，。！", "a", "7", "１", "a 7", "%", "\x00", "_"])
async def test_too_little_is_not_looked_for(org: Org, case: Receipt, typed: str) -> None:
    found = await search(org.ana, typed)

    assert (found.items, found.asked, found.more) == ((), (), False)


@pytest.mark.parametrize("typed", ["桌%裂", "桌_裂", "'|'退货", "退货:*&!", "退货\\", "((退货"])
async def test_signs_of_a_query_find_nothing(org: Org, case: Receipt, typed: str) -> None:
    assert await numbers(org.ana, typed) == []


async def test_a_very_long_question_is_cut_and_answered(org: Org, case: Receipt) -> None:
    assert await numbers(org.ana, "桌板 " * 5_000) == [case.number]
    assert await numbers(org.ana, "长" * 5_000) == []


@pytest.mark.parametrize("typed", ["{}", "青消诉{}", " {} ", "{short}", "青消诉{short}"])
async def test_the_number_finds_its_case_first_of_all(org: Org, case: Receipt, typed: str) -> None:
    asked = typed.format(case.number, short=case.number.replace("-", ""))

    assert case.number in await numbers(org.ana, asked)
    assert await numbered(org.ana, asked) == case.number


@pytest.mark.parametrize("typed", ["2026-99999", "13800006021", "桌板", "1286", "2026", "2026-"])
async def test_what_names_no_case_leads_to_none(org: Org, case: Receipt, typed: str) -> None:
    assert await numbered(org.ana, typed) is None


async def test_their_numbers_are_found_once_they_are_recorded(org: Org) -> None:
    case = await file(org)
    await give(org.ana, case, c.TakeOn())
    proven = Proof(kind=ProofKind.THEIR_NUMBER, reference=words("CBX-77013"))
    assert await numbers(org.ana, "沪监投2026-5512") == []

    filed = c.RecordFiling(
        door=Door.MERCHANT, on=await today(org), proof=proven, their_number=words("沪监投2026-5512")
    )
    await give(org.ana, case, filed)

    for typed in ("沪监投2026-5512", "5512", "cbx-77013", "77013", "桌板 5512"):
        assert case.number in await numbers(org.ana, typed), typed
    assert await verify(org.tenant) == ()


async def today(org: Org) -> date:
    async with tenant_tx(org.ana) as tx:
        return tx.now.date()


async def test_open_cases_come_first_and_the_newest_of_them(database: Database) -> None:
    org = await make_org()
    first, second, third = [await file(org) for _ in range(3)]
    await give(org.ana, second, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

    assert await numbers(org.ana, "桌板") == [third.number, first.number, second.number]

    await give(org.ana, second, c.Reopen(text=words()))
    assert await numbers(org.ana, "桌板") == [third.number, second.number, first.number]
    page = await search(org.ana, "桌板", limit=2)
    assert ([row.number for row in page.items], page.more) == ([third.number, second.number], True)


async def test_a_volunteer_finds_the_cases_they_took(database: Database) -> None:
    org = await make_org()
    free, taken, others = [await file(org) for _ in range(3)]
    await give(org.vera, taken, c.Take())
    await give(org.leo, others, c.Assign(to=org.ana.person))

    assert await numbers(org.vera, "桌板") == [taken.number]
    assert await numbers(org.vera, "0000") == [taken.number]
    assert await numbers(org.vera, free.number) == []
    assert await numbered(org.vera, free.number) is None
    assert await numbered(org.vera, taken.number) == taken.number


async def test_who_is_not_shown_names_and_phones_cannot_guess_them(org: Org, case: Receipt) -> None:
    for typed in ("李小红", "小红", "6021", "13800006021", "桌板 李小红", "桌板 6021"):
        assert await numbers(org.otto, typed) == [], typed
    for typed in ("桌板", "客服说", "7781", f"青消诉{case.number}", "裂"):
        assert case.number in await numbers(org.otto, typed), typed


async def test_who_came_by_a_link_has_nothing_to_search(org: Org, case: Receipt) -> None:
    for seat in (org.dara(case), org.shop(case), org.public):
        with pytest.raises(NotFound):
            await search(seat, "桌板")
        assert await numbered(seat, case.number) is None


async def test_the_words_of_a_neighbour_are_never_found(org: Org, case: Receipt) -> None:
    other = await make_org()
    own = await file(other, facts=words("别家的桌板"))

    assert await numbers(other.leo, "桌板") == [own.number]
    assert await numbers(other.leo, "木禾家居旗舰店") == []
    assert await numbers(org.leo, "别家的桌板") == []


async def test_what_was_erased_is_not_found_any_more(database: Database) -> None:
    org = await make_org()
    case = await file(org, merchant=SHOP)
    await give(org.leo, case, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))
    assert await numbers(org.leo, "木禾") == [case.number]

    await anonymise(org.leo, case.number)

    for typed in ("桌板", "木禾", "李", "0000", "13800000000", "91330106MA2XYZ123K"):
        assert await numbers(org.leo, typed) == [], typed
    assert await numbers(org.leo, case.number) == [case.number]
    async with without_walls(database) as owner:
        left = await owner.fetchrow(
            "select words, known, tsv::text from case_search where case_id = $1", case.case_id
        )
    assert "木" not in repr(left)
    assert await verify(org.tenant) == ()


async def test_a_search_is_put_on_record_without_its_words(database: Database) -> None:
    org = await make_org()
    await file(org)

    await search(org.ana, "桌板")

    async with tenant_tx(org.leo) as tx:
        last = await tx.fetchrow("select kind, actor, body from audit_entry order by seq desc")
    assert last
    assert dict(last) == {"kind": "case_searched", "actor": org.ana.actor, "body": {"cases": 1}}


async def test_cases_from_before_there_was_a_search_are_made_searchable(
    database: Database,
) -> None:
    org = await make_org()
    case, over = await file(org), await file(org, merchant=SHOP)
    await give(org.leo, over, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))
    async with without_walls(database) as owner:
        await owner.execute("delete from case_search where tenant_id = $1", org.tenant)
    await give(org.ana, case, c.TakeOn())
    assert {found.what for found in await verify(org.tenant)} == {"not_searchable"}

    assert await search_fill.fill(org.tenant) == 2

    assert await verify(org.tenant) == ()
    assert await numbers(org.ana, "桌板") == [case.number, over.number]
    assert await search_fill.fill(org.tenant) == 0
