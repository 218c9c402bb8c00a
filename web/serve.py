"""`python -m web.serve`: the pages of this installation, until SIGTERM."""

import socket
import sys
from typing import Any

import uvicorn

from infra.settings import load
from infra.settings_reading import Faults
from web import telling
from web.app import make_app
from web.hub import Hub

GRACE_SECONDS = 3
"""For whatever is on its way when we are asked to stop."""


class Server(uvicorn.Server):
    """Lets the streams of news end first: each would use up the whole grace, and its page is told
    by the next process."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self.hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.hub.fall_silent()
        await super().shutdown(sockets)


def main() -> int:
    try:
        settings = load()
    except Faults as faults:
        sys.stderr.write(f"{faults}\n")
        return 2
    telling.set_up()
    app: Any = make_app(settings)
    server = Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            timeout_graceful_shutdown=GRACE_SECONDS,
            access_log=False,
            log_config=None,
            server_header=False,
        ),
        app.app.state.hub,
    )
    server.run()
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
