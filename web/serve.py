"""`python -m web.serve`: the pages of this installation, until SIGTERM."""

import sys

import uvicorn

from infra.settings import load
from infra.settings_reading import Faults
from web import telling
from web.app import make_app

GRACE_SECONDS = 3
"""An open stream of events would otherwise keep us from stopping for ever."""


def main() -> int:
    try:
        settings = load()
    except Faults as faults:
        sys.stderr.write(f"{faults}\n")
        return 2
    telling.set_up()
    server = uvicorn.Server(
        uvicorn.Config(
            make_app(settings),
            host=settings.host,
            port=settings.port,
            timeout_graceful_shutdown=GRACE_SECONDS,
            access_log=False,
            log_config=None,
            server_header=False,
        )
    )
    server.run()
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
