"""Who calls, what they may, and how a call is answered: once per key, with its version, page by page."""

import contextlib
import functools
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import Response, current_app, g, jsonify, request, url_for

from registry import onetime
from registry.clock import now
from registry.database import transaction
from registry.errors import Conflict, Forbidden, Missing, RegistryError
from registry.permissions import Actor, Permission, may
from registry.text import N_
from registry.token_scopes import Scope
from registry.web import P, View, body_digest

RECOGNISE = "registry.rest.recognise"
_KEY = re.compile(r"[\x21-\x7e]{1,64}")

Body = Mapping[str, Any]


class TokenMissing(RegistryError):
    """A call says by a token whose it is; a session of a browser counts for nothing here."""

    status = 401
    message = N_("请在请求头里写 Authorization: Bearer 加接口令牌。令牌在“我的 → 接口令牌”里创建。")


class ScopeMissing(Forbidden):
    """The token was not made for this."""

    message = N_("这个令牌没有 %(scope)s 范围，请另建一个令牌。")


class IdempotencyKeyMissing(RegistryError):
    """Whoever writes names the attempt, so that a repeated one has one effect."""

    status = 400
    message = N_("写入请求要带 Idempotency-Key 头：1 到 64 个可见字符，每次办理换一个。")


class VersionMissing(RegistryError):
    """Whoever replaces something says which version they have seen."""

    status = 428
    message = N_("请在 If-Match 头里带上读到的 ETag。")


class VersionStale(RegistryError):
    """Somebody changed it after it was read."""

    status = 412
    message = N_("读取之后已被他人改过，请重新读取再改。")


class SeenOldVersion(Conflict):
    """What was sent rests on a version that is no longer the present one."""


@dataclass(frozen=True)
class Caller:
    """Who calls: the person as the actor of today, within the token's unit, and what the token was made for."""

    user_id: int
    #: The part of the token that may be seen.
    token: str
    actor: Actor
    scopes: frozenset[Scope]


class AnsweredMeanwhile(Exception):
    """The same call ended while this one waited for its turn."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


def caller() -> Caller:
    """Return who calls. Raises TokenMissing and what the recogniser raises."""
    if "caller" not in g:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token:
            raise TokenMissing
        g.caller = current_app.extensions[RECOGNISE](token.strip())
    return cast("Caller", g.caller)


def actor() -> Actor:
    """Return who acts."""
    return caller().actor


def api_requires(permission: Permission, *, scope: Scope) -> Callable[[View[P]], View[P]]:
    """Let a call through whose person holds the permission and whose token the scope; a repeated one is answered."""

    def guard(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
            me = caller()
            if scope not in me.scopes:
                raise ScopeMissing(scope=scope.value)
            if not may(me.actor, permission):
                raise Forbidden
            if any("\x00" in str(value) for value in kwargs.values()):
                raise Missing  # no database keeps such a name, and PostgreSQL will not even look for it
            try:
                return cast("Response", _answered_before() or view(*args, **kwargs))
            except AnsweredMeanwhile as done_already:
                return _replayed(done_already.answer)

        guarded.permission, guarded.scope = permission, scope  # type: ignore[attr-defined]
        return guarded

    return guard


def check_unit(permission: Permission, region_code: str) -> None:
    """Raise Forbidden unless the caller holds the permission in the unit that a body names."""
    if not may(actor(), permission, region_code):
        raise Forbidden


# ---- Once per key


def _key() -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyMissing
    return key


def _digest() -> str:
    """Return the digest of a call: address, fields, files, and a body that is no form."""
    plain = b"" if request.form or request.files else request.get_data()
    return hashlib.sha256(b"\x1f".join((body_digest().encode(), request.query_string, plain))).hexdigest()


def _earlier() -> str | None:
    return onetime.earlier_answer(caller().user_id, str(request.endpoint), _key(), _digest())


def _answered_before() -> Response | None:
    earlier = _earlier() if request.method == "POST" else None
    return None if earlier is None else _replayed(earlier)


def _replayed(answer: str) -> Response:
    told = json.loads(answer)
    return _reply(told["body"], told["status"], told["headers"])


@contextlib.contextmanager
def deed(*region_codes: str) -> Iterator[None]:
    """Open the one transaction of a call that writes; the same call, if it ended meanwhile, is answered instead."""
    with transaction(*region_codes):
        earlier = _earlier() if request.method == "POST" else None
        if earlier is not None:
            raise AnsweredMeanwhile(earlier)
        yield


def done(body: Body | None, status: int = 200, *, location: str = "") -> Response:
    """End a deed inside its transaction: key and answer are kept together with the effect, or not at all."""
    headers = {"Location": location} if location else {}
    if request.method == "POST":
        answer = json.dumps({"status": status, "body": body, "headers": headers}, ensure_ascii=False)
        onetime.use_key(caller().user_id, str(request.endpoint), _key(), _digest(), answer, now())
    return _reply(body, status, headers)


def told_once(answer: Response, **told: object) -> Response:
    """Add to the answer of a deed what nobody keeps: the same call sent again is answered without it."""
    answer.set_data(json.dumps({**json.loads(answer.get_data()), **told}, ensure_ascii=False))
    return answer


def sending_key() -> str:
    """Return a name for this attempt that no other person's attempt has."""
    return f"{caller().user_id}:{_key()}"


# ---- Versions


def etag_of(body: Body) -> str:
    """Return the strong validator of a representation: its version, and a digest of what else it says."""
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return f"{body['version']}-{hashlib.sha256(plain.encode()).hexdigest()[:16]}"


def check_match(body: Body, *, needed: bool = True) -> None:
    """Raise unless the caller has seen this representation: VersionMissing, VersionStale."""
    if not request.headers.get("If-Match"):
        if needed:
            raise VersionMissing
        return
    if not request.if_match.is_strong(etag_of(body)):
        raise VersionStale


def check_seen(version: int, version_id: int) -> None:
    """Raise SeenOldVersion unless what the caller decides on is as they read it."""
    if version != version_id:
        raise SeenOldVersion(field="version")


# ---- Answers


def shown(body: Body, after: str | None = None) -> Response:
    """Answer with one thing; ``after`` is where a long one goes on."""
    return _reply(body, 200, _next(after))


def _reply(body: Body | None, status: int, headers: Mapping[str, str]) -> Response:
    response = Response(status=status) if body is None else jsonify(body)
    response.status_code = status
    response.headers.update(headers)
    if body is not None and "version" in body:
        response.set_etag(etag_of(body))
    return response


def listed(items: Sequence[Body], after: str | None = None) -> Response:
    """Answer with a page of a list; ``after`` is where the next one begins, None at the end."""
    return _reply({"items": list(items)}, 200, _next(after))


def _next(after: str | None) -> dict[str, str]:
    """Return the header that leads to the next page."""
    if after is None:
        return {}
    values: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {}), "after": after}
    return {"Link": f'<{url_for(str(request.endpoint), **values)}>; rel="next"'}
