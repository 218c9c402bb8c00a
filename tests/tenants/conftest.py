from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from services.tenants import keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    secret_key: bytes = b"s" * 32
    master_key: bytes = b"m" * 32


@pytest.fixture(autouse=True)
def our_keys() -> Iterator[None]:
    keys.use(Roots())
    yield
    keys.use(Roots())
