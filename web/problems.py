"""What goes wrong, as programs read it: application/problem+json (RFC 9457)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from litestar import Response

from services.cases.receipts import Conflict, Stale
from services.lifecycle.reading import Fault
from services.lifecycle.wire import WireFaults
from services.playbooks.library import NoSuchPlaybook
from services.wording.faults import say_fault
from services.wording.say import phrase, say
from web.troubles import Verdict
from web.unreadable import Unreadable

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"
TYPES = "urn:redress:problem:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One thing that is wrong with what was sent; `path` is where, as in `order.paid_on`."""

    path: str
    code: str
    message: str


def problem(judged: Verdict, errors: Sequence[Wrong] = ()) -> Response[dict[str, object]]:
    told = {
        "type": f"{TYPES}{judged.trouble}",
        "title": phrase("Trouble.title", judged.trouble),
        "status": judged.status,
        "detail": say(judged.why) if judged.why else phrase("Trouble.text", judged.trouble),
        "errors": [asdict(wrong) for wrong in errors] or of_the_rule(judged),
    }
    return Response(
        told,
        status_code=judged.status,
        media_type=MEDIA_TYPE,
        headers={**judged.headers, **judged.retry_after},
    )


def errors_of(error: Exception) -> tuple[Wrong, ...]:
    """Every fault of what a program sent, each with its place and a sentence."""
    match error:
        case WireFaults(faults=faults):
            return tuple(wrong(fault) for fault in faults)
        case Unreadable(fault=fault):
            return (wrong(fault),)
        case NoSuchPlaybook():
            return (wrong(Fault(path="playbook", code="no_such_playbook")),)
        case Conflict():
            return (wrong(Fault(path="Idempotency-Key", code="key_used_before")),)
        case Stale():
            return (wrong(Fault(path="if_version", code="case_moved_on")),)
        case _:
            return ()


def wrong(fault: Fault) -> Wrong:
    message = say_fault(fault.code, fault.expected)
    return Wrong(path=fault.path, code=fault.code, message=message)


def of_the_rule(judged: Verdict) -> list[dict[str, str]]:
    if judged.why is None:
        return []
    return [asdict(Wrong(path="", code=str(judged.why.value), message=say(judged.why)))]
