"""Which file stands behind a plain name, as the last build left them."""

import json
from collections.abc import Mapping
from pathlib import Path

BUILT = Path(__file__).resolve().parent.parent.parent / "build" / "static"
MANIFEST = "manifest.json"


def names(built: Path = BUILT) -> Mapping[str, str]:
    """`staff.css` to `staff.1f0c9a3b7d2e.css`; an unknown name is a mistake in a template."""
    files: dict[str, str] = json.loads((built / MANIFEST).read_bytes())["files"]
    return files
