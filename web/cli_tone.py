"""`redress tone`: reads a text from standard input and says what should be said more calmly."""

import sys
from typing import Any

import click

from services.playbooks import library
from services.playbooks.articles import articles
from services.tone.check import Finding, check
from services.wording.say import phrase, say
from web.terminal import No, answer, as_json

GROUP = "Tone"
SIGNS_MAX = 100_000


@click.command()
@as_json
def tone(json: bool) -> None:
    """What stands in a complaint's way in the text on standard input, and calmer words for it."""
    read = check(given(), laws=articles(library.shelf()))
    found = {"score": read.score, "findings": [row(each) for each in read.findings]}
    told = "\n".join([phrase(GROUP, "score", score=read.score), *lines(read.findings)])
    answer(found, told, json=json)


def given() -> str:
    try:
        text = sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        raise No(phrase(GROUP, "not_utf8")) from None
    if len(text) > SIGNS_MAX:
        raise No(phrase(GROUP, "too_long", longest=SIGNS_MAX))
    return text


def row(found: Finding) -> dict[str, Any]:
    return {
        "text": found.text,
        "start": found.start,
        "class": found.kind,
        "severity": found.severity,
        "suggest": suggestion(found),
    }


def lines(findings: tuple[Finding, ...]) -> list[str]:
    if not findings:
        return [phrase(GROUP, "calm")]
    return [line for each in findings for line in told(each)]


def told(found: Finding) -> tuple[str, str, str]:
    severity = phrase("ToneSeverity", found.severity)
    return (
        phrase(GROUP, "found", text=found.text, place=found.start + 1, severity=severity),
        f"    {phrase(GROUP, 'why', ground=say(found.ground))}",
        f"    {phrase(GROUP, 'instead', suggest=suggestion(found))}",
    )


def suggestion(found: Finding) -> str:
    """The wordings, and what else to do; at least one of them."""
    left_out = phrase(GROUP, "leave_out")
    wording = phrase(GROUP, "between").join(each or left_out for each in found.suggest)
    if not found.advice:
        return wording
    advice = say(found.advice)
    return phrase(GROUP, "advised", wording=wording, advice=advice) if wording else advice
