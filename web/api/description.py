"""What `/api/openapi.json` says: paths, bodies and closed sets, read from the code itself."""

from functools import cache
from typing import Any

from litestar import get

from services.cases.search_terms import TYPED_CHARS_MAX
from services.lifecycle.facts import Complaint
from services.lifecycle.kinds import (
    Ball,
    DemandKind,
    Door,
    FilingState,
    Outcome,
    Platform,
    Problem,
    Role,
    Stage,
)
from services.lifecycle.wire import COMMANDS, EVENTS
from web import access
from web.api import shapes
from web.api.bodies import NOT_BY_HAND
from web.api.schemas import Schema, obj, of_command, schema_of

ENUMS = {
    "platform": Platform,
    "problem": Problem,
    "demand": DemandKind,
    "stage": Stage,
    "rung": Door,
    "filing": FilingState,
    "ball": Ball,
    "outcome": Outcome,
    "role": Role,
}
PROBLEMS = {
    "400": "malformed",
    "401": "no valid token",
    "403": "not for this role",
    "404": "not here",
}
CHANGES = {**PROBLEMS, "409": "the key or the version says otherwise", "422": "a field, or the law"}


@get("/api/openapi.json", opt=access.public(), name="api.description", sync_to_thread=False)
def described() -> dict[str, Any]:
    return document()


@cache
def document() -> Schema:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Redress 维权台", "version": "1"},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                **{name: schema_of(kinds) for name, kinds in ENUMS.items()},
                "event": {"type": "string", "enum": list(EVENTS)},
                "complaint": complaint(),
                "command": {
                    "oneOf": [of_command(k) for k in COMMANDS.values() if k not in NOT_BY_HAND]
                },
                "case": schema_of(shapes.CaseAnswer),
                "happened": schema_of(shapes.EventAnswer),
                "agenda": schema_of(shapes.AgendaItem),
                "problem_details": problem_details(),
            },
        },
    }


def complaint() -> Schema:
    """As the law's own `Complaint`; a door is called rung here, and a playbook may be chosen."""
    schema = schema_of(Complaint)
    properties = {**schema["properties"], "playbook": schema_of(str)}
    day = {"rung": schema_of(Door), "on": {"type": "string", "format": "date"}}
    properties["tried"] = {"type": "array", "items": obj(day, required=day)}
    needed = ("platform", "problem", "facts", "consumer", "consents")
    return obj(properties, required=needed)


def problem_details() -> Schema:
    text = {"type": "string"}
    error = obj({"path": text, "code": text, "message": text}, required=("path", "code", "message"))
    errors = {"type": "array", "items": error}
    return obj({"type": text, "title": text, "status": {"type": "integer"}, "errors": errors})


def paths() -> Schema:
    one = "/cases/{number}"
    return {
        "/complaints": {"post": change("File a complaint", "complaint", "201")},
        "/cases": {"get": cases()},
        one: {"get": read("One case", ref="case", case=True)},
        f"{one}/events": {"get": read("What happened", case=True, listed=True)},
        f"{one}/agenda": {"get": read("What is owed next", case=True)},
        f"{one}/commands": {
            "get": read("Commands allowed now", case=True),
            "post": change("Give a command", "command", "200", case=True),
        },
        "/playbooks": {"get": read("Playbooks in force")},
    }


def cases() -> Schema:
    """With `q` the cases that tell these words, open ones first, in one answer."""
    listed = read("Cases, due soonest first; with q those that tell its words", listed=True)
    listed["parameters"].append(query("q", {"type": "string", "maxLength": TYPED_CHARS_MAX}))
    return listed


def read(
    summary: str, *, ref: str | None = None, case: bool = False, listed: bool = False
) -> Schema:
    body = {"$ref": f"#/components/schemas/{ref}"} if ref else {"type": "object"}
    parameters = [number()] if case else []
    if listed:
        parameters += [query("after", {"type": "string"}), query("limit", {"type": "integer"})]
    return operation(summary, parameters, {"200": (body, "as asked")}, PROBLEMS)


def change(summary: str, sent: str, status: str, *, case: bool = False) -> Schema:
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "schema": {"type": "string", "minLength": 1, "maxLength": 128},
    }
    parameters = [*([number()] if case else []), key]
    answered = {status: ({"type": "object"}, "done, or done before with the same key")}
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{sent}"}}}
    return {
        **operation(summary, parameters, answered, CHANGES),
        "requestBody": {"required": True, "content": body},
    }


def operation(
    summary: str,
    parameters: list[Schema],
    answered: dict[str, tuple[Schema, str]],
    problems: dict[str, str],
) -> Schema:
    details = {"schema": {"$ref": "#/components/schemas/problem_details"}}
    said = {
        status: {"description": text, "content": {"application/json": {"schema": schema}}}
        for status, (schema, text) in answered.items()
    }
    wrong = {
        status: {"description": text, "content": {"application/problem+json": details}}
        for status, text in problems.items()
    }
    return {"summary": summary, "parameters": parameters, "responses": {**said, **wrong}}


def number() -> Schema:
    return {"name": "number", "in": "path", "required": True, "schema": {"type": "string"}}


def query(name: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema}
