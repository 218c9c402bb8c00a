"""The smallest browser: one connection that stays, cookies, and no more work than reading."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(slots=True, kw_only=True)
class Browser:
    """Of one person; a request is answered before the next is asked. `home` is the address that
    they come from.
    """

    host: str
    port: int
    home: str
    cookies: dict[str, str] = field(default_factory=dict)
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        return await self.ask("GET", path)

    async def post(self, path: str, form: Mapping[str, object]) -> Answer:
        return await self.ask("POST", path, urlencode(form, doseq=True).encode())

    async def ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        if self.streams is None:
            self.streams = await asyncio.open_connection(
                self.host, self.port, limit=1 << 22, local_addr=(self.home, 0)
            )
        reader, writer = self.streams
        writer.write(self.head(method, path, body) + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        named = [tuple(line.split(": ", 1)) for line in head[1:] if line]
        headers = {name.lower(): value for name, value in named}
        told = await reader.readexactly(int(headers.get("content-length", 0)))
        for name, value in named:
            if name.lower() == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self.cookies[key] = kept
        return Answer(status=int(head[0].split()[1]), headers=headers, body=told)

    def head(self, method: str, path: str, body: bytes) -> bytes:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [
            f"{method} {path} HTTP/1.1",
            f"host: {self.host}:{self.port}",
            f"cookie: {jar}",
            *(
                (f"content-length: {len(body)}", "content-type: application/x-www-form-urlencoded")
                if body
                else ()
            ),
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def close(self) -> None:
        if self.streams:
            self.streams[1].close()
