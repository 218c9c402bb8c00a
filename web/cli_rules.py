"""Terminal commands about rules: counting days, checking, publishing and rehearsing playbooks."""

import json as jsonlib
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from services.calendars import days as counting
from services.calendars import loading, year_file
from services.calendars.library import shipped
from services.cases import rebuild
from services.lifecycle import commands as c
from services.lifecycle.calendars import Calendar
from services.lifecycle.decide import Actor
from services.lifecycle.facts import PlaybookRef
from services.lifecycle.kinds import Role
from services.lifecycle.parse import PlaybookFaults
from services.lifecycle.playbook import Playbook, Rules
from services.lifecycle.reading import Fault
from services.lifecycle.rehearse import Line, Step
from services.lifecycle.rehearse import rehearse as play
from services.lifecycle.spans import Roll, SpanFault
from services.lifecycle.wire import WireFaults, command_from, kind_of
from services.playbooks import library
from services.playbooks.file import read
from services.tenants import organisations, seats
from services.wording.faults import say_fault
from web.api.bodies import complaint_from
from web.terminal import No, answer, as_json, at_the_database, dumped, organisation_named

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
HORIZON = timedelta(days=730)


@click.command()
@click.argument("from_", metavar="FROM")
@click.argument("span", required=False)
@click.option("--roll", type=click.Choice([*Roll]), default=Roll.NONE)
@click.option("--calendar", "calendar_file", type=FILE, help="A year file beside the shipped ones.")
@as_json
def days(from_: str, span: str | None, roll: str, calendar_file: Path | None, json: bool) -> None:
    """The day a SPAN that begins on FROM ends; FROM "-": many lines of FROM<tab>SPAN."""
    calendar = calendar_with(calendar_file)
    if from_ == "-":
        lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
        for found in counting.answers(lines, calendar=calendar, roll=Roll(roll)):
            click.echo(dumped(found))
        return
    if span is None:
        raise click.UsageError('Say the span, too: redress days 2026-09-30 "7 working days"')
    try:
        found = counting.answer(from_, span, calendar=calendar, roll=Roll(roll))
    except (counting.FromFault, SpanFault) as fault:
        raise No(say_fault(fault.code.value)) from None
    mark = " (provisional)" if found["provisional"] else ""
    answer(found, f"{found['due']}{mark}", json=json)


def calendar_with(path: Path | None) -> Calendar:
    try:
        return shipped().with_year(year_file.read(path.read_bytes())) if path else shipped()
    except year_file.YearFaults as faults:
        raise No(told(faults.faults)) from None


@click.group()
def playbook() -> None:
    """Check a playbook file, or publish it."""


@playbook.command()
@click.argument("file", type=FILE)
@as_json
def check(file: Path, json: bool) -> None:
    """Every fault of FILE: its path, what is wrong, what to write instead."""
    try:
        found = read(text_of(file))
    except PlaybookFaults as faults:
        rows = [row(fault) for fault in faults.faults]
        answer({"faults": rows}, told(faults.faults), json=json)
        sys.exit(1)
    answer({"faults": [], "id": found.id}, f"{found.id}: no fault", json=json)


@playbook.command()
@click.argument("slug", metavar="ORG")
@click.argument("file", type=FILE)
@as_json
def publish(slug: str, file: Path, json: bool) -> None:
    """Make FILE the newest version for ORG; open cases keep theirs."""

    text = text_of(file)

    async def work(_: object) -> int:
        organisation = await organisation_named(slug)
        seat = seats.operator(tenant=organisation.tenant, slug=slug)
        return await library.publish(seat, text)

    try:
        version = at_the_database(work)
    except PlaybookFaults as faults:
        raise No(told(faults.faults)) from None
    answer({"version": version}, f"Published as version {version}", json=json)


@click.group()
def calendar() -> None:
    """Years of days off and make-up days."""


@calendar.command("load")
@click.argument("file", type=FILE)
@as_json
def load_year(file: Path, json: bool) -> None:
    """Load a year file and count every open deadline again."""

    year = file.read_bytes()

    async def work(_: object) -> dict[str, Any]:
        loaded = await loading.load(year)
        moved = [await rebuild.redate_all(o.tenant) for o in await organisations.everyone()]
        return {"year": loaded.year.number, "new": loaded.is_new, "cases_redated": sum(moved)}

    try:
        found = at_the_database(work)
    except year_file.YearFaults as faults:
        raise No(told(faults.faults)) from None
    answer(found, f"{found['year']} is loaded; {found['cases_redated']} cases re-dated", json=json)


