"""Folders with the rights we mean, whatever the user's umask is."""

from pathlib import Path


def passable(folder: Path) -> Path:
    """Others may pass through to what is theirs, as PostgreSQL's user must, but list nothing."""
    return made(folder, 0o711)


def private(folder: Path) -> Path:
    return made(folder, 0o700)


def made(folder: Path, mode: int) -> Path:
    """One that exists keeps the rights that somebody gave it."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(mode)
    return folder
