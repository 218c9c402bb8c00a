"""How this reader likes pages: language, colours, size of letters, single keys. From the address
(`?lang=en`), which the cookie then remembers, else from the cookie, else from what the browser asks
for."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from services.wording.language import DEFAULT, Language, preferred, understood
from web.cookies import Jar

THEMES = ("auto", "light", "dark")
SIZES = ("normal", "large")
KEYS = ("on", "off")
CHOICES = {"lang": ("zh", "en"), "theme": THEMES, "size": SIZES, "keys": KEYS}
"""As an address asks for them."""
LAST = timedelta(days=400)
ASKED_AS = {"lang": Jar.LANGUAGE, "theme": Jar.THEME, "size": Jar.SIZE, "keys": Jar.KEYS}


def asked(query: bytes) -> dict[Jar, str]:
    """What the address asks for and we know."""
    found = parse_qs(query.decode("ascii", "replace"))
    wished = {jar: found[name][-1] for name, jar in ASKED_AS.items() if name in found}
    return {jar: value for jar, value in wished.items() if is_known(jar, value)}


def is_known(jar: Jar, value: str) -> bool:
    match jar:
        case Jar.LANGUAGE:
            return understood(value) is not None
        case Jar.THEME:
            return value in THEMES
        case Jar.KEYS:
            return value in KEYS
        case _:
            return value in SIZES


def language(tastes: Mapping[Jar, str], accept_language: str) -> Language:
    chosen = understood(tastes.get(Jar.LANGUAGE, ""))
    return chosen or preferred(accept_language) or DEFAULT


def kept(names: Mapping[Jar, str], cookie_headers: Iterable[str]) -> dict[Jar, str]:
    """What the cookies say, by the names that they have under this scheme."""
    jar = SimpleCookie()
    for header in cookie_headers:
        try:
            jar.load(header)
        except CookieError:
            continue
    held = {ours: jar[name].value for ours, name in names.items() if name in jar}
    return {ours: value for ours, value in held.items() if is_known(ours, value)}
