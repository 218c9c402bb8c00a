"""People who press buttons while parts are killed; each press is journalled before it is sent."""

import asyncio
import json
import os
import random
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import httpx

from tests.chaos.world import Entry

AWAY = (httpx.TransportError, httpx.TimeoutException)


@dataclass(slots=True, kw_only=True)
class Driver:
    base: str
    token: str
    tenant: UUID
    path: Path
    journal: list[Entry] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(20261124))

    def intend(self, op: str, number: str | None = None) -> Entry:
        key = str(uuid4())
        command_id = uuid5(NAMESPACE_URL, f"{self.tenant}/{key}")
        entry = Entry(key=key, command_id=command_id, op=op, number=number)
        self.journal.append(entry)
        self.write(entry)
        return entry

    def write(self, entry: Entry) -> None:
        """On the disk before the call: our word must outlive the system's."""
        with self.path.open("a") as file:
            file.write(json.dumps(asdict(entry), default=str) + "\n")
            file.flush()
            os.fsync(file.fileno())

    async def send(self, client: httpx.AsyncClient, entry: Entry, body: dict[str, Any]) -> Any:
        place = f"cases/{entry.number}/commands" if entry.number else "complaints"
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": entry.key}
        try:
            url = f"{self.base}/api/v1/{place}"
            answer = await client.post(url, json=body, headers=headers)
        except AWAY:
            return None
        if answer.status_code < 300:
            entry.outcome = "ok"
        elif answer.status_code < 500:
            entry.outcome = "fail"
        self.write(entry)
        return answer.json() if answer.status_code < 300 else None


async def work(driver: Driver, seconds: float, *, people: int = 4) -> dict[str, dict[str, Any]]:
    """Answers what was sent under each key, so that the unknown can be sent again."""
    bodies: dict[str, dict[str, Any]] = {}
    async with httpx.AsyncClient(timeout=8) as client:
        try:
            async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
                for _ in range(people):
                    group.create_task(one_person(driver, client, bodies))
        except TimeoutError:
            pass
    return bodies


async def one_person(
    driver: Driver, client: httpx.AsyncClient, bodies: dict[str, dict[str, Any]]
) -> None:
    while True:
        if not driver.numbers or driver.dice.random() < 0.25:
            body, entry = complaint(), driver.intend("file")
        else:
            entry = driver.intend("command", driver.dice.choice(driver.numbers))
            body = act(driver.dice)
        bodies[entry.key] = body
        answer = await driver.send(client, entry, body)
        if answer and entry.op == "file":
            driver.numbers.append(answer["number"])
        await asyncio.sleep(driver.dice.uniform(0.2, 1.0))


async def settle(driver: Driver, bodies: dict[str, dict[str, Any]]) -> None:
    """What nobody knows is sent again under its old key, until somebody knows."""
    async with httpx.AsyncClient(timeout=8) as client:
        for entry in driver.journal:
            for _ in range(40):
                if entry.outcome != "unknown":
                    break
                await driver.send(client, entry, bodies[entry.key])
                if entry.outcome == "unknown":
                    await asyncio.sleep(0.5)


def complaint() -> dict[str, Any]:
    return {
        "platform": "1688",
        "problem": "late_or_no_ship",
        "facts": "付款后第六天仍未发货，催促三次没有答复。",
        "playbook": "chaos",
        "merchant": {"shop": "南溪五金", "email": "shop@demo.example"},
        "demands": [{"kind": "refund_full", "amount": "99.00"}],
        "consumer": {"name": "王", "phone": "13800000001", "email": "consumer@demo.example"},
        "consents": ["privacy", "share_with_merchant", "mandate"],
    }


def act(dice: random.Random) -> dict[str, Any]:
    return dice.choice(
        (
            {"kind": "note", "text": "打过电话，无人接听。"},
            {"kind": "ask", "text": "请补充付款截图。", "blocking": False},
            {"kind": "pause", "holder": "consumer", "reason": "papers_missing"},
            {"kind": "resume"},
            {"kind": "close", "outcome": "not_solved", "text": "消费者不再继续。"},
            {"kind": "reopen", "text": "商家又不承认了。"},
        )
    )
