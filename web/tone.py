"""Tone help beside a text: what was found in it, and what its writer does about it.

A page takes it in by three lines. Its template writes `ui.calm_area(form, "facts", tone, place)`
where `ui.area` would stand, in a form that is not `hx-ignore` as a whole; with `htmx.js` on the
page only the part changes, without it the whole page comes again. A handler of `POST <place>` asks
`told = tone.read(form, "facts")` and shows its page once more with `tone=told`, `block=` the block
that holds the area: nothing is recorded and no field is lost. A page that nobody asked yet passes
None. What the writer chose to keep stands in hidden fields (`tone.kept`) of the form, so that a
draft which keeps fields keeps that, too. Its buttons come before that of the page: let the form
begin with a hidden button that goes on, or Enter in a line presses the first of these."""

from dataclasses import dataclass, replace

from services.tone.check import Finding, check, gravest
from services.tone.rules import Advice, Ground
from web import reading
from web.forms import TEXT_MAX, FormReader

ASKED = "tone"
KEPT = "tone.kept"
KEPT_MAX = 50
AROUND = 8
"""Signs of the text that are shown before and behind the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """`take` and `keep` are what the two buttons send; where only the writer knows better words,
    there is nothing to take.
    """

    before: str
    words: str
    after: str
    ground: Ground
    advice: Advice | None
    wording: str | None
    take: str
    keep: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """At most three findings of `count`; `taken` are words and what stands there now."""

    shown: tuple[Shown, ...]
    count: int
    taken: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A text and what its writer chose to leave as it is."""

    text: str
    kept: tuple[str, ...]
    laws: frozenset[str] | None

    def findings(self) -> list[Finding]:
        found = check(self.text[:TEXT_MAX], laws=self.laws).findings
        return [each for each in found if mark_of(each) not in self.kept]


def read(form: FormReader, name: str, *, laws: frozenset[str] | None = None) -> Told:
    """Does what the pressed button asks for, in the form itself, and reads what stands there then.
    `laws`: the articles that may be cited, where a playbook says so.
    """
    text = form.value(name).replace("\r\n", "\n").replace("\r", "\n")
    before = Writing(text=text, kept=tuple(form.typed.get(KEPT, ()))[-KEPT_MAX:], laws=laws)
    after, taken = acted(before, form.value(ASKED))
    form.fill(**{name: after.text, KEPT: after.kept})
    found = after.findings()
    first = tuple(shown(each, after.text) for each in gravest(found))
    return Told(shown=first, count=len(found), taken=taken)


def acted(writing: Writing, asked: str) -> tuple[Writing, tuple[str, str] | None]:
    """`take.4.骗子` and `keep.4.骗子` name a finding by its place and its rule; what was edited
    away meanwhile is left as it is.
    """
    act, _, which = asked.partition(".")
    place, _, rule = which.partition(".")
    meant = nearest(writing, rule, place) if act in ("take", "keep") else None
    if meant and act == "keep":
        return replace(writing, kept=(*writing.kept, mark_of(meant))), None
    if meant and meant.suggest:
        wording, text = meant.suggest[0], writing.text
        changed = text[: meant.start] + wording + text[meant.end :]
        return replace(writing, text=changed), (meant.text, wording)
    return writing, None


def nearest(writing: Writing, rule: str, place: str) -> Finding | None:
    start = reading.number(place) or 0
    same = (each for each in writing.findings() if each.rule == rule)
    return min(same, key=lambda each: abs(each.start - start), default=None)


def mark_of(found: Finding) -> str:
    return f"{found.rule}:{found.text}"


def shown(found: Finding, text: str) -> Shown:
    which = f"{found.start}.{found.rule}"
    return Shown(
        before=text[max(0, found.start - AROUND) : found.start],
        words=found.text,
        after=text[found.end : found.end + AROUND],
        ground=found.ground,
        advice=found.advice,
        wording=found.suggest[0] if found.suggest else None,
        take=f"take.{which}",
        keep=f"keep.{which}",
    )
