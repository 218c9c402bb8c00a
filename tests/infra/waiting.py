"""Waiting for what other processes do: looked at again and again, with an end."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import psutil


async def until(condition: Callable[[], object], *, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s"
        await asyncio.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() not in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}
    except psutil.NoSuchProcess:
        return False


def offspring(pid: int) -> list[int]:
    """Its children and theirs, as numbers: they must be gone after it is."""
    return [child.pid for child in psutil.Process(pid).children(recursive=True)]


def number_in(file: Path) -> int | None:
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return None
