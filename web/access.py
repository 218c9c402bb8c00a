"""Who may use an address. Every handler says so, and says what lies behind each id in its path;
the application is not built as long as one keeps silent. `admission` decides who is let in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType

from litestar.handlers import HTTPRouteHandler
from litestar.handlers.base import BaseRouteHandler

from services.lifecycle.kinds import Role
from services.tenants.links import Scope
from services.tenants.seats import STAFF


class Door(Enum):
    """By which way somebody comes in."""

    PUBLIC = auto()
    INTAKE = auto()
    LINK = auto()
    STAFF = auto()
    TOKEN = auto()
    HEALTH = auto()


FORMS = frozenset({Door.PUBLIC, Door.INTAKE, Door.LINK, Door.STAFF})
"""Where browsers come in: what they change comes from a form of ours."""


class Of(Enum):
    """What an id in a path stands for; what is not the caller's is not there at all."""

    ORGANISATION = auto()
    CASE = auto()
    LINK = auto()
    INVITATION = auto()
    PERSON = auto()
    SESSION = auto()
    DRAFT = auto()
    EVIDENCE = auto()
    LETTER = auto()
    PLAYBOOK = auto()
    OURS = auto()
    """A word out of a closed set of ours, such as the name of an act or of a rule card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    door: Door
    roles: frozenset[Role] = frozenset()
    scope: Scope | None = None
    objects: Mapping[str, Of] = field(default_factory=lambda: MappingProxyType({}))
    watching: bool = False
    ticketed: bool = False
    signed: bool = False


class Undeclared(RuntimeError):
    """A handler does not say who may use it, or what an id in its path stands for."""


def public(**objects: Of) -> dict[str, Access]:
    """Everybody, with no seat at all."""
    return {"access": Access(door=Door.PUBLIC, objects=objects)}


def intake(**objects: Of) -> dict[str, Access]:
    """Everybody, seated where complaints are filed and nothing is read."""
    return {"access": Access(door=Door.INTAKE, objects=objects)}


def link(
    scope: Scope, *, ticketed: bool = False, signed: bool = False, **objects: Of
) -> dict[str, Access]:
    """Who came by a link and passed its second check; `number` in the path says which case. With
    `ticketed` its form stands for itself by the ticket in its address, before its body is read;
    `signed` is for what stands in a page of ours alone (`pictures`)."""
    return {
        "access": Access(
            door=Door.LINK, scope=scope, objects=objects, ticketed=ticketed, signed=signed
        )
    }


def staff(
    *roles: Role,
    watching: bool = False,
    ticketed: bool = False,
    signed: bool = False,
    **objects: Of,
) -> dict[str, Access]:
    """Who is signed in with both factors; without roles, every role of the staff. What a page asks
    by itself, `watching`, is no sign of a person: it does not keep a session alive."""
    allowed = frozenset(roles or STAFF)
    return {
        "access": Access(
            door=Door.STAFF,
            roles=allowed,
            objects=objects,
            watching=watching,
            ticketed=ticketed,
            signed=signed,
        )
    }


def token(*roles: Role, **objects: Of) -> dict[str, Access]:
    """Programs with a bearer token of one organisation."""
    return {"access": Access(door=Door.TOKEN, roles=frozenset(roles or STAFF), objects=objects)}


def health() -> dict[str, Access]:
    return {"access": Access(door=Door.HEALTH)}


def require_declarations(handlers: Iterable[HTTPRouteHandler]) -> None:
    """Raises Undeclared with everything that is missing."""
    missing = [gap for handler in handlers for gap in gaps(handler)]
    if missing:
        raise Undeclared("\n".join(missing))


def gaps(handler: HTTPRouteHandler) -> list[str]:
    name = f"{handler.fn.__module__}.{handler.handler_name}"
    access = handler.opt.get("access")
    if not isinstance(access, Access):
        return [f"{name} does not declare its access"]
    return [
        f"{name} does not say what {{{given}}} is"
        for given in sorted(parameters(handler) ^ set(access.objects))
    ]


def parameters(handler: HTTPRouteHandler) -> set[str]:
    """The names in `/{org:str}/cases/{number:str}`."""
    parts = (part for path in handler.paths for part in path.split("/"))
    return {part[1:-1].partition(":")[0] for part in parts if part.startswith("{")}


def access_of(handler: BaseRouteHandler) -> Access:
    access: Access = handler.opt["access"]
    return access
