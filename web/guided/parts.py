"""The parts of a complaint, a screen each: which fields stand on it and what comes after it."""

from enum import StrEnum

from services.lifecycle.demands import SUMS
from services.lifecycle.kinds import WHOLESALE, DemandKind
from web.forms import FormReader
from web.intake_form import DOORS_BEFORE, SHOWN


class Part(StrEnum):
    PROBLEM = "problem"
    PURPOSE = "purpose"
    DEAL = "deal"
    STORY = "story"
    WISH = "wish"
    CONTACT = "contact"
    CHECK = "check"


class Whom(StrEnum):
    """Whom the complaint is about, as far as the consumer can tell."""

    MERCHANT = "merchant"
    PLATFORM = "platform"
    UNSURE = "unsure"
    ELSEWHERE = "elsewhere"


STEPS = 5
STEP = {
    Part.PROBLEM: 1,
    Part.PURPOSE: 1,
    Part.DEAL: 2,
    Part.STORY: 3,
    Part.WISH: 4,
    Part.CONTACT: 5,
    Part.CHECK: 5,
}
DEMANDED = "demand.kind"


def sum_field(kind: DemandKind) -> str:
    return f"demand.{kind}.amount"


FIELDS = {
    Part.PROBLEM: ("whom", "platform", "problem", *(f"tried.{door}" for door in DOORS_BEFORE)),
    Part.PURPOSE: ("order.purpose",),
    Part.DEAL: (
        *("order.number", "order.paid_on", "order.received_on", "order.completed_on"),
        *("order.amount", "merchant.shop", "merchant.company"),
        *("merchant.credit_code", "merchant.email"),
    ),
    Part.STORY: ("facts",),
    Part.WISH: (DEMANDED, *(sum_field(kind) for kind in DemandKind if kind in SUMS)),
    Part.CONTACT: ("consumer.name", "consumer.phone", "consumer.email", "consents", SHOWN, "demo"),
    Part.CHECK: (),
}
PART_OF = {name: part for part, names in FIELDS.items() for name in names}


def part_in(address: str) -> Part | None:
    return next((part for part in Part if part.value == address), None)


def is_asked(part: Part, form: FormReader) -> bool:
    """What the goods were bought for is asked where businesses buy, too (`domain.md` 3.6)."""
    return part is not Part.PURPOSE or form.value("platform") in WHOLESALE


def way(form: FormReader) -> list[Part]:
    return [part for part in Part if is_asked(part, form)]


def after(part: Part, form: FormReader) -> Part:
    """The check comes last, and after itself."""
    later = [each for each in way(form) if list(Part).index(each) > list(Part).index(part)]
    return later[0] if later else Part.CHECK


def before(part: Part, form: FormReader) -> Part | None:
    earlier = [each for each in way(form) if list(Part).index(each) < list(Part).index(part)]
    return earlier[-1] if earlier else None
