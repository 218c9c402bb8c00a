"""From the text of a playbook file to a `Playbook`, or to every fault at once."""

import tomllib
from typing import Final

from services.lifecycle.parse import PlaybookFaults, parse
from services.lifecycle.playbook import Playbook
from services.lifecycle.reading import Fault

BYTES_MAX: Final = 256 * 1024


def read(text: str, *, version: int = 0) -> Playbook:
    """Raises `PlaybookFaults`. Version 0 is a draft."""
    if len(text.encode("utf-8", "surrogatepass")) > BYTES_MAX:
        raise PlaybookFaults((Fault(path="", code="too_long", expected=f"{BYTES_MAX} bytes"),))
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PlaybookFaults((Fault(path="", code="not_toml", expected=str(error)),)) from None
    return parse(table, version=version)
