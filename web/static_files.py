"""Static files: WhiteNoise's table of them, answered without leaving the event loop."""

import asyncio
from pathlib import Path
from typing import Any

from litestar.types import HTTPScope, Send
from whitenoise import WhiteNoise

PREFIX = "/static/"
HASHED = r"\.[0-9a-f]{12}\."
CHUNK_BYTES = 1024 * 1024
PASSED = {
    b"accept-encoding": "HTTP_ACCEPT_ENCODING",
    b"if-modified-since": "HTTP_IF_MODIFIED_SINCE",
    b"if-none-match": "HTTP_IF_NONE_MATCH",
    b"range": "HTTP_RANGE",
}


class StaticFiles:
    """Holds the table, which is made once."""

    def __init__(self, folder: Path) -> None:
        noise: Any = WhiteNoise(
            None,
            root=folder,
            prefix=PREFIX,
            max_age=60,
            allow_all_origins=False,
            immutable_file_test=HASHED,
        )
        self.files: dict[str, Any] = noise.files

    def has(self, path: str) -> bool:
        return path in self.files

    async def answer(self, scope: HTTPScope, send: Send) -> None:
        asked = {PASSED[k]: v.decode("latin-1") for k, v in scope["headers"] if k in PASSED}
        found = self.files[scope["path"]].get_response(scope["method"], asked)
        headers = [(k.lower().encode(), v.encode("latin-1")) for k, v in found.headers]
        start = {"type": "http.response.start", "status": int(found.status), "headers": headers}
        await send(start)  # type: ignore[arg-type]  # a plain dict is what the protocol asks for
        await send_body(found.file, send)


async def send_body(file: Any, send: Send) -> None:
    """A small file in one message; of a larger one, each piece is read in a thread."""
    piece = file.read(CHUNK_BYTES) if file else b""
    while len(piece) == CHUNK_BYTES:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        piece = await asyncio.to_thread(file.read, CHUNK_BYTES)
    await send({"type": "http.response.body", "body": piece, "more_body": False})
    if file:
        file.close()
