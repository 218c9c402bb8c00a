"""The guard of every route: who is let in, in which seat, before the body is read."""

from typing import Any, assert_never

from litestar.exceptions import NotAuthorizedException, NotFoundException, PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler

from infra.database import Login
from services.tenants import links, organisations, seats, sessions, tokens
from services.tenants.seats import Seat
from web import csrf, grants, pictures, tickets
from web.access import FORMS, Access, Door, access_of
from web.caller import Connection, caller_of
from web.cookies import Jar, read


async def admit(connection: Connection, handler: BaseRouteHandler) -> None:
    """The guard of every route, before anything of the body is read."""
    access = access_of(handler)
    await let_in(connection, access)
    if access.ticketed:
        tickets.require(connection)
    if access.signed:
        pictures.require(connection)


async def let_in(connection: Connection, access: Access) -> None:
    if access.door in FORMS and csrf.is_change(connection) and csrf.is_foreign(connection):
        raise PermissionDeniedException(extra={"trouble": "cross_site"})
    match access.door:
        case Door.PUBLIC | Door.HEALTH:
            return
        case Door.INTAKE:
            await seat_the_public(connection)
        case Door.LINK:
            await seat_by_link(connection, access)
        case Door.STAFF:
            await seat_the_staff(connection, access)
        case Door.TOKEN:
            await seat_a_program(connection, access)
        case _:
            assert_never(access.door)


async def seat_the_public(connection: Connection) -> None:
    slug = connection.path_params["org"]
    organisation = await organisations.by_slug(slug, login=Login.PUBLIC)
    if organisation is None:
        raise NotFoundException
    caller = caller_of(connection)
    caller.organisation = organisation
    caller.seat = seats.public(tenant=organisation.tenant, slug=organisation.slug)


async def seat_by_link(connection: Connection, access: Access) -> None:
    assert access.scope is not None
    grant = grants.held_for(connection, access.scope)
    seat = await links.admit(grant.ref) if grant and grant.checked else None
    if grant is None or seat is None:
        raise NotAuthorizedException(extra={"trouble": "link_needed"})
    caller = caller_of(connection)
    caller.grant, caller.seat = grant, seat
    caller.organisation = await organisations.by_id(seat.tenant)


async def seat_the_staff(connection: Connection, access: Access) -> None:
    held = read(connection, Jar.SESSION)
    session = await sessions.find(held, seen=not access.watching) if held else None
    if session is None:
        raise NotAuthorizedException
    caller = caller_of(connection)
    caller.session = session
    caller.heard = connection.app.state.hub.mark(session.seat.tenant)
    require_organisation(connection, session.seat)
    require_role(session.seat, access)
    caller.seat = session.seat


async def seat_a_program(connection: Connection, access: Access) -> None:
    scheme, _, given = connection.headers.get("authorization", "").partition(" ")
    seat = await tokens.resolve(given.strip()) if scheme.lower() == "bearer" and given else None
    if seat is None:
        raise NotAuthorizedException(headers={"WWW-Authenticate": "Bearer"})
    require_role(seat, access)
    caller_of(connection).seat = seat


def require_organisation(connection: Connection, seat: Seat) -> None:
    """The path must match; what is not theirs is not there."""
    if connection.path_params.get("org", seat.slug) != seat.slug:
        raise NotFoundException


def require_role(seat: Seat, access: Access) -> None:
    if seat.role not in access.roles:
        raise PermissionDeniedException(extra={"trouble": "role_needed"})


async def seat(request: Any) -> Seat:
    """The plain dependency behind every `seat: Seat` in a handler."""
    found = caller_of(request).seat
    assert found is not None, "a public route has no seat"
    return found
