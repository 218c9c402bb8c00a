"""A form as it was typed: read field by field, with everything that is wrong told at once.

What was typed is kept as it was and shown again, whatever becomes of it."""

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field as held
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Self, TypeVar
from uuid import UUID, uuid4

from services.tenants import fit
from web import csrf, reading
from web.body import Unfit, Value

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

LINE_MAX = 200
TEXT_MAX = 4_000
NAME_MAX = 50
SECRET_MAX = 1_024
MACHINERY = frozenset({csrf.FIELD, "command_id", "version"})
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SECRETS = frozenset({"password", "new_password", "code"})


class Flaw(StrEnum):
    """What is wrong with a field. `wording` says what to do about it."""

    MISSING = "missing"
    CHOICE_MISSING = "choice_missing"
    FILE_MISSING = "file_missing"
    TOO_LONG = "too_long"
    ENCODING = "encoding"
    CONTROL = "control"
    DUPLICATE = "duplicate"
    FILE = "file"
    NOT_A_DAY = "not_a_day"
    NOT_MONEY = "not_money"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_PHONE = "not_a_phone"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_CHOICE = "not_a_choice"
    NO_CONTACT = "no_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`field` is empty for what concerns the whole form."""

    field: str
    code: Enum
    gaps: dict[str, object] = held(default_factory=dict)


