"""Whatever goes wrong is told in a whole page, in both languages, and costs nobody their text."""

from datetime import timedelta
from typing import Any

import pytest
from litestar import get, post
from litestar.types import ASGIApp
from structlog.testing import capture_logs

from infra.database import AmbiguousCommit, DatabaseAway
from services.cases.receipts import Conflict, NotFound, Stale
from services.lifecycle.refusals import Refused, Why
from services.tenants.refusals import Denial, Denied
from services.wording.language import Language, speaking
from services.wording.say import phrase
from tests.web.conftest import Serve
from tests.web.visitor import Visitor, forms_of, visiting
from web import access, errors
from web.access import Of
from web.forms import FormReader
from web.page import Page
from web.troubles import Trouble

SAID = "我的证据在第三页，共七张照片"
FAILURES: dict[str, tuple[Exception, int]] = {
    "away": (DatabaseAway("server closed the connection"), 503),
    "ambiguous": (AmbiguousCommit("lost"), 503),
    "conflict": (Conflict(), 409),
    "stale": (Stale(asked=3, version=5), 409),
    "gone": (NotFound(), 404),
    "refused": (Refused(Why.ALREADY_PAUSED), 422),
    "throttled": (Denied(Denial.TOO_MANY_TRIES, wait=timedelta(minutes=3)), 429),
    "busy": (Denied(Denial.TOO_BUSY), 503),
    "forbidden": (Denied(Denial.NOT_PERMITTED), 403),
    "bug": (RuntimeError("secret words of somebody"), 500),
}


@post("/fail/{how:str}", opt=access.public(how=Of.OURS))
async def fail(how: str, form: FormReader) -> None:
    raise FAILURES[how][0]


@get("/fail/{how:str}", opt=access.public(how=Of.OURS))
async def fail_quietly(how: str) -> None:
    raise FAILURES[how][0]


@get("/api/v1/fail/{how:str}", opt=access.public(how=Of.OURS))
async def fail_for_programs(how: str) -> None:
    raise FAILURES[how][0]


@get("/form", opt=access.public())
async def form_page(form: FormReader) -> Any:
    return Page("session/password.html", {"form": form, "organisation": None})


@pytest.fixture(scope="module")
def failing(serve: Serve) -> ASGIApp:
    return serve(fail, fail_quietly, fail_for_programs, form_page)


async def token_for(visitor: Visitor) -> str:
    page = await visitor.get("/form")
    return forms_of(page.text)[0].fields["csrf"][0]


@pytest.mark.parametrize("how", FAILURES)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_failure_of_a_form_is_a_whole_page_with_what_was_typed(
    failing: ASGIApp, how: str, language: str
):
    async with visiting(failing) as visitor:
        token = await token_for(visitor)
        answer = await visitor.client.post(
            f"/fail/{how}?lang={language}", data={"csrf": token, "facts": SAID}
        )

    assert answer.status_code == FAILURES[how][1]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{"zh-Hans-CN" if language == "zh" else "en"}"' in answer.text
    assert answer.text.count("<h1") == 1
    assert SAID in answer.text


@pytest.mark.parametrize("how", FAILURES)
async def test_programs_get_a_problem_document(failing: ASGIApp, how: str):
    async with visiting(failing) as visitor:
        answer = await visitor.get(f"/api/v1/fail/{how}")

    told = answer.json()
    assert answer.status_code == told["status"] == FAILURES[how][1]
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert told["type"].startswith("urn:redress:problem:")
    assert told["title"]
    assert isinstance(told["errors"], list)


async def test_with_the_database_away_the_same_form_can_be_sent_again(failing: ASGIApp):
    async with visiting(failing) as visitor:
        token = await token_for(visitor)
        typed = {"csrf": token, "command_id": ID, "version": "4", "facts": "一\r\n二", "tick": "a"}
        answer = await visitor.client.post("/fail/away", data=typed)

    form = next(form for form in forms_of(answer.text) if form.action == "/fail/away")
    assert answer.headers["retry-after"] == "10"
    assert form.fields["command_id"] == [ID]
    assert form.fields["version"] == ["4"]
    assert form.fields["facts"] == ["一\r\n二"]
    assert form.fields["tick"] == ["a"]


ID = "0190d2f0-0000-4000-8000-00000000abcd"


async def test_a_password_is_never_shown_again(failing: ASGIApp):
    async with visiting(failing) as visitor:
        token = await token_for(visitor)
        typed = {"csrf": token, "email": "ana@acme.example", "password": "herons", "code": "123456"}
        answer = await visitor.client.post("/fail/away", data=typed)

    assert "ana@acme.example" in answer.text
    assert "herons" not in answer.text
    assert "123456" not in answer.text


async def test_a_bug_is_logged_once_without_anybodys_words(
    failing: ASGIApp,
):
    async with visiting(failing) as visitor:
        token = await token_for(visitor)
        with capture_logs() as logged:
            answer = await visitor.client.post(
                "/fail/bug?q=geheim", data={"csrf": token, "facts": SAID}
            )

    bug = next(told for told in logged if told["event"] == "failed")
    assert bug["error"] == "RuntimeError"
    assert bug["request_id"] in answer.text
    assert bug["request_id"] == answer.headers["x-request-id"]
    for words in ("secret words", SAID, "geheim"):
        assert words not in str(logged)


async def test_the_log_knows_the_route_and_not_the_path(failing: ASGIApp):
    async with visiting(failing) as visitor:
        with capture_logs() as logged:
            await visitor.get("/fail/gone")
            await visitor.get("/nowhere/secret-token")

    assert [told["route"] for told in logged] == ["/fail/{how}", "unrouted"]


@pytest.mark.parametrize("how", ["away", "conflict", "bug"])
async def test_htmx_gets_the_message_alone_and_a_place_for_it(failing: ASGIApp, how: str):
    async with visiting(failing) as visitor:
        token = await token_for(visitor)
        answer = await visitor.client.post(
            f"/fail/{how}", data={"csrf": token, "facts": SAID}, headers={"HX-Request": "true"}
        )

    assert answer.headers["hx-retarget"] == "#notices"
    assert "<html" not in answer.text
    assert 'role="alert" tabindex="-1" autofocus' in answer.text
    assert SAID in answer.text


async def test_addresses_that_do_not_exist_have_one_and_the_same_answer(failing: ASGIApp):
    async with visiting(failing) as visitor:
        gone = await visitor.get("/fail/gone")
        never = await visitor.get("/never/was/here")

    assert (gone.status_code, never.status_code) == (404, 404)
    assert gone.content == never.content


async def test_a_wrong_method_is_told_with_those_that_are_right(failing: ASGIApp):
    async with visiting(failing) as visitor:
        answer = await visitor.client.put("/fail/gone")

    assert answer.status_code == 405
    assert set(answer.headers["allow"].replace(" ", "").split(",")) >= {"GET", "POST"}


async def test_when_even_the_error_page_fails_there_is_still_a_page(
    failing: ASGIApp, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(errors, "verdict", broken)
    async with visiting(failing) as visitor:
        answer = await visitor.get("/fail/gone")

    assert answer.status_code == 500
    assert "这个页面暂时打不开" in answer.text
    assert "This page is not available" in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_says_what_happened_and_what_to_do(trouble: Trouble, language: Language):
    with speaking(language):
        told = [phrase(f"Trouble.{part}", trouble) for part in ("title", "text", "next")]

    assert all(told)
    assert len(set(told)) == 3
