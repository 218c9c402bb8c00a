"""Jobs of many tenants on few connections: some raise, are cancelled, killed, or fail to commit."""

import asyncio
import random
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import asyncpg

from infra.database import DatabaseAway, tenant_tx
from tests.database import Database, Sitting, make_tenant

AT_ONCE = 16


class ChangedItsMind(Exception):
    """The job's own failure."""


@dataclass(slots=True)
class Crowd:
    """What the jobs saw and did, and what they should not have."""

    tenants: list[UUID]
    rng: random.Random
    database: Database
    done: set[tuple[UUID, str]] = field(default_factory=set)
    unsure: set[tuple[UUID, str]] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)
    lines: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))


async def settle(database: Database, count: int) -> list[UUID]:
    """Tenants with nothing but themselves, and a constraint that fails at the commit only."""
    async with database.as_owner() as owner:
        await owner.execute(
            "alter table recovery_code alter constraint recovery_code_tenant_id_person_id_fkey"
            " deferrable initially deferred"
        )
    return [await make_tenant() for _ in range(count)]


async def run(crowd: Crowd, jobs: int) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(jobs):
            group.create_task(one(crowd, f"job-{number}"))


async def one(crowd: Crowd, name: str) -> None:
    seat = Sitting(tenant=crowd.rng.choice(crowd.tenants), actor=name)
    async with crowd.lines:
        job = asyncio.create_task(work(crowd, seat))
        if crowd.rng.random() < 0.05:
            await wander(crowd.rng)
            job.cancel()
        try:
            await job
            crowd.done.add((seat.tenant, name))
        except asyncio.CancelledError:
            crowd.unsure.add((seat.tenant, name))
        except asyncpg.InsufficientPrivilegeError:
            crowd.leaks.append(f"{name} of {seat.tenant} wrote as somebody else")
        except (ChangedItsMind, DatabaseAway, asyncpg.IntegrityConstraintViolationError):
            pass


async def work(crowd: Crowd, seat: Sitting) -> None:
    fate = crowd.rng.random()
    async with tenant_tx(seat) as tx:
        await wander(crowd.rng)
        seen = await tx.fetch("select tenant_id, current_setting('app.actor') as actor from tenant")
        crowd.leaks += [
            f"{seat.actor} of {seat.tenant} saw {row['tenant_id']} as {row['actor']}"
            for row in seen
            if (row["tenant_id"], row["actor"]) != (seat.tenant, seat.actor)
        ]
        if not seen:
            crowd.leaks.append(f"{seat.actor} of {seat.tenant} did not see its own tenant")
        await tx.execute(
            "insert into invitation (tenant_id, id, email, role, token_hash, expires_at)"
            " values (cur_tenant(), $1, current_setting('app.actor'), 'manager', '\\x00'::bytea"
            " || convert_to(current_setting('app.actor'), 'utf8'), now())",
            uuid4(),
        )
        await wander(crowd.rng)
        if fate < 0.2:
            raise ChangedItsMind
        if fate < 0.22:
            await kill(crowd, await tx.fetchval("select pg_backend_pid()"))
            await tx.fetchval("select 1")
        if fate > 0.98:
            await tx.execute(
                "insert into recovery_code (tenant_id, id, person_id, code_hash)"
                " values ($1, $2, $2, '\\x00')",
                *(seat.tenant, uuid4()),
            )


async def kill(crowd: Crowd, pid: int) -> None:
    async with crowd.database.as_owner() as owner:
        await owner.fetchval("select pg_terminate_backend($1, 2000)", pid)


async def wander(rng: random.Random) -> None:
    for _ in range(rng.randrange(4)):
        await asyncio.sleep(0)


async def written(database: Database) -> set[tuple[UUID, str]]:
    async with database.as_owner() as owner:
        rows = await owner.fetch("select tenant_id, email from invitation")
    return {(row["tenant_id"], row["email"]) for row in rows}
