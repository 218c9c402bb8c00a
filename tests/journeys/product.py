"""The product as `redress up` starts it: every part real, the demo association made, a home of
its own.
"""

import asyncio
import json
import os
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from infra.processes import free_port
from tests.architecture.code import ROOT

UP_SECONDS = 150.0
DOWN_SECONDS = 30.0
REDRESS = Path(sys.executable).with_name("redress")
COMMAND = (sys.executable, "-m", "infra.stack", "--json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What the line on stdout told: addresses, and the demo's names and keys."""

    told: dict[str, Any]
    api: httpx.AsyncClient

    @property
    def pages(self) -> str:
        return str(self.told["pages"])

    @property
    def demo(self) -> dict[str, Any]:
        demo: dict[str, Any] = self.told["demo"]
        return demo

    @property
    def mails(self) -> Path:
        return Path(self.told["home"]) / "mail"

    def desk(self, path: str) -> str:
        return f"{self.pages}/{self.demo['org']}/desk/{path}"

    async def command(self, *words: str) -> Any:
        """What a terminal command of the product answers."""
        process = await asyncio.create_subprocess_exec(
            REDRESS, *words, "--json", cwd=ROOT, env=environment(self.told["home"]), stdout=PIPE
        )
        told, _ = await process.communicate()
        assert process.returncode == 0, words
        return json.loads(told)

    async def asked(self, path: str) -> Any:
        """What the JSON API answers to the demo's token."""
        answer = await self.api.get(f"/api/v1/{path}")
        answer.raise_for_status()
        return answer.json()


@asynccontextmanager
async def running() -> AsyncIterator[Product]:
    with tempfile.TemporaryDirectory(prefix="redress-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o711)
        process = await started(home)
        try:
            assert process.stdout
            line = await asyncio.wait_for(process.stdout.readline(), UP_SECONDS)
            told = json.loads(line)
            token = {"Authorization": f"Bearer {told['demo']['api_token']}"}
            async with httpx.AsyncClient(base_url=told["pages"], headers=token) as api:
                yield Product(told=told, api=api)
        finally:
            process.terminate()
            await asyncio.wait_for(process.wait(), DOWN_SECONDS)


async def started(home: Path) -> Process:
    env = environment(str(home), REDRESS_PORT=str(free_port()))
    return await asyncio.create_subprocess_exec(
        *COMMAND, cwd=ROOT, env=env, stdout=PIPE, stderr=DEVNULL
    )


def environment(home: str, **more: str) -> dict[str, str]:
    """Ours, with nothing of another installation in it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("REDRESS_")}
    return {**clean, "REDRESS_HOME": home, **more}
