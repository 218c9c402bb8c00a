"""Has everything drawn that is made to do harm, and says how many bytes the largest child took."""

import asyncio
import resource
import sys
from contextlib import suppress

from services.evidence.drawing import drawn
from services.evidence.unseen import CannotShow
from services.lifecycle.evidence import FileKind
from tests.evidence import samples
from tests.evidence.files import pieces


async def main() -> None:
    for _, kind, body in samples.harmful():
        with suppress(CannotShow):
            await drawn(FileKind(kind), pieces(body, 100_000))
    sys.stdout.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024))


if __name__ == "__main__":
    asyncio.run(main())
