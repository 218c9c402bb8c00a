"""Everything that can be said in codes, found in the code itself, so that no list is forgotten."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import ModuleType

import services.lifecycle
from services.lifecycle.counting import Reason as Skip
from services.lifecycle.spans import Kind, SpanWhy, Unit

ROOT = Path(__file__).parents[2]
SAID_OTHERWISE = {
    Unit: "say_span",
    Kind: "say_left",
    Skip: "the group Skipped",
    SpanWhy: "say_fault",
}


def enums() -> list[type[StrEnum]]:
    """The closed sets of the law that pages, letters and the API speak in."""
    found = {
        value
        for module in modules(services.lifecycle)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum
    }
    return sorted(found - SAID_OTHERWISE.keys(), key=lambda each: each.__name__)


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for each in pkgutil.iter_modules(package.__path__):
        yield importlib.import_module(f"{package.__name__}.{each.name}")


def fault_codes() -> set[str]:
    """Every code that a reader of files or requests puts beside a path."""
    found: set[str] = {code.value for code in SpanWhy}
    for folder in ("services/lifecycle", "services/playbooks", "services/calendars", "web"):
        for file in (ROOT / folder).glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call):
                    found |= set(codes_of(node))
    return found


def codes_of(call: ast.Call) -> Iterator[str]:
    named = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if named == "wrong" and len(call.args) > 1:
        yield from texts(call.args[1])
    if isinstance(call.func, ast.Name) and call.func.id == "Fault":
        for keyword in call.keywords:
            if keyword.arg == "code":
                yield from texts(keyword.value)


def texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
