"""The source as the architecture tests read it: files, functions, imports; nothing is executed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("services", "workflows", "web", "infra")
VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "route"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    where: str
    name: str
    lines: int
    is_handler: bool


def modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno
            yield Function(
                where=f"{short(path)}:{node.lineno}",
                name=node.name,
                lines=node.end_lineno - node.lineno + 1,
                is_handler=any(map(is_route, node.decorator_list)),
            )


def is_route(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id in VERBS


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file names, with its line; relative ones are not our way."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{short(path)}:{node.lineno}: say the whole name"
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def tracked(*endings: str) -> list[Path]:
    """What the repository holds or is about to hold, without what tools have made."""
    made = {".git", ".venv", "node_modules", "build", "__pycache__"}
    return sorted(
        path
        for path in ROOT.rglob("*")
        if path.suffix in endings
        and path.is_file()
        and not made.intersection(path.relative_to(ROOT).parts)
        and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    )
