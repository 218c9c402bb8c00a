from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from infra import storage
from tests.infra.buckets import served


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Path:
    """Where the files of a test lie."""
    folder = tmp_path / "files"
    storage.use(SimpleNamespace(storage_url=f"file://{folder}"))
    return folder


@pytest.fixture
def bucket() -> Iterator[str]:
    with served() as url:
        yield url
