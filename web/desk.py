"""What every page about one case at the desk begins with."""

from typing import Any

from services.cases.views import CaseView
from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Ball, Door, Role
from services.tenants.seats import Seat
from services.wording.say import phrase
from services.wording.standing import Standing, say_standing
from web.bilingual import in_language
from web.consents import lines
from web.ladder import stairs
from web.trail import NOWHERE, Trail

TONES = {Ball.ASSOCIATION: "us", Ball.CONSUMER: "consumer", Ball.MERCHANT: "merchant"}


def address(seat: Seat, number: str) -> str:
    return f"/{seat.slug}/desk/cases/{number}"


def heading(view: CaseView, seat: Seat, trail: Trail = NOWHERE) -> dict[str, Any]:
    case, playbook, today = view.case, view.rules.playbook, local_day(view.now)
    return {
        "case": view,
        "today": today,
        "desk": f"/{seat.slug}/desk",
        "base": address(seat, view.number),
        "trail": trail,
        "filed_on": local_day(case.filed_at),
        "standing": say_standing(Standing.of(case), reader=seat.role, today=today),
        "turn": phrase("Turn", case.ball.value),
        "tone": TONES.get(case.ball, "line"),
        "stairs": stairs(case, playbook),
        "playbook": in_language(playbook.title),
        "consents": [line for line in lines(view) if line.on],
        "complainant": Role.CONSUMER,
        "report": Door.REPORT,
    }
