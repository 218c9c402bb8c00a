"""What all commands of the terminal share: how they answer, and how they come to the database."""

import asyncio
import json as jsonlib
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import click

from infra import storage
from infra.database import Login, open_pools
from infra.settings import Settings, load
from services.tenants import keys, organisations
from services.tenants.organisations import Organisation

T = TypeVar("T")


class No(Exception):
    """A clear no, said to the person: exit code 1."""


def as_json(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", is_flag=True, help="Answer in JSON.")(command)


def answer(found: Any, text: str, *, json: bool) -> None:
    click.echo(dumped(found) if json else text)


def dumped(found: Any) -> str:
    return jsonlib.dumps(found, ensure_ascii=False, default=str)


def at_the_database(work: Callable[[Settings], Coroutine[Any, Any, T]]) -> T:
    """Runs the work with the pools open, as the operator of this installation."""

    async def run() -> T:
        settings = load()
        keys.use(settings)
        storage.use(settings)
        roles = (Login.APP, Login.PUBLIC, Login.WORKER)
        async with open_pools(settings.database, roles=roles):
            return await work(settings)

    return asyncio.run(run())


async def organisation_named(slug: str) -> Organisation:
    found = await organisations.by_slug(slug)
    if found is None:
        raise No(f"There is no organisation {slug!r}. See: redress org list")
    return found
