"""What programs send wrongly: every fault is named, and none becomes one of ours."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.settings import Settings
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


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"platform": "ebay"}, {"platform"}),
        ({"facts": None}, {"facts"}),
        ({"facts": "a\u0000b"}, {"facts"}),
        ({"facts": "x" * 5001}, {"facts"}),
        ({"consumer": {"name": "李"}}, {"consumer.phone"}),
        ({"consumer": {"name": "李", "phone": "call me"}}, {"consumer.phone"}),
        (
            {"demands": [{"kind": "money", "amount": "1e9"}]},
            {"demands[0].kind", "demands[0].amount"},
        ),
        ({"demands": [{"kind": "repair", "amount": 12}]}, {"demands[0].amount"}),
        ({"order": {"paid_on": "2025-02-29"}}, {"order.paid_on"}),
        ({"tried": [{"rung": "moon", "on": "2026-11-01"}]}, {"tried[0].rung"}),
        ({"surprise": 1, "merchant": {"boss": "x"}}, {"surprise", "merchant.boss"}),
        ({"playbook": "no-such"}, {"playbook"}),
        ({"consents": ["privacy", "privacy!"]}, {"consents[1]"}),
    ],
)
async def test_every_fault_of_a_field_is_named_with_its_path(
    client: httpx.AsyncClient, token: str, changes: dict[str, Any], paths: set[str]
) -> None:
    answer = await client.post(COMPLAINTS, json=body(**changes), headers=bearer(token))

    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert {error["path"] for error in errors} == paths
    assert all(error["message"] for error in errors)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        "投诉".encode("gbk"),
        b"[" * 100_000,
        b'{"a":' * 5_000,
        b'{"facts": "\\ud800"}' + b" " * 10 + b"x",
    ],
)
async def test_what_is_no_json_object_is_malformed_and_never_a_fault_of_ours(
    client: httpx.AsyncClient, token: str, raw: bytes
) -> None:
    answer = await client.post(COMPLAINTS, content=raw, headers=bearer(token))

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "malformed_json"


@pytest.mark.parametrize("key", ["", "x" * 129, "键", "a\tb"])
async def test_a_change_needs_a_printable_key(
    client: httpx.AsyncClient, token: str, key: str
) -> None:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key.encode()}

    answer = await client.post(COMPLAINTS, json=body(), headers=headers)  # type: ignore[arg-type]

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == "Idempotency-Key"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"demands": [{"kind": "fraud_triple"}], "order": {"purpose": "resale"}}, "consumers_only"),
        ({"demands": [{"kind": "refund_full"}, {"kind": "repair"}]}, "ends_the_deal"),
        ({"demands": [{"kind": "refund_full", "amount": "1286.01"}]}, "above_paid"),
    ],
)
async def test_demands_that_cannot_stand_are_refused_by_the_law_with_the_reason(
    client: httpx.AsyncClient, token: str, changes: dict[str, Any], why: str
) -> None:
    answer = await client.post(COMPLAINTS, json=body(**changes), headers=bearer(token))

    assert answer.status_code == 422
    assert f"demand_{why}" in answer.text
