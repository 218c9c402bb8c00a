"""From the text of a playbook file to a `Playbook`, or to every fault at once."""

import re
import tomllib
from typing import Final

from services.lifecycle.parse import PlaybookFaults, parse
from services.lifecycle.playbook import Playbook
from services.lifecycle.reading import Fault

CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
BYTES_MAX: Final = 256 * 1024


def read(text: str, *, version: int = 0) -> Playbook:
    """Raises `PlaybookFaults`. Version 0 is a draft."""
    if len(text.encode("utf-8", "surrogatepass")) > BYTES_MAX:
        raise PlaybookFaults((Fault(path="", code="too_long", expected=f"{BYTES_MAX} bytes"),))
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PlaybookFaults((Fault(path="", code="not_toml", expected=str(error)),)) from None
    found = parse(table, version=version)
    if not CODE.fullmatch(found.id):
        raise PlaybookFaults((Fault(path="id", code="not_a_code", expected="my-playbook"),))
    return found
