"""`make look`: what the checks find on the pages of today, told page by page."""

import asyncio
import sys
from collections.abc import Sequence

from services.wording.language import Language
from tests.shots.checks import faults
from tests.shots.tour import chosen, tour


async def main(words: Sequence[str]) -> int:
    count = 0
    async with tour() as found:
        for language in Language:
            async with found.guide(language) as guide:
                for state in chosen(words):
                    told = await faults(await guide.reach(state), language)
                    count += len(told)
                    tell(f"{state.name}, {language}", told)
    return 1 if count else 0


def tell(state: str, told: Sequence[str]) -> None:
    sys.stdout.writelines([f"{state}\n", *(f"    {line}\n" for line in told)])
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