class FormReader:
    """Made for every request that may show or take a form; an empty one has a new command id."""

    def __init__(self, *, csrf: str) -> None:
        self.csrf = csrf
        self.command_id = uuid4()
        self.version: int | None = None
        self.given: dict[str, list[Value]] = {}
        self.faults: list[Fault] = []

    def fill(self, **values: object) -> Self:
        """What stands in the fields before anybody has typed."""
        for name, value in values.items():
            many = value if isinstance(value, list | tuple | set | frozenset) else [value]
            self.given[name] = [Value(name=name, text=shown(v)) for v in many if v is not None]
        return self

    def of_version(self, version: int) -> Self:
        """A form for this version of a case, unless it already came from a page of an older one."""
        self.version = version if self.version is None else self.version
        return self

    @property
    def typed(self) -> dict[str, list[str]]:
        """For showing again: what no page can hold is marked; secrets are not repeated."""
        return {
            name: [UNSEEN.sub("\ufffd", value.text) for value in values]
            for name, values in self.given.items()
            if name not in MACHINERY and name not in SECRETS
        }

    def value(self, name: str) -> str:
        return next(iter(self.typed.get(name, ())), "")

    def has(self, name: str, value: object) -> bool:
        return shown(value) in self.typed.get(name, ())

    def faults_of(self, name: str) -> list[Fault]:
        return [fault for fault in self.faults if fault.field == name]

    def fault(self, name: str, code: Enum, **gaps: object) -> None:
        self.faults.append(Fault(field=name, code=code, gaps=gaps))

    def refuse(self, code: Enum, **gaps: object) -> None:
        """Of the whole form: a rule said no, or the case has moved on."""
        self.fault("", code, **gaps)

    def line(self, name: str, *, longest: int = LINE_MAX, needed: bool = False) -> str:
        """Empty where nothing or nothing readable was typed."""
        return self.limited(name, " ".join(self.clean(name).split()), longest, needed=needed)

    def text(self, name: str, *, longest: int = TEXT_MAX, needed: bool = False) -> str:
        """With its line breaks."""
        typed = self.clean(name).replace("\r\n", "\n").replace("\r", "\n").strip()
        return self.limited(name, typed, longest, needed=needed)

    def secret(self, name: str, *, longest: int = SECRET_MAX) -> str:
        """As it was typed, space for space; it is not shown again."""
        return self.limited(name, self.raw(name), longest, needed=True)

    def name(self, name: str, *, longest: int = NAME_MAX, needed: bool = False) -> str:
        return self.limited(name, reading.name(self.clean(name)), longest, needed=needed)

    def email(self, name: str, *, needed: bool = False) -> str | None:
        typed = self.line(name, longest=254, needed=needed)
        return self.meant(name, typed, fit.mailbox(typed), Flaw.NOT_AN_EMAIL)

    def phone(self, name: str, *, needed: bool = False) -> str | None:
        typed = self.line(name, needed=needed)
        return self.meant(name, typed, reading.phone(typed), Flaw.NOT_A_PHONE)

    def day(
        self, name: str, *, today: date, ahead: bool = False, needed: bool = False
    ) -> date | None:
        typed = self.line(name, needed=needed)
        found = reading.day(typed, today=today, ahead=ahead)
        return self.meant(name, typed, found, Flaw.NOT_A_DAY)

    def money(self, name: str, *, needed: bool = False) -> Decimal | None:
        typed = self.line(name, needed=needed)
        return self.meant(name, typed, reading.money(typed), Flaw.NOT_MONEY)

    def number(self, name: str, *, needed: bool = False) -> int | None:
        typed = self.line(name, needed=needed)
        return self.meant(name, typed, reading.number(typed), Flaw.NOT_A_NUMBER)

    def choice(self, name: str, among: Iterable[E], *, needed: bool = False) -> E | None:
        """One of a closed set: `form.choice("door", Door)`."""
        typed = self.clean(name).strip()
        if needed and not typed and not self.faults_of(name):
            self.fault(name, Flaw.CHOICE_MISSING)
        found = next((one for one in among if str(one.value) == typed), None)
        return self.meant(name, typed, found, Flaw.NOT_A_CHOICE)

    def choices(self, name: str, among: Iterable[E], *, needed: bool = False) -> tuple[E, ...]:
        """Boxes of one name, any number of them ticked."""
        ticked = {value.text for value in self.given.get(name, ())}
        found = tuple(one for one in among if str(one.value) in ticked)
        if len(found) < len(ticked):
            self.fault(name, Flaw.NOT_A_CHOICE)
        elif needed and not found:
            self.fault(name, Flaw.CHOICE_MISSING)
        return found

    def flag(self, name: str) -> bool:
        """A single box: ticked or not."""
        return bool(self.raw(name))

    def raw(self, name: str) -> str:
        """The one value of this name as it came; more than one, or one that is no text, is told."""
        values = self.given.get(name, [])
        match [value.unfit for value in values]:
            case []:
                return ""
            case [None]:
                return values[0].text
            case [Unfit.FILE]:
                self.fault(name, Flaw.FILE)
            case [Unfit.ENCODING]:
                self.fault(name, Flaw.ENCODING)
            case _:
                self.fault(name, Flaw.DUPLICATE)
        return ""

    def clean(self, name: str) -> str:
        text = unicodedata.normalize("NFC", self.raw(name))
        if UNSEEN.search(text):
            self.fault(name, Flaw.CONTROL)
            return ""
        return text

    def limited(self, name: str, text: str, longest: int, *, needed: bool) -> str:
        if len(text) > longest:
            self.fault(name, Flaw.TOO_LONG, longest=longest, over=len(text) - longest)
        elif needed and not text and not self.faults_of(name):
            self.fault(name, Flaw.MISSING)
        else:
            return text
        return ""

    def meant(self, name: str, typed: str, found: T | None, flaw: Flaw) -> T | None:
        if typed and found is None:
            self.fault(name, flaw)
        return found


def received(values: Iterable[Value], *, csrf: str) -> FormReader:
    """A form that came back. Without a readable command id it is taken as a new one."""
    form = FormReader(csrf=csrf)
    for value in values:
        form.given.setdefault(value.name, []).append(value)
    with suppress(ValueError):
        form.command_id = UUID(sole(form, "command_id"))
    form.version = reading.number(sole(form, "version"))
    return form


def sole(form: FormReader, name: str) -> str:
    return next((value.text for value in form.given.get(name, ())), "")


def shown(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)
