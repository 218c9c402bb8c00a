"""What anybody may want to know before or after: help, what happens with data, who can use it."""

from litestar import get

from web import access
from web.page import Page

PUBLIC = access.public()


@get("/help", opt=PUBLIC)
async def guide() -> Page:
    return Page("about/help.html")


@get("/privacy", opt=PUBLIC)
async def privacy() -> Page:
    return Page("about/privacy.html")


@get("/accessibility", opt=PUBLIC)
async def accessibility() -> Page:
    return Page("about/accessibility.html")
