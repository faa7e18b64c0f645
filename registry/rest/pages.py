"""The description of the API, for programs and for people: an offline page, no script, no outside address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from registry.rest.openapi import described
from registry.web import open_to_all, page

blueprint = Blueprint("rest", __name__)
_METHODS = ("get", "post", "put", "delete")


@dataclass(frozen=True)
class Row:
    """One field or parameter in words."""

    name: str
    kind: str
    needed: bool
    text: str


@dataclass(frozen=True)
class Operation:
    """One call in words."""

    method: str
    path: str
    anchor: str
    summary: str
    scope: str
    parameters: tuple[Row, ...]
    body: str
    answers: tuple[tuple[str, str], ...]


@blueprint.get("/api/openapi.json")
@open_to_all
def description() -> ResponseReturnValue:
    """Give out the description as OpenAPI 3.1.0."""
    return jsonify(described(current_app))


@blueprint.get("/api")
@open_to_all
def index() -> ResponseReturnValue:
    """Show the description for reading."""
    spec = described(current_app)
    groups: dict[str, list[Operation]] = {}
    for path, operations in spec["paths"].items():
        for method in _METHODS:
            if method in operations:
                tag = operations[method]["tags"][0]
                groups.setdefault(tag, []).append(_operation(spec, path, method, operations))
    schemas = {name: tuple(_fields(schema)) for name, schema in sorted(spec["components"]["schemas"].items())}
    return page("rest/index.html", spec=spec, about=spec["info"]["description"], groups=groups, schemas=schemas)


def _operation(spec: dict[str, Any], path: str, method: str, operations: dict[str, Any]) -> Operation:
    told = operations[method]
    parameters = [_resolved(spec, one) for one in (*operations.get("parameters", ()), *told.get("parameters", ()))]
    answers = tuple((str(status), _said(_resolved(spec, one))) for status, one in told["responses"].items())
    scopes = [scope for one in told.get("security", ()) for scope in one.get("token", ())]
    content = told.get("requestBody", {}).get("content", {})
    return Operation(
        method.upper(),
        path,
        f"{method}-{path.strip('/').replace('/', '-').translate(_BRACES)}",
        told.get("summary", ""),
        " ".join(scopes),
        tuple(Row(p["name"], p["in"], bool(p.get("required")), _hint(p)) for p in parameters),
        "、".join(f"{media} {_kind(one.get('schema', {}))}" for media, one in content.items()),
        answers,
    )


_BRACES = str.maketrans("", "", "{}")


def _resolved(spec: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in one:
        return one
    _, _, kind, name = one["$ref"].split("/")
    found: dict[str, Any] = spec["components"][kind][name]
    return found


def _said(answer: dict[str, Any]) -> str:
    kinds = [_kind(content.get("schema", {})) for content in answer.get("content", {}).values()]
    return " ".join([answer.get("description", ""), *kinds])


def _hint(parameter: dict[str, Any]) -> str:
    schema = parameter.get("schema", {})
    return str(parameter.get("description") or schema.get("description") or _kind(schema))


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    kind = schema.get("type", "")
    return " | ".join(kind) if isinstance(kind, list) else str(kind)


def _fields(schema: dict[str, Any]) -> Iterator[Row]:
    needed = set(schema.get("required", ()))
    for name, told in schema.get("properties", {}).items():
        kind = _kind(told) or " | ".join(filter(None, (_kind(one) for one in told.get("anyOf", ()))))
        yield Row(name, kind, name in needed, str(told.get("description", "")))
