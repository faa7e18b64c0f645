"""The description of the API: flask-smorest reads it off the resources; every rule that holds by method stands here."""

from collections.abc import Callable, Iterable
from functools import partial
from http import HTTPStatus
from threading import Lock
from typing import Any, ClassVar, TypeVar, cast

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask import Flask, Request
from flask_smorest import Api, Blueprint
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import CombinedMultiDict

from registry.config import PRODUCT_VERSION
from registry.rest.calls import RECOGNISE, Caller
from registry.rest.fields import AMOUNT_PATTERN, Money, Problem
from registry.rest.problems import MEDIA_TYPE

V = TypeVar("V", bound=Callable[..., Any])
PREFIX = "/api/v1"
_ABOUT = """\
扶贫项目资产管理的 JSON 接口。

- 身份：请求头 `Authorization: Bearer fpa_…`；令牌在“我的 → 接口令牌”里创建。浏览器会话在这里无效。
- 权限：等于本人当天的权限，再限于令牌选定的单位和范围。管辖范围外的对象一律 404。
- 金额：字符串，单位元，两位小数，如 `"1234.50"`。日期：`2026-11-23`。不认识的字段一律拒绝。
- 分页：`limit` 最多 200；下一页的地址在 `Link` 头里。
- 并发：读到的 `ETag` 放进 `If-Match`；`PUT`、`PATCH`、`DELETE` 必须带（缺 428，过期 412）。
- 写入：`POST` 必须带 `Idempotency-Key`；同一编号再发得到同一答复，内容变了 422，正在办理 409。编号保留 30 天。
- 错误：`application/problem+json`，`type` 是稳定的 URN，`detail` 按 `Accept-Language`（zh、en）。
"""
#: A number that every database holds; a larger one names nothing.
_NUMBER = "<int(max=999999999999999):"
_IF_MATCH = {
    "name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"},
    "description": "读到的 ETag",
}  # fmt: skip
_KEY = {
    "name": "Idempotency-Key", "in": "header", "required": True,
    "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,64}$", "maxLength": 64},
    "description": "这一次办理的编号，每次换一个",
}  # fmt: skip
_ETAG = {"ETag": {"description": "版本", "schema": {"type": "string"}}}
_LINK = {"Link": {"description": "下一页（RFC 8288）", "schema": {"type": "string"}}}
#: Refusals that every call may meet, and those that come with a method.
_ALWAYS = (401, 403, 404, 422, 429)
_BY_METHOD = {"post": (400, 409, 415, 503), "put": (400, 409, 412, 415, 428, 503)}

_PLACES = {
    "asset_no": {"type": "string", "maxLength": 30, "description": "资产编号"},
    "region_code": {"type": "string", "pattern": "^[0-9]{12}$", "description": "12 位区划代码"},
    "serial": {"type": "string", "maxLength": 40, "description": "打印件流水号"},
}


#: Packages whose name says nothing of what a schema is about.
_NO_FEATURE = ("registry", "rest", "api")


