"""Nothing typed is lost: what was sent without a valid mark is given back, to be looked at and sent on."""

import inspect
from collections.abc import Callable, Sequence
from enum import StrEnum

from flask import Flask, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString
from flask_login import current_user
from flask_login.utils import login_url
from flask_wtf.csrf import generate_csrf

from registry.accounts.signed_in import MARK, opener_of
from registry.web import PROOF, BaseForm, sent_fields

#: Nothing is given back of these forms: they are about passwords.
_SECRET_FORMS = frozenset({"accounts", "operations"})
#: What stands in fields of these names is never written back, whatever form they are in.
SECRET_FIELDS = frozenset({"password", "current", "code", "setup_code", "proof", PROOF})
#: What a form carries for itself, which nobody typed.
_UNTYPED = frozenset({"one_time_key", "version", "next"})
SIGN_IN = "accounts.sign_in"


class Opener(StrEnum):
    """For whom the page of a form was opened that was sent without a valid mark."""

    STRANGER = "stranger"
    SELF = "self"
    OTHER = "other"
    UNKNOWN = "unknown"


_STATUS = {Opener.STRANGER: 401, Opener.SELF: 400, Opener.OTHER: 403, Opener.UNKNOWN: 400}


def register(app: Flask) -> None:
    """Ask strangers to sign in: whoever looks is sent on, whoever sent something keeps it."""
    app.login_manager.unauthorized_handler(_ask_sign_in)  # type: ignore[attr-defined]


def _ask_sign_in() -> ResponseReturnValue:
    return given_back() or redirect(login_url(SIGN_IN, next_url=request.url))


def given_back() -> ResponseReturnValue | None:
    """Return the page that holds what was sent, to be sent on; None where nothing may be given back.

    Only what a page of ours sent is: a form of somebody else's must not get a mark that lets it through. Nor does
    what one person filled in get a mark of another's, who would sign for it.
    """
    sent = sent_fields()
    if request.method != "POST" or not sent or request.blueprint in _SECRET_FORMS or not _is_ours():
        return None
    kept = [(name, value) for name, value in sent if name not in SECRET_FIELDS]
    view = current_app.view_functions[str(request.endpoint)]
    opener = _opener(needs_sign_in=getattr(view, "permission", None) is not None)
    shown = {
        "opener": opener,
        "mark": _mark_for(opener),
        "kept": kept,
        # It may be about a villager, whom not everybody who signs in here may know of.
        "typed": [] if opener is Opener.OTHER else _typed(kept, view),
        "lost": any(value for name, value in sent if name in SECRET_FIELDS),
    }
    return render_template("errors/retype.html", **shown), _STATUS[opener]


def _opener(*, needs_sign_in: bool) -> Opener:
    if not current_user.is_authenticated:
        return Opener.STRANGER if needs_sign_in else Opener.UNKNOWN
    known = opener_of(request.form.get(MARK, ""))
    if known is None:
        return Opener.UNKNOWN
    return Opener.SELF if known == current_user.id else Opener.OTHER


def _mark_for(opener: Opener) -> str:
    """Return the mark with which the form may go on; a stranger's keeps the one that says who opened its page."""
    if opener is Opener.OTHER:
        return ""
    sent = request.form.get(MARK, "")
    return sent if opener is Opener.STRANGER and opener_of(sent) is not None else str(generate_csrf())


def _typed(kept: Sequence[tuple[str, str]], view: Callable[..., object]) -> list[tuple[str, str, bool]]:
    """Return what somebody typed or chose as lines of a list, under the names that the form's page gives it."""
    labels = _labels(frozenset(name.partition("-")[0] for name, _value in kept), view)
    told = ((name, value) for name, value in kept if value.strip() and name not in _UNTYPED)
    return [(labels.get(name.partition("-")[0], name), value, True) for name, value in told]


def _labels(names: frozenset[str], view: Callable[..., object]) -> dict[str, str]:
    """Return the labels of the form that fits best what was sent, of those that the view's file knows."""
    known = inspect.unwrap(view).__globals__.values()
    forms = [one for one in known if isinstance(one, type) and issubclass(one, BaseForm)]
    best = max(forms, key=lambda one: sum(hasattr(one, name) for name in names), default=BaseForm)
    given = {name: getattr(getattr(best, name, None), "args", ()) for name in names}
    texts = {name: [str(one) for one in args if isinstance(one, (str, LazyString))] for name, args in given.items()}
    return {name: found[0] for name, found in texts.items() if found}


def _is_ours() -> bool:
    sender = request.headers.get("Origin") or request.referrer or ""
    return sender.partition("://")[2].partition("/")[0] == request.host
