"""The way to Temporal: our own server, a cluster or Temporal Cloud, as the settings say."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from temporalio.client import Client
from temporalio.runtime import Runtime
from temporalio.service import RPCError, TLSConfig

from infra.settings import Temporal

log = structlog.get_logger()
Dial = Callable[[], Awaitable[Client]]
RETRY_SECONDS: Final = 0.5
IDENTITY: Final = "redress"
"""By default it would be our process and host, written into every history."""


async def connect(settings: Temporal, *, runtime: Runtime | None = None) -> Client:
    """Waits for as long as Temporal is away."""
    tried = 0
    while True:
        try:
            return await Client.connect(
                settings.address,
                namespace=settings.namespace,
                api_key=settings.api_key,
                tls=tls(settings),
                runtime=runtime,
                identity=IDENTITY,
            )
        except (RPCError, RuntimeError, OSError) as error:
            if tried % 20 == 0:
                log.warning("waiting", task="connect", error=type(error).__name__)
            tried += 1
            await asyncio.sleep(RETRY_SECONDS)


def tls(settings: Temporal) -> TLSConfig | bool:
    if not settings.tls:
        return False
    ca, cert, key = (
        path.read_bytes() if path else None
        for path in (settings.tls_ca, settings.tls_cert, settings.tls_key)
    )
    return TLSConfig(
        server_root_ca_cert=ca,
        client_cert=cert,
        client_private_key=key,
        domain=settings.tls_server_name,
    )
