"""Signing in and out, and one's own security."""

from datetime import timedelta

import segno
from flask import Blueprint, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from registry import config
from registry.accounts.forms import ActForm, CodeForm, PasswordForm, SignInForm
from registry.accounts.models import User
from registry.accounts.passwords import password_matches, totp_matches, totp_uri
from registry.accounts.queries import find_user, list_grants, list_sessions
from registry.accounts.services import change_password, fresh_second_factor, second_factor_secret, set_second_factor
from registry.accounts.sessions import check_throttle, close_session, load_session, note_failure, open_session
from registry.accounts.signed_in import SignedIn, mark_pages_of, visitor
from registry.audit.actions import Action
from registry.clock import now, today
from registry.database import db, transaction
from registry.errors import Invalid
from registry.permissions import Permission
from registry.text import N_
from registry.web import actor, finish, local_path, open_to_all, page, requires

blueprint = Blueprint("accounts", __name__)
PENDING_MINUTES = 10


@blueprint.route("/login", methods=["GET", "POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    """Ask for user name and password; those with a second factor go on to the code."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("workbench.home"))
    form = SignInForm()
    if not form.validate_on_submit():
        return page("accounts/sign_in.html", form, next=request.values.get("next", ""))
    username = form.username.data.strip().lower()
    check_throttle(username, visitor().address)
    user = find_user(username)
    if (
        not password_matches(user.password_hash if user and not user.disabled_at else "", form.password.data)
        or not user
    ):
        with transaction(config.current().municipality, *([user.region_code] if user else [])):
            note_failure(username, find_user(username), visitor())
        form.refuse(Invalid(N_("用户名或密码不对。忘记密码请找本单位系统管理员重置。")))
        return page("accounts/sign_in.html", form, next=request.values.get("next", ""))
    target = local_path(request.values.get("next", ""))
    if user.totp_secret:
        session["pending"] = {"user": user.id, "until": (now() + timedelta(minutes=PENDING_MINUTES)).isoformat()}
        return redirect(url_for("accounts.second_factor", next=target), 303)
    return _let_in(user.id, user.region_code, target)


@blueprint.route("/login/code", methods=["GET", "POST"])
@open_to_all
def second_factor() -> ResponseReturnValue:
    """Ask for the six digits after the password was right."""
    pending = session.get("pending") or {}
    user = db.session.get(User, pending.get("user", 0))
    if user is None or pending.get("until", "") < now().isoformat():
        return redirect(url_for("accounts.sign_in"))
    form = CodeForm()
    if not form.validate_on_submit():
        return page("accounts/code.html", form, next=request.values.get("next", ""))
    check_throttle(user.username, visitor().address)
    if totp_matches(second_factor_secret(user), form.code.data):
        return _let_in(user.id, user.region_code, local_path(request.values.get("next", "")))
    with transaction(config.current().municipality, user.region_code):
        note_failure(user.username, db.session.get(User, pending["user"]), visitor())
    form.refuse(Invalid(N_("动态口令不对。请核对手机时间，再输入最新的 6 位数字。"), field="code"))
    return page("accounts/code.html", form, next=request.values.get("next", ""))


def _let_in(user_id: int, region_code: str, target: str) -> ResponseReturnValue:
    with transaction(region_code):
        user = db.session.get(User, user_id)
        if user is None:
            abort(404)
        token = open_session(user, visitor())
    live = load_session(token)
    if live is None:
        abort(403)
    session.clear()  # a new identity starts with a new cookie and a new CSRF token
    session.permanent = True
    mark_pages_of(user_id)
    login_user(SignedIn(live, token))
    return redirect(target or url_for("workbench.home"), 303)


@blueprint.post("/logout")
@requires(Permission.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """End this session."""
    with transaction(actor().unit_code):
        close_session(current_user.live.id, by=actor())
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.get("/me")
@requires(Permission.OWN_ACCOUNT)
def me() -> ResponseReturnValue:
    """Show one's own grants, security and sessions."""
    since = now() - timedelta(minutes=config.current().session_idle_minutes)
    return page(
        "accounts/me.html",
        ActForm(),
        grants=list_grants(current_user.id, today()),
        sessions=list_sessions(current_user.id, since),
        here=current_user.live.id,
    )


@blueprint.post("/me/sessions/<int:session_id>/end")
@requires(Permission.OWN_ACCOUNT)
def end_session(session_id: int) -> ResponseReturnValue:
    """End another of one's own sessions."""
    with transaction(actor().unit_code):
        close_session(session_id, by=actor(), action=Action.SESSION_ENDED)
        return finish(url_for("accounts.me"), _("已退出那台设备。"))


@blueprint.route("/me/password", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def password() -> ResponseReturnValue:
    """Set a new password; other devices are signed out."""
    form = PasswordForm()
    if form.validate_on_submit():
        user = db.session.get_one(User, current_user.id)
        with form.guard():
            _check_own_password(user, form)
            with transaction(actor().unit_code):
                user = db.session.get_one(User, current_user.id)
                change_password(user, form.password.data, by=actor(), keep_session=current_user.live.id)
                return finish(url_for("accounts.me"), _("密码已修改，其他设备已退出。"))
    return page("accounts/password.html", form)


def _check_own_password(user: User, form: PasswordForm) -> None:
    if form.password.data != form.again.data:
        raise Invalid(N_("两次输入的新密码不一样。"), field="again")
    if not password_matches(user.password_hash, form.current.data):
        raise Invalid(N_("现在的密码不对。"), field="current")


@blueprint.route("/me/second-factor", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def enrol() -> ResponseReturnValue:
    """Offer a secret for the authenticator app and check its first code."""
    secret = session.setdefault("totp", fresh_second_factor())
    form = CodeForm()
    if form.validate_on_submit():
        with form.guard(), transaction(actor().unit_code):
            set_second_factor(db.session.get_one(User, current_user.id), secret, form.code.data, by=actor())
            session.pop("totp")
            return finish(url_for("accounts.me"), _("动态口令已设置，下次登录要输入 6 位数字。"))
    qr = segno.make(totp_uri(secret, current_user.live.username, "FPA")).svg_data_uri(scale=4)
    return page("accounts/enrol.html", form, secret=secret, qr=qr)
