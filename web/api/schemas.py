"""JSON Schema of our own facts, read from their types: what a program may send and what it gets."""

from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from services.lifecycle.commands import Command
from services.lifecycle.facts import Words
from services.lifecycle.scalars import TEXT_MAX
from services.lifecycle.wire import kind_of

Schema = dict[str, Any]

SCALARS: dict[Any, Schema] = {
    Words: {"type": "string", "minLength": 1, "maxLength": TEXT_MAX},
    str: {"type": "string", "maxLength": 500},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {
        "type": "string",
        "pattern": r"^[0-9]{1,10}(\.[0-9]{1,2})?$",
        "description": "Yuan (CNY), as a decimal string",
    },
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    UUID: {"type": "string", "format": "uuid"},
}


def schema_of(kind: Any) -> Schema:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = [schema_of(each) for each in get_args(kind) if each is not NoneType]
        return {"anyOf": [*inner, {"type": "null"}]}
    if origin in (tuple, frozenset):
        unique = {"uniqueItems": True} if origin is frozenset else {}
        return {"type": "array", "items": schema_of(get_args(kind)[0]), **unique}
    if is_dataclass(kind) and kind is not Words:
        return dict(of_fact(cast("type", kind)))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [each.value for each in kind]}
    if origin is dict:
        return {"type": "object"}
    return dict(SCALARS[kind])


@cache
def of_fact(fact: type) -> Schema:
    hints = get_type_hints(fact)
    return obj(
        {f.name: schema_of(hints[f.name]) for f in fields(fact)},
        required=[
            f.name
            for f in fields(fact)
            if f.default is MISSING
            and f.default_factory is MISSING
            and NoneType not in get_args(hints[f.name])
        ],
    )


def of_command(command: type[Command]) -> Schema:
    """The body of POST …/commands for this kind, `if_version` included."""
    schema = of_fact(cast("type", command))
    kind = {"kind": {"type": "string", "const": kind_of(command)}}
    return obj(
        {**kind, **schema["properties"], "if_version": schema_of(int)},
        required=["kind", *schema.get("required", [])],
    )


def obj(properties: Schema, *, required: Iterable[str] = ()) -> Schema:
    needed = list(required)
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **({"required": needed} if needed else {}),
    }
