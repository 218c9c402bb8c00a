"""What every page of the consumer's begins with."""

from typing import Any

from services.cases.views import CaseView
from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Role
from services.tenants.seats import Seat
from services.wording.say import phrase
from services.wording.standing import Standing, say_standing
from web.caller import caller_of
from web.desk import TONES
from web.ladder import stairs
from web.moments import told
from web.page import Asked


def heading(request: Asked, view: CaseView, seat: Seat) -> dict[str, Any]:
    case, today = view.case, local_day(view.now)
    organisation = caller_of(request).organisation
    return {
        "case": view,
        "today": today,
        "slug": seat.slug,
        "number": f"{organisation.prefix if organisation else ''}{view.number}",
        "heading": told(view, "MomentHeading"),
        "standing": say_standing(Standing.of(case), reader=Role.CONSUMER, today=today),
        "turn": phrase("TurnForConsumer", case.ball.value),
        "tone": TONES.get(case.ball, "line"),
        "stairs": stairs(case, view.rules.playbook),
    }
