"""`make shots`: a picture of every page and state, and one sheet to see them all on."""

import asyncio
import shutil
import sys
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader
from playwright.async_api import Page

from services.wording.language import Language
from tests.architecture.code import ROOT
from tests.journeys.visitors import DESK, NARROW, PHONE
from tests.shots.guide import Guide, Seen
from tests.shots.pages import State
from tests.shots.tour import chosen, tour

FOLDER = ROOT / "build" / "shots"
HERE = Path(__file__).parent
A4_PX = 794
HEIGHT = 844


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a page is dressed for a picture; `only` is a language where one is enough."""

    name: str
    width: int
    theme: Literal["light", "dark"] = "light"
    size: str = ""
    media: Literal["screen", "print"] = "screen"
    only: Language | None = None


LOOKS = (
    Look(name="1440-light", width=DESK),
    Look(name="1440-dark", width=DESK, theme="dark"),
    Look(name="390-light", width=PHONE),
    Look(name="390-dark", width=PHONE, theme="dark"),
    Look(name="390-large", width=PHONE, size="large", only=Language.CHINESE),
    Look(name="320-light", width=NARROW, only=Language.CHINESE),
    Look(name="print", width=A4_PX, media="print", only=Language.CHINESE),
)


async def main(words: Sequence[str]) -> int:
    wanted = chosen(words)
    if not words:
        shutil.rmtree(FOLDER, ignore_errors=True)
    async with tour() as found:
        lost = await asyncio.gather(*(shoot(found.guide(each), wanted) for each in Language))
    write_sheet()
    sys.stdout.write(f"{FOLDER / 'index.html'}\n")
    missed = [line for lines in lost for line in lines]
    sys.stdout.writelines(f"no picture: {line}\n" for line in missed)
    return 1 if missed else 0


async def shoot(arriving: AbstractAsyncContextManager[Guide], wanted: Sequence[State]) -> list[str]:
    """What could not be taken, with the reason."""
    lost = []
    async with arriving as guide:
        for state in wanted:
            try:
                await take(await guide.reach(state), guide.language)
            except Exception as error:  # noqa: BLE001 -- one lost picture must not lose the others
                lost.append(f"{state.name}, {guide.language}: {error}")
    return lost


async def take(seen: Seen, language: Language) -> None:
    folder = FOLDER / seen.state.name
    folder.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        if look.only in {None, language}:
            await dress(seen.page, look)
            path = folder / f"{language.tag[:2]}-{look.name}.png"
            await seen.page.screenshot(path=path, full_page=True, animations="disabled")
    await dress(seen.page, LOOKS[0])


async def dress(page: Page, look: Look) -> None:
    await page.set_viewport_size({"width": look.width, "height": HEIGHT})
    await page.emulate_media(color_scheme=look.theme, media=look.media, reduced_motion="reduce")
    await page.evaluate(
        "size => size ? document.documentElement.dataset.size = size"
        " : delete document.documentElement.dataset.size",
        look.size,
    )


def write_sheet() -> None:
    """Of every picture that lies there, also of earlier runs for a part of the states."""
    folders = sorted(each for each in FOLDER.iterdir() if each.is_dir())
    shots = {each.name: sorted(file.name for file in each.glob("*.png")) for each in folders}
    sheets = Environment(loader=FileSystemLoader(HERE), autoescape=True)
    html = sheets.get_template("sheet.html").render(shots=shots)
    (FOLDER / "index.html").write_text(html, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
