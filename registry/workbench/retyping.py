"""Nothing typed is lost: what a stranger sent, or what lay too long, is given back to be sent on."""

from flask import Flask, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_login.utils import login_url

from registry.web import sent_fields

#: Forms of these hold passwords, which are never written back.
_SECRET = frozenset({"accounts", "operations"})
SIGN_IN = "accounts.sign_in"


def register(app: Flask) -> None:
    """Ask strangers to sign in: whoever looks is sent on, whoever sent something keeps it."""
    app.login_manager.unauthorized_handler(_ask_sign_in)  # type: ignore[attr-defined]


def _ask_sign_in() -> ResponseReturnValue:
    return given_back() or redirect(login_url(SIGN_IN, next_url=request.url))


def given_back() -> ResponseReturnValue | None:
    """Return the page that holds what was sent, with a fresh mark of its own; None where nothing may be given back.

    Only what a page of ours sent is: a form of somebody else's must not get a mark that lets it through.
    """
    fields = sent_fields()
    if request.method != "POST" or not fields or request.blueprint in _SECRET or not _is_ours():
        return None
    view = current_app.view_functions[str(request.endpoint)]
    is_stranger = getattr(view, "permission", None) is not None and not current_user.is_authenticated
    return render_template("errors/retype.html", kept=fields, is_stranger=is_stranger), 401 if is_stranger else 400


def _is_ours() -> bool:
    sender = request.headers.get("Origin") or request.referrer or ""
    return sender.partition("://")[2].partition("/")[0] == request.host
