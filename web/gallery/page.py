"""The gallery of parts: every macro of the templates in every state, for whoever looks for one."""

from litestar import get
from litestar.exceptions import NotFoundException

from web import access
from web.cookies import settings_of
from web.forms import FormReader
from web.gallery.catalogue import parts
from web.gallery.samples import samples
from web.page import Asked, Page


@get("/parts", opt=access.public())
async def show(request: Asked, form: FormReader) -> Page:
    """In development only. `?as=public` shows the parts as consumers see them."""
    if not settings_of(request).development:
        raise NotFoundException
    body = "public" if request.query_params.get("as") == "public" else "staff"
    return Page("gallery/gallery.html", {**samples(form), "parts": parts(), "body": body})
