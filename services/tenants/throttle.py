"""Counting failures: delays that grow and pass, and never a door locked for good.

A try is charged before it is judged and given back when it succeeds, each in one statement, so that
a thousand tries at once are counted one by one. Buckets are keyed hashes of whom they are about."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from infra.database import Tx, platform_tx
from services.tenants.keys import Purpose, mac
from services.tenants.refusals import Denial, Denied

FREE = 5  # failures without any delay
LONGEST = timedelta(minutes=15)
QUIET = timedelta(days=1)  # after which failures are forgotten
UNNOTICEABLE = timedelta(seconds=1)

CHARGE = """
with held as (
    select max(until) as until from throttle where bucket = any($1) and until > clock_timestamp()
), charged as (
    insert into throttle as t (bucket, failures, updated_at)
    select wanted, 1, clock_timestamp() from unnest($1::text[]) as wanted, held
    where held.until is null order by wanted
    on conflict (bucket) do update set (failures, until, updated_at) = (
        select n, case when n >= $2::int then clock_timestamp()
            + least($3::interval, interval '1 second' * 2 ^ least(n - $2, 30)) end,
            clock_timestamp()
        from (select case when t.updated_at < clock_timestamp() - $4::interval then 1
            else t.failures + 1 end as n) as counted)
    where t.until is null or t.until <= clock_timestamp()
    returning bucket
)
select (select count(*) from charged) as charged,
    (select until from held) - clock_timestamp() as wait
"""
COUNT = """
insert into throttle as t (bucket, failures, until, updated_at)
values ($1, 1, clock_timestamp() + $2::interval, clock_timestamp())
on conflict (bucket) do update set
    failures = case when t.until <= clock_timestamp() then 1 else t.failures + 1 end,
    until = case when t.until <= clock_timestamp() then excluded.until else t.until end,
    updated_at = excluded.updated_at
returning failures, until - clock_timestamp() as wait
"""


class About(StrEnum):
    ACCOUNT = "account"
    ADDRESS = "address"
    DEVICE = "device"
    SECOND_FACTOR = "second factor"
    UNKNOWN_LINKS = "unknown links"
    CODE = "code"
    CODES_SENT = "codes sent"
    RECOVERY = "recovery"
    RECIPIENT = "recipient"
    DRAFTS = "drafts"
    FILINGS = "filings"


def bucket(about: About, *whom: object) -> str:
    return mac(Purpose.BUCKETS, about.value, *whom).hex()


def block(address: str) -> str:
    """Who shares one counter: an IPv4 address, and what a provider gives one home by IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        mapped = ip.ipv4_mapped
        return str(mapped or ipaddress.ip_network((int(ip), 56), strict=False))
    return str(ip)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """`own` counts tries at one account or key, `shared` all tries from one place."""

    own: str
    shared: tuple[str, ...] = ()


async def admit(tx: Tx, counters: Counters) -> None:
    wait = await charge(tx, (counters.own, *counters.shared))
    if wait is not None:
        raise Denied(Denial.TOO_MANY_TRIES, wait=wait)


async def forgive(counters: Counters) -> None:
    """The one it is about proved to be the one. What others tried from the same place stays, or
    one good account would pay for attacks on all."""
    async with platform_tx() as tx:
        await tx.execute("delete from throttle where bucket = $1", counters.own)
        for bucket in counters.shared:
            await give_back(tx, bucket)
        await tx.execute("delete from throttle where updated_at < $1", tx.real_now - 2 * QUIET)


async def charge(tx: Tx, buckets: Sequence[str]) -> timedelta | None:
    """Count one try in all of these, or in none and say how long to wait."""
    row = await tx.fetchrow(CHARGE, list(buckets), FREE, LONGEST, QUIET)
    assert row is not None
    if row["charged"] == len(buckets):
        return None
    wait: timedelta | None = row["wait"]
    return max(wait or UNNOTICEABLE, UNNOTICEABLE)


async def give_back(tx: Tx, bucket: str) -> None:
    await tx.execute(
        "update throttle set failures = greatest(failures - 1, 0), until = null where bucket = $1",
        bucket,
    )


async def count(tx: Tx, bucket: str, *, allowed: int, within: timedelta) -> timedelta | None:
    """Count one failure, and say how long to wait once there are more than allowed."""
    row = await tx.fetchrow(COUNT, bucket, within)
    assert row is not None
    wait: timedelta = row["wait"]
    return wait if row["failures"] > allowed else None