class StrictParser(FlaskParser):
    """Reads arguments; what a schema says of unknown names holds for queries too."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {}  # noqa: RUF012 - as webargs declares it
    __location_map__: dict[str, str | Callable[..., Any]] = {  # noqa: RUF012 - as webargs declares it
        **FlaskParser.__location_map__, "multipart": "load_multipart",
    }  # fmt: skip

    def load_multipart(self, req: Request, schema: Any) -> Any:
        """Read fields and files of one body together."""
        return self._makeproxy(CombinedMultiDict([req.files, req.form]), schema)


class Resources(Blueprint):  # type: ignore[misc]
    """The resources of one feature: ``Resources("assets", "资产", "…")``."""

    ARGUMENTS_PARSER = StrictParser(unknown=None)
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING: ClassVar[dict[str, str]] = {
        **Blueprint.DEFAULT_LOCATION_CONTENT_TYPE_MAPPING, "multipart": "multipart/form-data",
    }  # fmt: skip

    def __init__(self, name: str, import_name: str, description: str) -> None:
        super().__init__(f"{name}_api", import_name, description=description, url_prefix=PREFIX)
        self._prepare_doc_cbks.append(self._rules_of_method)

    def arguments(self, schema: Any, *, location: str = "json", **options: Any) -> Callable[[V], V]:
        """Read the body, the query or the files by a schema and pass it on first."""
        return cast("Callable[[V], V]", super().arguments(schema, location=location, **options))

    def response(self, status: int, schema: Any = None, **options: Any) -> Callable[[V], V]:
        """Describe the answer of a view; the view itself returns it whole."""
        return cast("Callable[[V], V]", super().response(status, schema, **options))

    def alt_response(self, status: int, **options: Any) -> Callable[[V], V]:
        """Describe another answer of a view."""
        return cast("Callable[[V], V]", super().alt_response(status, **options))

    def get(self, rule: str, summary: str) -> Callable[[V], V]:
        """Register a view that reads."""
        return self._resource("GET", rule, summary)

    def post(self, rule: str, summary: str) -> Callable[[V], V]:
        """Register a view that writes, once per key."""
        return self._resource("POST", rule, summary)

    def put(self, rule: str, summary: str) -> Callable[[V], V]:
        """Register a view that replaces a version somebody has seen."""
        return self._resource("PUT", rule, summary)

    def _resource(self, method: str, rule: str, summary: str) -> Callable[[V], V]:
        register_view = self.route(rule.replace("<int:", _NUMBER), methods=[method], tags=[self.description])

        def decorator(view: V) -> V:
            told = {"scope": getattr(view, "scope", None), "manual_doc": {"summary": summary, "description": ""}}
            view._apidoc = {**getattr(view, "_apidoc", {}), **told}  # type: ignore[attr-defined]
            register_view(view)
            return view

        return decorator

    def register_views_in_doc(self, api: "JsonApi", *args: Any, **options: Any) -> None:
        """Leave the describing to whoever first asks for it: it takes longer than all the rest of a start."""
        api.undescribed.append(partial(super().register_views_in_doc, api, *args, **options))

    @staticmethod
    def _rules_of_method(doc: Any, info: Any, *, method: str, **_: Any) -> Any:
        """Describe what holds for every call of a method: its headers, its refusals, the scope it needs."""
        doc["security"] = [{"token": [info["scope"].value]}]
        extra = {"put": [_IF_MATCH], "post": [_KEY]}.get(method, [])
        doc["parameters"] = [*doc.get("parameters", []), *extra]
        for status, answer in doc["responses"].items():
            if str(status).startswith("2") and isinstance(answer, dict):
                answer["headers"] = {**_ETAG, **_LINK, **answer.get("headers", {})}
        for status in (*_ALWAYS, *_BY_METHOD.get(method, ())):
            doc["responses"].setdefault(status, HTTPStatus(status).name)
        return doc


class JsonApi(Api):  # type: ignore[misc]
    """flask-smorest without its handler of errors (ours speaks for pages too) and without its pages."""

    ERROR_SCHEMA = Problem

    def __init__(self, app: Flask) -> None:
        super().__init__(app, spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=schema_name)})
        self.undescribed: list[Callable[[], None]] = []
        self._turn = Lock()

    def describe(self) -> dict[str, Any]:
        """Return what flask-smorest knows of the resources, reading it off them the first time."""
        with self._turn:
            while self.undescribed:
                self.undescribed.pop(0)()
            spec: dict[str, Any] = self.spec.to_dict()
        return spec

    def _register_error_handlers(self) -> None:
        """Leave refusals to the one place that answers them."""

    def _register_doc_blueprint(self) -> None:
        """Leave the pages of the description to ``rest.pages``."""

    def _register_responses(self) -> None:
        """Describe every refusal as problem details, not as plain JSON."""
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        self.spec.components.schema("Problem", schema=Problem)
        for status in HTTPStatus:
            if status >= 400:
                self.spec.components.response(
                    status.name, {"description": status.phrase, "content": content}, lazy=True
                )
        self.spec.components.response(
            self.DEFAULT_ERROR_RESPONSE_NAME, {"description": "其他错误", "content": content}, lazy=True
        )


def schema_name(schema: Any) -> str:
    """Return what the description calls a schema: its class after its feature, ``DraftsLineRow``.

    What already begins with the feature's word, or belongs to every feature, is called as its class.
    """
    one = cast("type", resolve_schema_cls(schema))
    feature = next((part for part in reversed(one.__module__.split(".")[:-1]) if part not in _NO_FEATURE), "")
    word = "".join(part.capitalize() for part in feature.split("_"))
    told = one.__name__.removesuffix("Schema")
    return told if told.startswith(_singular(word)) else word + told


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _money(_converter: object, field: object, **_: object) -> dict[str, Any]:
    if not isinstance(field, Money):
        return {}
    kind = ["string", "null"] if field.allow_none else "string"
    return {"type": kind, "pattern": AMOUNT_PATTERN, "examples": ["1234.50"]}


def register(app: Flask, resources: Iterable[Resources], recognise: Callable[[str], Caller]) -> None:
    """Attach the resources of every feature; ``recognise`` turns a token into its caller."""
    app.extensions[RECOGNISE] = recognise
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config.update(
        API_TITLE="扶贫项目资产管理接口", API_VERSION=PRODUCT_VERSION, OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={
            "info": {"description": _ABOUT},
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
            "security": [{"token": []}],
        },
    )  # fmt: skip
    api = JsonApi(app)
    api.ma_plugin.converter.add_attribute_function(_money)
    for one in resources:
        api.register_blueprint(one)
        app.extensions["csrf"].exempt(one)


def described(app: Flask) -> dict[str, Any]:
    """Return the description as OpenAPI 3.1.0."""
    api: JsonApi = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    spec = api.describe()
    for operations in spec["paths"].values():
        for parameter in operations.get("parameters", []):
            known = _PLACES.get(parameter["name"])
            if known and parameter["in"] == "path":
                parameter["schema"] = known
    return spec
