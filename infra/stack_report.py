"""What `redress up` says: progress while it starts, then where to look and how to sign in."""

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from infra.settings import Settings
from infra.stack_parts import DEMO, LOCAL, Addresses

BY_CASE = "cases"
"""Dozens of them, with the links of their consumers: for `--json`, where programs look."""


def tell(text: str) -> None:
    """Progress goes to the error channel, so that `--json` leaves one clean line on the other."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def tell_beginning(settings: Settings, addresses: Addresses) -> None:
    tell(f"Redress starts; its files are in {settings.home}")
    place = addresses.database
    if place and place.moved:
        tell(
            f"  The database lies in {place.data.parent} instead: PostgreSQL does not run as root,"
            f"\n  and its own user ({place.user.pw_name if place.user else ''}) cannot enter"
            f" {settings.home}."
        )
    if settings.development and settings.host not in {LOCAL, "localhost", "::1"}:
        tell(
            "  Plain http beyond this machine: passwords can be read on their way. Test data only."
        )


def tell_ready(
    settings: Settings, addresses: Addresses, *, seconds: float, json_lines: bool
) -> None:
    where = whereabouts(settings, addresses)
    demo = demo_facts(settings)
    if json_lines:
        sys.stdout.write(json.dumps({**where, "demo": demo}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(summary(where, demo, seconds)) + "\n")
    sys.stdout.flush()


def whereabouts(settings: Settings, addresses: Addresses) -> dict[str, str]:
    environment = addresses.environment()
    found = {
        "pages": settings.public_url,
        "mails": f"http://{LOCAL}:{addresses.mail.http}" if addresses.mail else None,
        "temporal_ui": f"http://{LOCAL}:{addresses.temporal.ui}" if addresses.temporal else None,
        "temporal": environment.get("REDRESS_TEMPORAL_ADDRESS"),
        "database": environment.get("REDRESS_DATABASE_URL"),
        "smtp": environment.get("REDRESS_SMTP_URL"),
        "home": str(settings.home),
    }
    return {name: address for name, address in found.items() if address}


def demo_facts(settings: Settings) -> dict[str, Any] | None:
    try:
        facts: dict[str, Any] = json.loads((settings.home / DEMO).read_bytes())
    except (OSError, ValueError):
        return None
    return facts


def summary(
    where: Mapping[str, str], demo: Mapping[str, Any] | None, seconds: float
) -> Iterator[str]:
    yield f"\nRedress is up after {seconds:.1f} s."
    yield from rows({"pages": where["pages"]})
    yield from rows(
        {name: where[name] for name in ("mails", "temporal_ui", "home") if name in where}
    )
    if demo:
        yield "\nThe demo association, to look around in:"
        yield from rows({name: fact for name, fact in demo.items() if name != BY_CASE})
    yield "\nCtrl-C stops everything."


def rows(facts: Mapping[str, Any], indent: str = "  ") -> Iterator[str]:
    """Whatever the facts are: a line for each value, a group for what has parts."""
    for name, fact in facts.items():
        match fact:
            case dict():
                yield f"{indent}{name}"
                yield from rows(fact, indent + "  ")
            case list():
                yield f"{indent}{name}"
                for item in fact:
                    yield from listed(item, indent)
            case _:
                yield f"{indent}{name:<18} {fact}"


def listed(item: Any, indent: str) -> Iterator[str]:
    if not isinstance(item, dict):
        yield f"{indent}  - {item}"
        return
    first, *others = rows(item, "")
    yield f"{indent}  - {first}"
    yield from (f"{indent}    {other}" for other in others)
