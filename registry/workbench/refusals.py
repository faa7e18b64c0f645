"""How the product says no: one page for every refusal, and an event for every access denied."""

from collections.abc import Mapping, Sequence

import structlog
from flask import Flask, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from registry.audit.actions import Action, Outcome
from registry.audit.events import Thing
from registry.audit.services import record
from registry.database import request_id, transaction, undo_reads, why_read_only
from registry.errors import Conflict, RegistryError
from registry.permissions import Actor, Permission
from registry.rest.problems import Fault, faults_in, faults_of, is_api, problem, problem_name, status_name
from registry.text import N_
from registry.web import local_path, say
from registry.workbench import retyping

log = structlog.get_logger()

TITLES = {
    400: N_("请求没有看懂"),
    401: N_("没有登录"),
    403: N_("没有权限"),
    404: N_("没有找到"),
    405: N_("这个地址不能这样访问"),
    409: N_("现在还不能办"),
    412: N_("版本已过期"),
    413: N_("文件太大"),
    415: N_("内容类型不对"),
    422: N_("内容需要修改"),
    428: N_("没有说明版本"),
    429: N_("请稍候再试"),
    500: N_("系统出错了"),
    503: N_("暂时不能写入"),
}
#: What a conflict that says no more than that is called.
FASTER = N_("已被他人修改")
MESSAGES = {
    400: N_("这次没有办理。页面可能是重新登录以前打开的，请返回上一页刷新后再试。"),
    403: N_("这件事不在您的职责范围内。如需办理，请联系本单位管理员。"),
    404: N_("地址不对，或者不在您的管辖范围内。"),
    405: N_("请从页面上的按钮进入。"),
    413: N_("文件超过上限，请压缩或分成几份再传。"),
    415: N_("请求正文要用接口说明里写的内容类型。"),
    422: N_("填写的内容有问题，请按提示修改。"),
    500: N_("不是您的操作问题，没有写入任何数据。请把下面的编号告诉管理员。"),
    503: N_("系统正忙或处于只读状态，请稍后再试，填写的内容还在。"),
}


def register(app: Flask) -> None:
    """Attach the refusal pages."""
    retyping.register(app)
    app.register_error_handler(RegistryError, _refused)
    app.register_error_handler(StaleDataError, lambda _error: _refused(Conflict()))
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(CSRFError, lambda _error: retyping.given_back() or answer(400))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _refused(error: RegistryError) -> ResponseReturnValue:
    undo_reads()
    if error.status == 403:
        _remember_denial(str(error))
    if error.status >= 500:
        log.error("refused", error=type(error).__name__, text=str(error))
    if not is_api():
        return answer(error.status, say(error), FASTER if type(error) is Conflict else "")
    wait = {"Retry-After": str(error.params["seconds"])} if "seconds" in error.params else {}
    return _problem(error.status, problem_name(error), say(error), faults_of(error), wait)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.response is not None:
        return error
    if is_api():
        faults = faults_in(getattr(error, "data", {}).get("messages", {}))
        allowed = {"Allow": ", ".join(error.valid_methods or ())} if isinstance(error, MethodNotAllowed) else {}
        return _problem(error.code, status_name(error.code), "", faults, allowed)
    return answer(error.code) if error.code in TITLES else error


def _busy(error: OperationalError) -> ResponseReturnValue:
    undo_reads()
    log.error("database", error=str(error.orig))
    return answer(503)


def _broken(error: Exception) -> ResponseReturnValue:
    undo_reads()
    log.exception("broken", error=type(error).__name__)
    return answer(500)


def answer(status: int, message: str = "", title: str = "") -> ResponseReturnValue:
    """Show the page of a refusal; a program gets the same as problem details."""
    if is_api():
        return _problem(status, status_name(status), message)
    g.refused = status
    text = message or gettext(MESSAGES.get(status, MESSAGES[500]))
    back = local_path(request.referrer.removeprefix(request.host_url[:-1]) if request.referrer else "")
    values = {
        "status": status,
        "title": gettext(title or TITLES[status]),
        "message": text,
        "request_id": request_id.get(),
    }
    return render_template("errors/error.html", back_url=back or url_for("workbench.home"), **values), status


def _problem(
    status: int, name: str, text: str, faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    title = gettext(TITLES.get(status, TITLES[400]))
    detail = text or gettext(MESSAGES.get(status, MESSAGES[400]))
    return problem(status, name, title=title, detail=detail, faults=faults, headers=headers)


def _denied() -> Actor | None:
    """Return who was denied access: the caller of the API, or who is signed in."""
    if is_api():
        return g.caller.actor if "caller" in g else None
    return current_user.actor if current_user.is_authenticated else None


def _remember_denial(text: str) -> None:
    by = _denied()
    if by is None or why_read_only():
        return
    thing = Thing("page", str(request.endpoint)[:40], by.unit_code)
    view = current_app.view_functions.get(str(request.endpoint))
    personal = getattr(view, "permission", None) is Permission.REVEAL_PERSONAL
    action = Action.REVEAL_DENIED if personal else Action.ACCESS_DENIED
    with transaction(by.unit_code):
        record(action, thing, by=by, outcome=Outcome.REFUSED, facts={"path": request.path, "text": text})
