"""A server of our own that really speaks S3, with one bucket in it."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from moto.server import ThreadedMotoServer


@contextmanager
def served() -> Iterator[str]:
    """The address of a place in the bucket, as `REDRESS_STORAGE_URL` takes it."""
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    moto.start()
    host, port = moto.get_host_and_port()
    httpx.put(f"http://{host}:{port}/evidence")
    yield f"http://key:sec%2Fret@{host}:{port}/evidence/acme"
    moto.stop()
