"""`make look`: what the checks find on the pages of today, told page by page."""

import asyncio
import sys
from collections.abc import Sequence

from services.wording.language import Language
from tests.shots.checks import faults
from tests.shots.tour import chosen, tour


async def main(words: Sequence[str]) -> int:
    count = 0
    async with tour() as found, found.guide(Language.CHINESE) as guide:
        for state in chosen(words):
            told = await faults(await guide.reach(state))
            count += len(told)
            sys.stdout.writelines([f"{state.name}\n", *(f"    {line}\n" for line in told)])
            sys.stdout.flush()
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
