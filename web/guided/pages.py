"""What the screens of a complaint show besides its fields: the way, the rules, the doors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from services.drafts.keeping import Draft
from services.lifecycle.demands import SUMS, legal, menu
from services.lifecycle.facts import Complaint
from services.lifecycle.kinds import (
    WHOLESALE,
    Consent,
    DemandKind,
    Platform,
    Problem,
    Purpose,
)
from services.lifecycle.playbook import DemandRule, Rules, Weight
from services.lifecycle.windows import CONSUMER_LAW, DoorTime, door_times
from services.merchants import credit_code
from services.playbooks import library
from services.playbooks.library import NoSuchPlaybook
from services.tenants.seats import Seat
from services.wording.laws import say_law
from services.wording.numbers import say_money
from services.wording.say import say
from web import intake, intake_form
from web.bilingual import in_language
from web.forms import FormReader
from web.guided import answers
from web.guided.parts import DEMANDED, PART_OF, STEP, STEPS, Part, Whom, before, sum_field
from web.options import codes, hinted
from web.page import Asked, Page
from web.tone import Told

BACK = "back"
GROUPS = {
    "goods": ("quality", "mismatch", "counterfeit", "short_measure", "safety"),
    "words": ("false_ad", "price"),
    "sending": ("late_or_no_ship", "not_received", "damaged"),
    "after": ("aftersale_silent", "no_reason_return_refused"),
    "contract": ("prepaid", "unfair_terms", "invoice", "privacy_harassment"),
}


class Wanted(StrEnum):
    """How a demand stands in the list that is checked."""

    ASKED = "asked"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A demand as it is offered: `how` reckons the sum, `basis` names the articles."""

    kind: DemandKind
    field: str | None
    how: str | None
    basis: tuple[str, ...]


async def part_page(
    request: Asked,
    seat: Seat,
    part: Part,
    form: FormReader,
    draft: Draft | None,
    *,
    status: int = 200,
    told: Told | None = None,
) -> Page:
    """A screen; without a draft it is the first one, and nothing has been kept so far. `told` is
    what was found in the tone of the story.
    """
    rules = await rules_of(seat, form, today=intake.today(request))
    base = f"/{seat.slug}/drafts/{draft.token}" if draft else None
    data = {
        "form": form,
        "part": part,
        "step": STEP[part],
        "steps": STEPS,
        "base": base,
        "before": before(part, form) if draft else None,
        "to_check": request.query_params.get(BACK) == Part.CHECK,
        "until": draft.until if draft else None,
        "today": intake.today(request),
        "tone": told,
        **shown(request, part, form, rules),
    }
    return Page(f"guided/{part}.html", data, status=status)


async def rules_of(seat: Seat, form: FormReader, *, today: date) -> Rules | None:
    """None where no playbook is for such a complaint: then nothing is said of rules."""
    try:
        return await library.fitting(seat, answers.sketch(form, today=today))
    except NoSuchPlaybook:
        return None


def shown(request: Asked, part: Part, form: FormReader, rules: Rules | None) -> Mapping[str, Any]:
    complaint = answers.sketch(form, today=intake.today(request))
    match part:
        case Part.PROBLEM:
            return {
                "whoms": hinted("WhomHint", Whom),
                "platforms": codes(Platform),
                "groups": grouped(),
                "doors_before": intake_form.DOORS_BEFORE,
            }
        case Part.PURPOSE:
            return {"purposes": hinted("PurposeHint", Purpose)}
        case Part.DEAL:
            return {"complaint": complaint, "wholesale": complaint.platform in WHOLESALE}
        case Part.STORY:
            return {
                "doors": doors(request, complaint, rules),
                **evidence(complaint, rules),
            }
        case Part.WISH:
            prefill(form, complaint)
            return {"complaint": complaint, **wishes(form, complaint, rules)}
        case Part.CONTACT:
            return {**intake.consent_texts(request), "demo": intake.is_demo(request)}
        case _:
            return {"doors": doors(request, complaint, rules), **summed_up(form, complaint)}


