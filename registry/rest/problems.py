"""Refusals as application/problem+json (RFC 9457), and the words behind what a schema refuses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from flask import Response, json, request
from flask_babel import gettext
from werkzeug.exceptions import default_exceptions

from registry.database import request_id
from registry.errors import RegistryError
from registry.text import N_
from registry.web import say

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"
_URN = "urn:fpa:problem:"
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
#: What a schema says of a value, the stable code of it, and our words; the first that fits counts.
_SAID: tuple[tuple[str, str, str], ...] = (
    ("Missing data for required field", "required", N_("这一项必填。")),
    ("Field may not be null", "null", N_("这一项不能为 null。")),
    ("Unknown field", "unknown-field", N_("不认识的字段。")),
    ("Must be one of", "not-a-choice", N_("不在可选的值里。")),
    ("Longer than maximum|Length must be|Shorter than", "length", N_("长度不对。")),
    ("Must be greater|Must be less", "range", N_("数值超出范围。")),
    ("Not a valid date", "date", N_("日期要写成 2026-11-23。")),
    ("Not a valid integer|Not a valid number", "integer", N_("这一项要填整数。")),
    ("Not an amount", "money", N_('金额要写成字符串，两位小数，如 "1234.50"。')),
    ("Control characters", "control-characters", N_("文字里不能有控制字符。")),
    ("Invalid JSON body", "json", N_("请求正文不是合法的 JSON。")),
)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with what was sent: where it stands, what is wrong, and its stable code."""

    pointer: str
    detail: str
    code: str


def is_api() -> bool:
    """Say whether this request asks for the API, whose answers are never pages."""
    return request.path.startswith(PREFIX)


def problem_name(error: RegistryError) -> str:
    """Return the stable name of a refusal: that of its class, in kebab case."""
    return _kebab(type(error).__name__)


def status_name(status: int) -> str:
    """Return the stable name of a refusal that only a status tells; Python's own phrases change with its versions."""
    return _kebab(default_exceptions[status].__name__) if status in default_exceptions else "refused"


def _kebab(name: str) -> str:
    return _HUMP.sub("-", name).lower()


def faults_of(error: RegistryError) -> tuple[Fault, ...]:
    """Return where a refusal, and what is told with it, stands in what was sent, as far as a field is named."""
    return tuple(Fault(_pointer(one.field), say(one), problem_name(one)) for one in error.all if one.field)


def _pointer(field: str) -> str:
    """Return where a field that a rule names stands in the body; rules know no nesting, so the body is searched."""
    level: list[tuple[str, object]] = [("#", request.get_json(silent=True))]
    while level:
        objects = [(path, told) for path, told in level if isinstance(told, dict)]
        found = next((f"{path}/{field}" for path, told in objects if field in told), None)
        if found:
            return found
        level = [(f"{path}/{_escaped(name)}", inner) for path, told in objects for name, inner in told.items()]
    return f"#/{field}"


def faults_in(messages: Mapping[str, object]) -> tuple[Fault, ...]:
    """Return what a schema refused, in the reader's language; the outermost names say where the values came from."""
    return tuple(fault for part in messages.values() for fault in _faults(part, "#"))


def _faults(messages: object, pointer: str) -> Iterator[Fault]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            here = pointer if name == "_schema" else f"{pointer}/{_escaped(str(name))}"
            yield from _faults(inner, here)
    elif isinstance(messages, list | tuple):
        for inner in messages:
            yield from _faults(inner, pointer)
    else:
        yield _fault(str(messages), pointer)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _fault(message: str, pointer: str) -> Fault:
    for pattern, code, text in _SAID:
        if re.match(pattern, message):
            return Fault(pointer, gettext(text), code)
    return Fault(pointer, gettext(N_("填写的内容有问题，请按提示修改。")), "invalid")


def problem(
    status: int,
    name: str,
    *,
    title: str,
    detail: str,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a refusal as problem details; ``instance`` is the request's number, as the trail and the log know it."""
    body: dict[str, object] = {
        "type": _URN + name,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"urn:fpa:request:{request_id.get()}",
    }
    if faults:
        body["errors"] = [asdict(fault) for fault in faults]
    response = Response(json.dumps(body), status, dict(headers or {}), mimetype=MEDIA_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
