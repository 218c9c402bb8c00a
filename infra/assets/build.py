"""Static files named after their content and compressed once, so that they may be kept for ever."""

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from whitenoise.compress import Compressor

from infra.assets.manifest import BUILT, MANIFEST

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "web" / "static"
VENDORED = {"htmx.js": ROOT / "node_modules/htmx.org/dist/htmx.min.js"}
IMPORT = re.compile(r'@import "([^"]+)";\n')
LINK = re.compile(r"""url\((["']?)([^"')#?:]+)\1\)""")


def main() -> int:
    if not is_fresh(sources(), into=BUILT):
        names = build(sources(), into=BUILT)
        if "--quiet" not in sys.argv:
            sys.stdout.write(f"{len(names)} static files in {BUILT.relative_to(ROOT)}\n")
    return 0


def sources() -> dict[str, Path]:
    """Every file under its plain name, as templates and style sheets call it."""
    ours = {path.relative_to(SOURCE).as_posix(): path for path in files_under(SOURCE)}
    return {**VENDORED, **ours}


def build(files: Mapping[str, Path], *, into: Path) -> dict[str, str]:
    """Style sheets come last, since they name other files by their hashed names."""
    draft = into.with_name(f"{into.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    names: dict[str, str] = {}
    for name in sorted(files, key=lambda name: (name.endswith(".css"), name)):
        body = content(files[name])
        if name.endswith(".css"):
            body = relinked(body.decode(), sheet=name, names=names).encode()
        names[name] = write_hashed(name, body, into=draft)
    (draft / MANIFEST).write_text(json.dumps({"files": names, "made_from": state_of(files)}))
    shutil.rmtree(into, ignore_errors=True)
    draft.rename(into)
    return names


def content(file: Path) -> bytes:
    """A style sheet with those in it that it imports from us: one file in the place of many."""
    if file.suffix != ".css":
        return file.read_bytes()
    text = file.read_text(encoding="utf-8")
    return IMPORT.sub(lambda match: content(file.parent / match[1]).decode(), text).encode()


def relinked(text: str, *, sheet: str, names: Mapping[str, str]) -> str:
    def hashed(match: re.Match[str]) -> str:
        target = (Path("/", sheet).parent / match[2]).resolve().as_posix().lstrip("/")
        if target not in names:
            raise ValueError(f"{sheet} asks for {match[2]}, which is not among the static files.")
        return f'url("/static/{names[target]}")'

    return LINK.sub(hashed, text)


def write_hashed(name: str, body: bytes, *, into: Path) -> str:
    plain = Path(name)
    stamp = hashlib.sha256(body).hexdigest()[:12]
    target = into / plain.with_name(f"{plain.stem}.{stamp}{plain.suffix}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)
    list(Compressor(quiet=True).compress(str(target)))
    return target.relative_to(into).as_posix()


def is_fresh(files: Mapping[str, Path], *, into: Path) -> bool:
    try:
        made: str = json.loads((into / MANIFEST).read_bytes())["made_from"]
    except (OSError, ValueError, KeyError):
        return False
    return made == state_of(files)


def state_of(files: Mapping[str, Path]) -> str:
    whole = hashlib.sha256(Path(__file__).read_bytes())
    for name, path in sorted(files.items()):
        whole.update(name.encode() + b"\0" + hashlib.sha256(content(path)).digest())
    return whole.hexdigest()


def files_under(folder: Path) -> Iterator[Path]:
    return (p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))


if __name__ == "__main__":
    sys.exit(main())