def grouped() -> list[tuple[str, list[tuple[str, str, str | None]]]]:
    known = {option[0]: option for option in hinted("ProblemHint", Problem)}
    return [(group, [known[name] for name in names]) for group, names in GROUPS.items()]


def doors(request: Asked, complaint: Complaint, rules: Rules | None) -> tuple[DoorTime, ...]:
    if rules is None:
        return ()
    return door_times(
        rules.playbook,
        complaint.order,
        problem=complaint.problem,
        today=intake.today(request),
        calendar=rules.calendar,
    )


def evidence(complaint: Complaint, rules: Rules | None) -> Mapping[str, Any]:
    """What is needed for such a complaint, and what helps besides."""
    items = rules.playbook.evidence if rules else ()
    fitting = [i for i in items if i.problems is None or complaint.problem in i.problems]
    ordered = sorted(fitting, key=lambda item: list(Weight).index(item.weight))
    told = [(item.weight, in_language(item.title)) for item in ordered]
    return {
        "needed": [each for each in told if each[0] is Weight.MUST],
        "helpful": [each for each in told if each[0] is not Weight.MUST],
    }


def wishes(form: FormReader, complaint: Complaint, rules: Rules | None) -> Mapping[str, Any]:
    found = menu(
        rules.playbook.demands if rules else (),
        problem=complaint.problem,
        purpose=complaint.order.purpose,
        platform_answers=form.has("whom", Whom.PLATFORM),
    )
    return {
        "usual": [wish(rule, complaint) for rule in found.usual],
        "more": [wish(rule, complaint) for rule in found.more],
        "shut": [rule.kind for rule in found.shut],
    }


def wish(rule: DemandRule, complaint: Complaint) -> Wish:
    """Whoever is no consumer is shown no article that is for consumers."""
    paid = complaint.order.amount
    gives = legal(rule.kind, paid=paid, loss=loss(complaint))
    resale = complaint.order.purpose is Purpose.RESALE
    laws = [law for law in rule.basis if not (resale and law.startswith(CONSUMER_LAW))]
    sums = {"paid": paid, "added": gives.added, "sum": gives.sum} if gives else {}
    gaps = {name: say_money(value) for name, value in sums.items() if value is not None}
    return Wish(
        kind=rule.kind,
        field=sum_field(rule.kind) if rule.kind in SUMS else None,
        how=say(gives.how, **gaps) if gives else None,
        basis=tuple(say_law(law) for law in laws),
    )


def loss(complaint: Complaint) -> Decimal | None:
    asked = [d.amount for d in complaint.demands if d.kind is DemandKind.ACTUAL_LOSS and d.amount]
    return sum(asked, Decimal(0)) if asked else None


def prefill(form: FormReader, complaint: Complaint) -> None:
    """The sum that the law gives stands there already; people may ask for less."""
    for kind in DemandKind:
        gives = legal(kind, paid=complaint.order.amount, loss=loss(complaint))
        name = sum_field(kind)
        if gives and name not in form.given and DEMANDED not in form.given:
            form.fill(**{name: gives.sum})


def summed_up(form: FormReader, complaint: Complaint) -> Mapping[str, Any]:
    consents = frozenset(answers.aside(form).choices("consents", intake_form.CONSENTS))
    code = form.value("merchant.credit_code")
    return {
        "complaint": complaint,
        "whom": answers.aside(form).choice("whom", Whom),
        "purpose_asked": complaint.platform in WHOLESALE,
        "wanted": wanted(complaint),
        "code_doubted": bool(code) and not credit_code.fits(code),
        "part_of": PART_OF,
        "shared": Consent.SHARE_WITH_MERCHANT in consents,
        "consents": [each for each in intake_form.CONSENTS if each in consents],
    }


def wanted(complaint: Complaint) -> list[tuple[str, str]]:
    """Each demand with its sum, and the sum of all where there are several."""
    sums = [demand.amount for demand in complaint.demands if demand.amount is not None]
    rows = [
        (say(each.kind), say_money(each.amount) if each.amount is not None else say(Wanted.ASKED))
        for each in complaint.demands
    ]
    whole = [(say(Wanted.TOGETHER), say_money(sum(sums, Decimal(0))))] if len(sums) > 1 else []
    return [*rows, *whole]
