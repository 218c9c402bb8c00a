"""A complaint as it is typed: on one page, or part by part."""

from collections.abc import Callable
from datetime import date

from services.lifecycle.commands import File
from services.lifecycle.facts import (
    Complaint,
    Consumer,
    Demand,
    Merchant,
    Order,
    PlaybookRef,
    ShownText,
    Tried,
    Words,
)
from services.lifecycle.kinds import Consent, DemandKind, Door, Platform, Problem, Purpose
from services.lifecycle.refusals import Why
from services.playbooks.library import CHOOSE
from services.tenants.organisations import Organisation
from services.wording.consents import unsealed
from web.forms import FormReader

DEMANDS = (1, 2, 3)
DOORS_BEFORE = (Door.MERCHANT, Door.PLATFORM, Door.REGULATOR, Door.LAW)
CONSENTS = (Consent.PRIVACY, Consent.SHARE_WITH_MERCHANT, Consent.MANDATE)
SHOWN = "consents.shown"
DEMO = PlaybookRef(id="demo", version=0)
Demanded = Callable[[FormReader], tuple[Demand, ...]]


def command(form: FormReader, *, today: date, org: Organisation) -> File | None:
    """None when something is wrong, which the form then tells, all at once."""
    return file_of(form, demands_of, today=today, org=org)


def file_of(form: FormReader, demanded: Demanded, *, today: date, org: Organisation) -> File | None:
    platform = form.choice("platform", Platform, needed=True)
    problem = form.choice("problem", Problem, needed=True)
    facts = form.text("facts", needed=True)
    order, merchant, who = order_of(form, today), merchant_of(form), consumer_of(form)
    demands, tried = demanded(form), tried_of(form, today)
    consents, shown = consents_of(form), shown_on(form, org.name)
    if form.faults or platform is None or problem is None or who is None:
        return None
    complaint = Complaint(
        platform=platform,
        problem=problem,
        facts=Words(text=facts),
        order=order,
        merchant=merchant,
        consumer=who,
        demands=demands,
        consents=consents,
        tried=tried,
        shown=tuple(text for text in shown if text.consent in consents),
    )
    playbook = DEMO if org.demo and form.flag("demo") else CHOOSE
    return File(complaint=complaint, playbook=playbook)


def order_of(form: FormReader, today: date) -> Order:
    return Order(
        number=words(form.line("order.number")),
        paid_on=past(form, "order.paid_on", today),
        received_on=past(form, "order.received_on", today),
        completed_on=past(form, "order.completed_on", today),
        amount=form.money("order.amount"),
        purpose=form.choice("order.purpose", Purpose) or Purpose.UNKNOWN,
    )


def merchant_of(form: FormReader) -> Merchant:
    return Merchant(
        shop=words(form.line("merchant.shop")),
        company=words(form.line("merchant.company")),
        credit_code=words(form.line("merchant.credit_code")),
        email=words(form.email("merchant.email") or ""),
    )


def consumer_of(form: FormReader) -> Consumer | None:
    name = form.name("consumer.name", needed=True)
    phone = form.phone("consumer.phone", needed=True)
    email = form.email("consumer.email")
    if not name or not phone:
        return None
    return Consumer(name=Words(text=name), phone=Words(text=phone), email=words(email or ""))


def consents_of(form: FormReader) -> frozenset[Consent]:
    consents = frozenset(form.choices("consents", CONSENTS))
    if Consent.PRIVACY not in consents:
        form.fault("consents", Why.PRIVACY_CONSENT_MISSING)
    return consents


def shown_on(form: FormReader, association: str) -> tuple[ShownText, ...]:
    """Nobody agrees to a text that they have not read: one that changed meanwhile is read again."""
    sealed = form.value(SHOWN)
    found = unsealed(sealed, CONSENTS, association=association) if sealed else ()
    if found is None:
        form.given.pop("consents", None)
        form.fault("consents", Why.CONSENT_TEXT_CHANGED)
    return found or ()


def demands_of(form: FormReader) -> tuple[Demand, ...]:
    asked = [
        (form.choice(f"demand.{n}.kind", DemandKind), form.money(f"demand.{n}.amount"))
        for n in DEMANDS
    ]
    return tuple(Demand(kind=kind, amount=amount) for kind, amount in asked if kind)


def tried_of(form: FormReader, today: date) -> tuple[Tried, ...]:
    asked = ((door, past(form, f"tried.{door}", today)) for door in DOORS_BEFORE)
    return tuple(Tried(door=door, on=on) for door, on in asked if on)


def past(form: FormReader, name: str, today: date) -> date | None:
    """What is told of cannot lie ahead."""
    day = form.day(name, today=today)
    if day and day > today:
        form.fault(name, Why.IN_THE_FUTURE)
    return day


def words(text: str) -> Words | None:
    return Words(text=text) if text else None
