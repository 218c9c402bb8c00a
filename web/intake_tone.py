"""Tone help in the form of a complaint: the page comes again with what was found, and nothing is
recorded."""

from litestar import get, post

from services.playbooks import library
from services.playbooks.articles import articles
from web import access, intake, tone
from web.access import Of
from web.forms import FormReader
from web.page import Asked, Page, go

OPT = access.intake(org=Of.ORGANISATION)


@post("/{org:str}/complaints/one-page/tone", opt=OPT)
async def check(request: Asked, form: FormReader) -> Page:
    told = tone.read(form, "facts", laws=articles(library.shelf()))
    return intake.intake_page(request, form, told=told, block="story")


@get("/{org:str}/complaints/one-page/tone", opt=OPT)
async def again(request: Asked) -> Page:
    """A browser that comes back to this address finds the form."""
    return go(intake.place(request))
