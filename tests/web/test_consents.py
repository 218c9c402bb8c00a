"""“What you allowed”: seen with the words that were read, given later, taken back, and honoured."""

import hashlib

import pytest
from litestar.types import ASGIApp

from services.cases import queries
from services.cases.views import CaseView
from services.lifecycle.kinds import Consent, Outcome, Stage
from services.tenants.organisations import Organisation
from services.wording.say import phrase
from tests.web.cast import DIGITS, Filed, file, leo_of, open_acme
from tests.web.faults import doubled_ids, told_at_the_top
from tests.web.visitor import Visitor, forms_of, visiting


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture
async def filed(visitor: Visitor, acme: Organisation) -> Filed:
    return await file(visitor, acme)


async def seen(acme: Organisation, filed: Filed) -> CaseView:
    return await queries.case(leo_of(acme), filed.number)


def place(filed: Filed, consent: str = "") -> str:
    return f"/s/{filed.number}/consents" + (f"/{consent}" if consent else "")


async def change(visitor: Visitor, filed: Filed, consent: str, **typed: str):
    await visitor.get(place(filed, consent))
    return await visitor.send(place(filed, consent), **typed)


async def test_every_consent_points_to_the_exact_text_that_was_shown(
    visitor: Visitor, acme: Organisation, filed: Filed
):
    """PRV-02."""
    complaint = (await seen(acme, filed)).case.complaint
    page = await visitor.get(place(filed))

    assert {text.consent for text in complaint.shown} == complaint.consents
    for text in complaint.shown:
        words = phrase("ConsentText", f"{text.consent}.{text.version}", association=acme.name)
        assert text.sha256 == hashlib.sha256(words.encode()).hexdigest()
        assert words in page.text
    assert "文字第1版" in page.text
    assert doubled_ids(page) == set()


async def test_a_text_that_changed_meanwhile_is_read_again_and_nothing_is_lost(
    visitor: Visitor, acme: Organisation
):
    with pytest.raises(AssertionError):
        await file(visitor, acme, **{"consents.shown": "0" * 64})

    assert visitor.last is not None
    assert visitor.last.status_code == 422
    assert told_at_the_top(visitor.last) == ["consents"]
    assert "有了改动" in visitor.last.text
    [form] = [f for f in forms_of(visitor.last.text) if "consents.shown" in f.fields]
    assert form.fields["merchant.shop"] == ["木禾家居专营店"]
    assert "consents" not in form.fields


async def test_a_mandate_is_taken_back_at_once_and_given_again_with_the_digits(
    visitor: Visitor, acme: Organisation, filed: Filed
):
    taken = await change(visitor, filed, "mandate")
    page = await visitor.follow()
    without = (await seen(acme, filed)).case

    wrong = await change(visitor, filed, "mandate", digits="9999")
    given = await change(visitor, filed, "mandate", digits=DIGITS)
    case = (await seen(acme, filed)).case

    assert (taken.status_code, wrong.status_code, given.status_code) == (303, 422, 303)
    assert "已收回" in page.text
    assert Consent.MANDATE not in without.complaint.consents
    assert Consent.MANDATE in case.complaint.consents


async def test_taking_back_the_use_of_data_asks_once_more_and_ends_the_case(
    visitor: Visitor, acme: Organisation, filed: Filed
):
    first = await visitor.get(place(filed, "privacy"))
    without = await visitor.send(place(filed, "privacy"))
    done = await change(visitor, filed, "privacy", digits=DIGITS)
    case = (await seen(acme, filed)).case

    assert "按撤回结束" in first.text
    assert (without.status_code, done.status_code) == (422, 303)
    assert (case.stage, case.outcome) == (Stage.CLOSED, Outcome.WITHDRAWN)
    status = await visitor.get(f"/s/{filed.number}/status")
    assert f"/s/{filed.number}/reopening" not in status.text


async def test_the_same_form_sent_twice_counts_once(
    visitor: Visitor, acme: Organisation, filed: Filed
):
    await visitor.get(place(filed, "mandate"))
    form = next(f for f in forms_of(visitor.last.text) if f.action == place(filed, "mandate"))

    answers = [await visitor.client.post(form.action, data=form.fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    kinds = [each.kind for each in (await seen(acme, filed)).events]
    assert kinds.count("consent_revoked") == 1


async def test_a_page_that_is_behind_says_how_it_is_now(
    visitor: Visitor, acme: Organisation, filed: Filed
):
    await visitor.get(place(filed, "mandate"))
    old = next(f for f in forms_of(visitor.last.text) if f.action == place(filed, "mandate"))
    await change(visitor, filed, "mandate")

    late = await visitor.client.post(old.action, data={**old.fields, "command_id": ["x"]})

    assert late.status_code == 422
    assert "没有可以收回的" in late.text


async def test_what_is_no_consent_is_not_there_and_nobody_else_gets_in(
    visitor: Visitor, app: ASGIApp, filed: Filed
):
    nothing = await visitor.get(place(filed, "everything"))
    generic = await visitor.get(f"/s/{filed.number}/revocation")
    async with visiting(app) as stranger:
        outside = await stranger.get(place(filed))

    assert (nothing.status_code, generic.status_code) == (404, 404)
    assert outside.status_code == 401


async def test_the_history_tells_what_was_taken_back(visitor: Visitor, filed: Filed):
    await change(visitor, filed, "share_with_merchant")

    status = await visitor.get(f"/s/{filed.number}/status")

    assert "已收回：把投诉内容转给商家" in status.text
