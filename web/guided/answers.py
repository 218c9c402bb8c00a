"""What was typed, read part by part: the same readers as on one page, and the same law."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from services.drafts.sealing import Typed
from services.lifecycle.commands import File
from services.lifecycle.demands import SUMS, unfit
from services.lifecycle.facts import Complaint, Consumer, Demand, Merchant, Order, Words
from services.lifecycle.kinds import DemandKind, Platform, Problem, Purpose
from services.lifecycle.playbook import DemandRule
from services.lifecycle.refusals import Why
from services.tenants.organisations import Organisation
from web import intake_form
from web.forms import UNSEEN, FormReader
from web.guided.parts import DEMANDED, FIELDS, Part, Whom, is_asked, sum_field

ABOUT_SUMS = frozenset({Why.DEMAND_ABOVE_PAID, Why.DEMAND_ABOVE_LAW})


def readable(form: FormReader, part: Part) -> Typed:
    """What can be kept. Texts that cannot be read for certain stay on the page, to be mended."""
    return {
        name: [value.text for value in form.given[name]]
        for name in FIELDS[part]
        if name in form.given and is_readable(form, name)
    }


def is_readable(form: FormReader, name: str) -> bool:
    values = form.given.get(name, ())
    return not any(value.unfit or UNSEEN.search(value.text) for value in values)


def filled(form: FormReader, typed: Typed) -> FormReader:
    """The form with the rest of the draft in it; what stands in it already came last."""
    known = {name: texts for name, texts in typed.items() if name not in form.given}
    return form.fill(**known)


def aside(form: FormReader) -> FormReader:
    """The same form, read without telling its faults."""
    other = FormReader(csrf=form.csrf)
    other.given = dict(form.given)
    return other


def look(part: Part, form: FormReader, *, today: date, rules: Sequence[DemandRule]) -> None:
    """Tells the form everything that is wrong with this part of it."""
    match part:
        case Part.PROBLEM:
            form.choice("whom", Whom, needed=True)
            form.choice("platform", Platform, needed=True)
            form.choice("problem", Problem, needed=True)
            intake_form.tried_of(form, today)
        case Part.PURPOSE:
            form.choice("order.purpose", Purpose, needed=True)
        case Part.DEAL:
            intake_form.order_of(form, today)
            intake_form.merchant_of(form)
        case Part.STORY:
            form.text("facts", needed=True)
        case Part.WISH:
            look_at_demands(form, today=today, rules=rules)
        case Part.CONTACT:
            intake_form.consumer_of(form)
            intake_form.consents_of(form)
        case Part.CHECK:
            for each in Part:
                if each is not Part.CHECK and is_asked(each, form):
                    look(each, form, today=today, rules=rules)
        case _:
            assert_never(part)


def look_at_demands(form: FormReader, *, today: date, rules: Sequence[DemandRule]) -> None:
    demands = demanded(form)
    for each in unfit(sketch(form, today=today), rules):
        kind = demands[each.place].kind
        name = sum_field(kind) if each.why in ABOUT_SUMS else DEMANDED
        if not any(fault.code is each.why for fault in form.faults_of(name)):
            form.fault(name, each.why)


def demanded(form: FormReader) -> tuple[Demand, ...]:
    """What is ticked, with its sum; a sum beside something that is not ticked is not asked for."""
    return tuple(
        Demand(kind=kind, amount=form.money(sum_field(kind)) if kind in SUMS else None)
        for kind in form.choices(DEMANDED, DemandKind)
    )


def sketch(form: FormReader, *, today: date) -> Complaint:
    """The complaint as far as it is known, for whoever must know what it is about."""
    form, nobody = aside(form), Words(text="")
    return Complaint(
        platform=form.choice("platform", Platform) or Platform.OTHER,
        problem=form.choice("problem", Problem) or Problem.QUALITY,
        facts=nobody,
        order=order_of(form, today=today),
        merchant=Merchant(),
        consumer=Consumer(name=nobody, phone=nobody),
        demands=demanded(form),
        tried=intake_form.tried_of(form, today),
    )


def order_of(form: FormReader, *, today: date) -> Order:
    return intake_form.order_of(asked_only(form), today)


def asked_only(form: FormReader) -> FormReader:
    """Without an answer to what is not asked any more, since the platform is another one."""
    if not is_asked(Part.PURPOSE, form):
        form.given.pop("order.purpose", None)
    return form


def command(form: FormReader, *, today: date, org: Organisation) -> File | None:
    """None where a text to agree to is another one by now."""
    return intake_form.file_of(asked_only(form), demanded, today=today, org=org)


def first_open(form: FormReader, *, today: date, rules: Sequence[DemandRule]) -> Part:
    """Where to go on: the first part that nobody has sent, or in which something is wrong."""
    for part in Part:
        quiet = aside(form)
        if part is Part.CHECK or not is_asked(part, form):
            continue
        look(part, quiet, today=today, rules=rules)
        if quiet.faults or not any(name in form.given for name in FIELDS[part]):
            return part
    return Part.CHECK


def keeps_all(form: FormReader, part: Part) -> bool:
    """Whether everything on this part could be read, and so be kept."""
    return all(is_readable(form, name) for name in FIELDS[part])
