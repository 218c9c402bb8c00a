from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.settings import Settings
from services.lifecycle.kinds import Role
from tests.cases.cast import Org
from tests.database import Database
from tests.web.api_client import an_org, bearer, body, programs, served, settings_of, token_of

COMPLAINTS = "/api/v1/complaints"


@pytest.fixture(scope="module")
async def settings(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_of(tmp_path_factory.mktemp("home"), database)


@pytest.fixture(scope="module")
async def client(settings: Settings, tmp_path_factory: Any) -> AsyncIterator[httpx.AsyncClient]:
    empty: Path = tmp_path_factory.mktemp("static")
    async with programs(served(settings, empty)) as found:
        yield found


@pytest.fixture(scope="module")
async def acme(settings: Settings) -> Org:
    return await an_org(settings)


@pytest.fixture(scope="module")
async def token(acme: Org) -> str:
    return await token_of(acme)


async def filed(client: httpx.AsyncClient, token: str, **more: Any) -> dict[str, Any]:
    answer = await client.post(COMPLAINTS, json=body(**more), headers=bearer(token))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_complaint_is_answered_with_its_number_its_link_and_what_is_owed(
    client: httpx.AsyncClient, token: str
) -> None:
    found = await filed(client, token)

    assert found["stage"] == "submitted"
    assert found["filing"] == {"rung": None, "state": None}
    assert found["ball"] == "association"
    assert found["version"] == 1
    assert "/s/" in found["status_url"]
    assert found["agenda"][0]["because"] == "first_look"
    assert set(found["agenda"][0]) == {
        "key", "at", "kind", "rung", "because", "provisional", "moves_to",
    }  # fmt: skip


async def test_a_replay_answers_the_same_status_and_body(
    client: httpx.AsyncClient, token: str
) -> None:
    headers = bearer(token, "the-same-key")
    first = await client.post(COMPLAINTS, json=body(), headers=headers)
    number = first.json()["number"]
    note = {"kind": "note", "text": "later"}
    await client.post(f"/api/v1/cases/{number}/commands", json=note, headers=bearer(token))

    again = await client.post(COMPLAINTS, json=body(), headers=headers)

    assert again.status_code == 201
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers


async def test_the_key_with_other_content_is_a_conflict(
    client: httpx.AsyncClient, token: str
) -> None:
    headers = bearer(token, "used-twice")
    await client.post(COMPLAINTS, json=body(), headers=headers)

    other = await client.post(COMPLAINTS, json=body(facts="别的"), headers=headers)

    assert other.status_code == 409
    assert other.headers["content-type"].startswith("application/problem+json")
    assert other.json()["errors"][0]["path"] == "Idempotency-Key"


async def test_the_law_says_no_in_its_own_words(client: httpx.AsyncClient, token: str) -> None:
    answer = await client.post(COMPLAINTS, json=body(consents=[]), headers=bearer(token))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "privacy_consent_missing"


async def test_a_contact_is_logged_with_its_day_and_comes_back_on_the_agenda(
    client: httpx.AsyncClient, token: str
) -> None:
    case = f"/api/v1/cases/{(await filed(client, token))['number']}"
    contact = {"kind": "call", "whom": "consumer", "outcome": "arranged", "again_on": "2027-01-05"}

    noted = await client.post(
        f"{case}/commands", json={"kind": "note", "contact": contact}, headers=bearer(token)
    )
    empty = await client.post(f"{case}/commands", json={"kind": "note"}, headers=bearer(token))
    agenda = (await client.get(f"{case}/agenda", headers=bearer(token))).json()["items"]
    kinds = (await client.get(f"{case}/commands", headers=bearer(token))).json()["items"]

    assert noted.json()["events"] == ["noted"]
    assert (empty.status_code, empty.json()["errors"][0]["code"]) == (422, "text_missing")
    assert "2027-01-05T01:00:00" in next(b["at"] for b in agenda if b["because"] == "contact")
    schema = next(one["schema"] for one in kinds if one["kind"] == "note")
    assert "text" not in schema.get("required", [])
    assert "again_on" in str(schema)


async def test_commands_move_a_case_and_are_told_as_events(
    client: httpx.AsyncClient, token: str
) -> None:
    case = f"/api/v1/cases/{(await filed(client, token))['number']}"

    taken = await client.post(
        f"{case}/commands", json={"kind": "take_on", "if_version": 1}, headers=bearer(token)
    )
    stale = await client.post(
        f"{case}/commands",
        json={"kind": "note", "text": "x", "if_version": 1},
        headers=bearer(token),
    )
    view = (await client.get(case, headers=bearer(token))).json()
    events = (await client.get(f"{case}/events", headers=bearer(token))).json()

    assert taken.json()["events"] == ["taken_on", "door_opened"]
    assert taken.json()["filing"] == {"rung": "merchant", "state": "owed"}
    assert stale.status_code == 409
    assert view["stage"] == "awaiting_merchant"
    assert view["parties"]["consumer"]["name"] == "李女士"
    assert [e["event"] for e in events["items"]] == ["filed", "taken_on", "door_opened"]


async def test_what_is_allowed_now_comes_with_its_schema(
    client: httpx.AsyncClient, token: str
) -> None:
    case = f"/api/v1/cases/{(await filed(client, token))['number']}"

    items = (await client.get(f"{case}/commands", headers=bearer(token))).json()["items"]

    kinds = {item["kind"]: item["schema"] for item in items}
    assert {"take_on", "decline", "ask"} <= set(kinds)
    assert "strike_bell" not in kinds
    assert kinds["decline"]["required"] == ["kind", "reason", "text"]


async def test_a_bell_is_not_struck_by_hand(client: httpx.AsyncClient, token: str) -> None:
    case = f"/api/v1/cases/{(await filed(client, token))['number']}/commands"

    answer = await client.post(
        case, json={"kind": "strike_bell", "bell": "case/first_look/1"}, headers=bearer(token)
    )

    assert answer.status_code == 422


async def test_lists_go_on_where_they_ended(client: httpx.AsyncClient, token: str) -> None:
    for _ in range(3):
        await filed(client, token)

    page = (await client.get("/api/v1/cases?limit=2", headers=bearer(token))).json()
    after = (
        await client.get(f"/api/v1/cases?limit=2&after={page['next']}", headers=bearer(token))
    ).json()

    numbers = [item["number"] for item in page["items"] + after["items"]]
    assert len(set(numbers)) == 4


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "after=zzz"])
async def test_odd_pages_are_refused_kindly(
    client: httpx.AsyncClient, token: str, query: str
) -> None:
    answer = await client.get(f"/api/v1/cases?{query}", headers=bearer(token))

    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_without_a_token_or_with_another_one_nothing_is_there(
    client: httpx.AsyncClient, token: str, settings: Settings
) -> None:
    number = (await filed(client, token))["number"]
    borealis = await token_of(await an_org(settings))
    path = f"/api/v1/cases/{number}"

    nobody = await client.get(path)
    stranger = await client.get(path, headers=bearer(borealis))
    unknown = await client.get("/api/v1/cases/2026-99999", headers=bearer(borealis))

    assert nobody.status_code == 401
    assert stranger.status_code == 404
    assert stranger.content == unknown.content


