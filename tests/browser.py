"""A real Chromium with Chinese letters for the tests: found, else installed, else asked for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
DEBIAN = ("chromium", "fonts-noto-cjk")
CACHE = Path.home() / ".cache" / "ms-playwright"
OURS = "chromium-*/chrome-linux*/chrome"
ASKED = """\
The tests look at the pages with a real browser, and there is none here that we can use.
    → as root: apt install chromium fonts-noto-cjk — or put any Chromium or Chrome on the PATH.
"""


def main() -> int:
    if find() and has_chinese_letters():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stderr.write("Installing Chromium and Chinese fonts for the tests …\n")
        install_with_apt()
    if not find():
        sys.stderr.write("Fetching the Chromium that Playwright offers …\n")
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not find():
        sys.stderr.write(ASKED)
        return 1
    return 0


def find() -> Path | None:
    """Where tests start their browser: Playwright's `executable_path`."""
    installed = (shutil.which(name) for name in NAMES)
    fetched = sorted(map(str, CACHE.glob(OURS)), reverse=True)
    found = next(filter(None, (*installed, *fetched)), None)
    return Path(found) if found else None


def has_chinese_letters() -> bool:
    """Without fontconfig nobody can tell, and the pages are judged by their text anyway."""
    if shutil.which("fc-list") is None:
        return True
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)  # noqa: S607 - the system's
    return bool(listed.stdout.strip())


def install_with_apt() -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    fetch = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN)
    for command in (("apt-get", "update", "-qq"), fetch):
        subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
