"""The form of an act: its fields with what can be chosen now, and the command that comes of it."""

from dataclasses import dataclass
from datetime import date

from services.cases.views import CaseView
from services.lifecycle.bells import local_day
from services.lifecycle.commands import Ask, Command, MovePlaybook
from services.lifecycle.kinds import Capacity, Role
from services.lifecycle.scalars import Plain
from services.lifecycle.wire import WireFaults, command_from
from services.wording.say import phrase, say, vocabulary
from web.acts import Act, allowed_acts
from web.choices import Around, Choice, choices, of_codes
from web.fields import Field, Input, fields_of, read
from web.forms import Flaw, FormReader


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field on its page; `only` is the one thing that can be chosen, and so need not be."""

    field: Field
    id: str
    label: str
    hint: str
    choices: tuple[Choice, ...] = ()

    @property
    def only(self) -> Choice | None:
        return self.choices[0] if len(self.choices) == 1 and self.field.needed else None

    @property
    def options(self) -> list[tuple[str, str]]:
        """For a list of cards: value and words."""
        return [(each.value, say(each.code) if each.code else each.label) for each in self.choices]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActForm:
    act: Act
    action: str
    fields: tuple[FormField, ...]
    form: FormReader
    possible: bool

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """What can be chosen, by field and value."""
        return {each.field.path: dict(each.options) for each in self.fields}


def act_form(
    act: Act,
    view: CaseView,
    form: FormReader,
    *,
    role: Role,
    base: str,
    around: Around,
    suffix: str = "",
) -> ActForm:
    fields = (
        form_field(act, each, choices(each.path, act.command, view, role, around))
        for each in fields_of(act.command)
    )
    possible = act in allowed_acts(view, role)
    return ActForm(
        act=act,
        action=f"{base}/{act.noun}{suffix}",
        fields=tuple(f for f in fields if f.choices or f.field.input is not Input.CHOICE),
        form=(prefilled(form, act, view) if possible else form).of_version(view.case.version),
        possible=possible,
    )


def form_field(act: Act, field: Field, offered: tuple[Choice, ...] | None) -> FormField:
    return FormField(
        field=field,
        id=f"{act.noun}-{field.path.replace('.', '-')}",
        label=worded("Field", act, field) or field.path,
        hint=worded("FieldHint", act, field),
        choices=of_codes(field.codes) if offered is None else offered,
    )


def worded(group: str, act: Act, field: Field) -> str:
    """One label serves a field in every act, unless an act has one of its own for it."""
    known = vocabulary().get(group, {})
    key = next((key for key in (f"{act.noun}.{field.path}", field.path) if key in known), None)
    return phrase(group, key) if key else ""


def prefilled(form: FormReader, act: Act, view: CaseView) -> FormReader:
    """Today, in the consumer's name, and a question that waits for its answer: the usual case."""
    if form.given:
        return form
    usual = {"on": local_day(view.now), "capacity": Capacity.CONSUMER}
    if act.command is Ask:
        usual["blocking"] = "yes"
    return form.fill(**usual)


def command_of(act: Act, form: FormReader, *, today: date) -> Command | None:
    """None when something is wrong, which the form then tells. What can be chosen now is not asked
    here: a replay of what was chosen before must reach the ledger and get its first receipt.
    """
    fields = fields_of(act.command)
    body = with_version(act, read(form, fields, today=today))
    if form.faults:
        return None
    try:
        return command_from(act.kind, body)
    except WireFaults as faults:
        for fault in faults.faults:
            form.fault(named(fault.path, fields), Flaw.NOT_A_CHOICE)
    return None


def named(path: str, fields: tuple[Field, ...]) -> str:
    """The field that a fault deeper inside belongs to: `to.version` is told at `to`."""
    return next((f.path for f in fields if path == f.path or path.startswith(f"{f.path}.")), "")


def with_version(act: Act, body: dict[str, Plain]) -> dict[str, Plain]:
    """A playbook is chosen as `1688@3`."""
    if act.command is MovePlaybook and "to" in body:
        name, _, version = str(body["to"]).rpartition("@")
        return {"to": {"id": name, "version": version}}
    return body