async def test_a_volunteer_files_nothing_and_an_auditor_changes_nothing(
    client: httpx.AsyncClient, token: str, acme: Org
) -> None:
    volunteer = await token_of(acme, Role.VOLUNTEER)
    auditor = await token_of(acme, Role.AUDITOR)
    number = (await filed(client, token))["number"]

    refused = await client.post(COMPLAINTS, json=body(), headers=bearer(volunteer))
    silent = await client.post(
        f"/api/v1/cases/{number}/commands",
        json={"kind": "note", "text": "x"},
        headers=bearer(auditor),
    )

    assert refused.status_code == 403
    assert silent.status_code == 403


async def test_the_description_names_every_closed_set(client: httpx.AsyncClient) -> None:
    document = (await client.get("/api/openapi.json")).json()

    schemas = document["components"]["schemas"]
    assert {"platform", "problem", "demand", "stage", "filing", "ball", "outcome", "role"} <= set(
        schemas
    )
    assert "escalated_to_regulator" in schemas["stage"]["enum"]
    assert "door_opened" in schemas["event"]["enum"]


async def test_a_search_answers_the_cases_that_tell_its_words(
    client: httpx.AsyncClient, token: str
) -> None:
    found = await filed(client, token, facts="冰箱门关不严，压缩机异响")
    await filed(client, token)

    given = await client.get("/api/v1/cases", params={"q": "冰箱 异响"}, headers=bearer(token))

    answer = given.json()

    assert [one["number"] for one in answer["items"]] == [found["number"]]
    assert answer["next"] is None