@click.command()
@click.argument("name", metavar="FILE|NAME")
@click.option("--facts", type=FILE, help='The body of POST /complaints plus "filed_at".')
@click.option("--script", type=FILE, help='[{"at": …, "kind": …}]: imagined commands.')
@as_json
def rehearse(name: str, facts: Path | None, script: Path | None, json: bool) -> None:
    """Play a complaint through with an imagined clock; without a script nobody acts."""
    rules = Rules(playbook=playbook_named(name), calendar=shipped())
    try:
        steps = play(None, rules, **told_by(rules, facts, script))
    except WireFaults as faults:
        raise No(told(faults.faults)) from None
    rows = [step_row(step) for step in steps]
    text = "\n".join(f"{r['at']}  {r['event']:<18} {r['stage']} {r['filing'] or ''}" for r in rows)
    answer({"steps": rows}, text, json=json)


def told_by(rules: Rules, facts: Path | None, script: Path | None) -> dict[str, Any]:
    body = loaded(facts) if facts else EXAMPLE
    if not isinstance(body, dict):
        raise No("The facts are a JSON object.")
    filed_at = instant(body.pop("filed_at", "2026-11-23T10:00:00+08:00"))
    ref = PlaybookRef(id=rules.playbook.id, version=rules.playbook.version)
    filing = c.File(complaint=complaint_from(body).complaint, playbook=ref)
    lines = [Line(at=filed_at, command=filing)]
    lines += [line_of(row) for row in (loaded(script) if script else [])]
    return {"now": filed_at, "until": filed_at + HORIZON, "script": lines}


EXAMPLE: dict[str, Any] = {
    "platform": "1688",
    "problem": "quality",
    "facts": "…",
    "consumer": {"name": "…", "phone": "13800000000"},
    "consents": ["privacy", "share_with_merchant", "mandate"],
}


def line_of(row: Any) -> Line:
    if not isinstance(row, dict) or "at" not in row or "kind" not in row:
        raise No('A line of the script is {"at": …, "kind": …, …}.')
    facts = {key: value for key, value in row.items() if key not in ("at", "kind", "by")}
    role = Role(row.get("by", Role.MANAGER))
    return Line(
        at=instant(row["at"]), command=command_from(row["kind"], facts), by=Actor(role=role)
    )


def step_row(step: Step) -> dict[str, Any]:
    return {
        "at": step.at.isoformat(),
        "event": kind_of(type(step.event)),
        "stage": step.stage,
        "filing": step.filing,
        "ball": step.ball,
        "rung": step.door,
        "because": step.because,
        "provisional": step.provisional,
    }


def playbook_named(name: str) -> Playbook:
    on_the_shelf = {each.id: each for each in library.shelf()}
    if name in on_the_shelf:
        return on_the_shelf[name]
    if not Path(name).is_file():
        raise No(f"No file and no playbook {name!r}. On the shelf: {', '.join(on_the_shelf)}")
    try:
        return read(text_of(Path(name)))
    except PlaybookFaults as faults:
        raise No(told(faults.faults)) from None


def text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise No(f"{path} is not UTF-8.") from None


def loaded(path: Path) -> Any:
    try:
        return jsonlib.loads(text_of(path))
    except (jsonlib.JSONDecodeError, RecursionError) as error:
        raise No(f"{path} is not JSON: {error}") from None


def instant(text: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        raise No(f"{text!r} is not an instant such as 2026-11-23T10:00:00+08:00.") from None
    if moment.tzinfo is None:
        raise No(f"{text!r} needs its offset, such as +08:00.")
    return moment


def told(faults: tuple[Fault, ...]) -> str:
    return "\n".join(f"{fault.path}: {sentence(fault)}" for fault in faults)


def row(fault: Fault) -> dict[str, str]:
    return {"path": fault.path, "wrong": sentence(fault), "instead": fault.expected}


def sentence(fault: Fault) -> str:
    return say_fault(fault.code, fault.expected)
