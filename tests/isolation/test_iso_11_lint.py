"""ISO-11: ways around the one way in, found in the source before they run."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.code import ROOMS, modules, short, tree

CONNECTING = {"infra/database.py", "infra/migrate.py", "infra/listening.py"}
UNITS = {"tenant_tx", "platform_tx"}
SPAWNING = {
    "gather",
    "create_task",
    "ensure_future",
    "TaskGroup",
    "wait_for",
    "shield",
    "to_thread",
}
ASKING = {"fetch", "fetchrow", "fetchval", "execute", "executemany", "raw"}


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for found in ast.walk(node):
        if isinstance(found, ast.Call):
            name = found.func
            if isinstance(name, ast.Attribute):
                yield name.attr, found
            elif isinstance(name, ast.Name):
                yield name.id, found


def everywhere() -> Iterator[tuple[Path, str, ast.Call]]:
    for path in modules(*ROOMS):
        for name, call in calls(tree(path)):
            yield path, name, call


def test_connections_are_opened_in_three_places() -> None:
    opened = {
        short(path)
        for path, name, call in everywhere()
        if name in {"connect", "create_pool"} and "asyncpg" in ast.unparse(call.func)
    }

    assert opened == CONNECTING


def test_nobody_replaces_the_reset_of_the_pool() -> None:
    """One of our own replaces asyncpg's: the next tenant would see the last one's rows."""
    replaced = [
        f"{short(path)}:{call.lineno}"
        for path, name, call in everywhere()
        if name == "create_pool" and {word.arg for word in call.keywords} & {"reset", "setup"}
    ]

    assert replaced == []


def test_no_setting_outlives_its_transaction() -> None:
    said = [short(path) for path in modules(*ROOMS) if "set_config" in path.read_text("utf-8")]

    assert said == []


def test_a_unit_of_work_starts_no_task() -> None:
    """A child task inherits the transaction and outlives it."""
    started = [
        f"{short(path)}:{call.lineno} {name}"
        for path in modules(*ROOMS)
        for block in ast.walk(tree(path))
        if isinstance(block, ast.AsyncWith) and any(opens_unit(item) for item in block.items)
        for statement in block.body
        for name, call in calls(statement)
        if name in SPAWNING
    ]

    assert started == []


def opens_unit(item: ast.withitem) -> bool:
    return any(name in UNITS for name, _ in calls(item.context_expr))


def test_no_statement_is_put_together_from_values() -> None:
    """Values are arguments. Text that is spliced in could call set_config."""
    spliced = [
        f"{short(path)}:{call.lineno}"
        for path, name, call in everywhere()
        if name in ASKING and call.args and is_spliced(call.args[0])
    ]

    assert spliced == [
        place for place in spliced if place.startswith("infra/migrate.py:")
    ]  # names of roles and of the database, which cannot be arguments


def is_spliced(sql: ast.expr) -> bool:
    match sql:
        case ast.JoinedStr():
            return True
        case ast.BinOp():
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "replace")):
            return True
        case _:
            return False
