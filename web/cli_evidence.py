"""Terminal commands around evidence: checking a package that left the house, without the house."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from services.evidence import checking
from web.terminal import answer, as_json


@click.group()
def evidence() -> None:
    """Packages of evidence."""


@evidence.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def check(file: Path, json: bool) -> None:
    """Compare every file of the package FILE with its manifest; needs no network and no database.

    1: a file was changed, is missing or came along; each is named. Compare the hash of the manifest
    with what the association has on record: it tells a package that was changed with its manifest.
    """
    found = checking.check(file)
    lines = [f"{each.what.value:<10} {each.path}" for each in found.wrong]
    right = f"{found.files} files of case {found.case} are as they came"
    manifest = f"manifest   {found.manifest}"
    answer(asdict(found), "\n".join([*(lines or [right]), manifest]), json=json)
    sys.exit(1 if found.wrong else 0)
