"""A desk of our own with something behind each kind of guard, for trying the guards."""

from typing import Any

from litestar import delete, get, post

from services.lifecycle.kinds import Role
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.forms import FormReader


@get("/{org:str}/desk/secrets/{number:str}", opt=access.staff(org=Of.ORGANISATION, number=Of.CASE))
async def secrets(seat: Seat, number: str) -> dict[str, str]:
    return {"actor": seat.actor, "number": number}


@get("/{org:str}/desk/keys", opt=access.staff(Role.MANAGER, org=Of.ORGANISATION))
async def keys_page(seat: Seat) -> dict[str, str]:
    return {"actor": seat.actor}


@post("/{org:str}/desk/secrets/{number:str}/note", opt=secrets.opt, status_code=200)
async def note(seat: Seat, number: str, form: FormReader) -> dict[str, Any]:
    return {"actor": seat.actor, "text": form.text("text")}


@delete("/{org:str}/desk/secrets/{number:str}", opt=secrets.opt, status_code=200)
async def forget(seat: Seat, number: str) -> dict[str, str]:
    return {"gone": number}


@get("/{org:str}/open", opt=access.intake(org=Of.ORGANISATION))
async def intake(seat: Seat) -> dict[str, str]:
    return {"actor": seat.actor, "login": seat.login}
