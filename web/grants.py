"""The cookie of those who came by a link, as the pages behind it use it."""

from datetime import UTC, datetime

from litestar.datastructures import Cookie

from services.tenants import grants
from services.tenants.grants import Grant
from services.tenants.links import Scope
from web.caller import Connection
from web.cookies import Jar, bake, read, settings_of


def held(connection: Connection) -> tuple[Grant, ...]:
    return grants.read(read(connection, Jar.GRANTS), now=datetime.now(UTC))


def held_for(connection: Connection, scope: Scope) -> Grant | None:
    """The one for the case in the address."""
    number = connection.path_params.get("number", "")
    return grants.find(held(connection), number=number, scope=scope)


def keep(connection: Connection, grant: Grant) -> Cookie:
    """The cookie with this grant in it, good for as long as a sitting may last."""
    together = grants.put(held(connection), grant)
    return bake(settings_of(connection), Jar.GRANTS, grants.write(together), lasts=grants.WHOLE)


def renewed(connection: Connection, grant: Grant) -> Cookie:
    return keep(connection, grants.renew(grant, now=datetime.now(UTC)))


CHECK_PAGES = {Scope.STATUS: "/s/{number}/check", Scope.MERCHANT: "/m/{number}/check"}


def check_page(connection: Connection, scope: Scope | None) -> str | None:
    """Where the second check is made, for somebody whose link was right so far."""
    grant = held_for(connection, scope) if scope else None
    return CHECK_PAGES[grant.ref.scope].format(number=grant.number) if grant else None
