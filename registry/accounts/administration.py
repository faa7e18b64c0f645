"""Pages of the administrators: the system administrator keeps accounts, the security administrator grants roles."""

from datetime import date

from flask import Blueprint, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.admin_forms import EditUserForm
from registry.accounts.forms import ActForm, GrantForm, ReasonForm, UserForm
from registry.accounts.models import User
from registry.accounts.queries import (
    PAGE_ROWS,
    get_administered_unit,
    get_grant_in_scope,
    get_user_in_scope,
    list_able,
    list_grants,
    list_users,
)
from registry.accounts.services import (
    change_user,
    disable_user,
    enable_user,
    end_grant,
    grant_role,
    issue_account,
    reset_password,
)
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.permissions import Permission, reaches
from registry.places.queries import find_region_in_scope, full_name
from registry.web import actor, finish, page, requires, row_number

blueprint = Blueprint("administration", __name__)


def _people(template: str, permission: Permission) -> ResponseReturnValue:
    text = request.args.get("q", "").strip()[:40]
    found = list_users(actor(), permission, text, after=row_number("after"), before=row_number("before"))
    return page(template, found=found, text=text, page_rows=PAGE_ROWS, today=today())


def _person(user_id: int, permission: Permission) -> User:
    return get_user_in_scope(user_id, actor(), permission)


@blueprint.get("/admin/users")
@requires(Permission.USER_MANAGE)
def users() -> ResponseReturnValue:
    """List accounts."""
    return _people("administration/users.html", Permission.USER_MANAGE)


@blueprint.route("/admin/users/new", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def new_user() -> ResponseReturnValue:
    """Make an account; its first password is shown once, on the next page."""
    form = UserForm()
    if form.validate_on_submit():
        with form.guard():
            unit_code = get_administered_unit(form.unit_code.data, actor(), Permission.USER_MANAGE)
            with transaction(unit_code):
                user, code = issue_account(form.to_user(), by=actor())
                session["first_password"] = {"user": user.id, "code": code}
                return finish(url_for("administration.user", user_id=user.id), _("账号已新增。"))
    return page("administration/new_user.html", form)


@blueprint.get("/admin/users/<int:user_id>")
@requires(Permission.USER_MANAGE)
def user(user_id: int) -> ResponseReturnValue:
    """Show an account, and once its first password."""
    found = _person(user_id, Permission.USER_MANAGE)
    first = session.pop("first_password", None) or {}
    code = first["code"] if first.get("user") == user_id else ""
    return page("administration/user.html", ActForm(), user=found, code=code)


@blueprint.route("/admin/users/<int:user_id>/edit", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def edit_user(user_id: int) -> ResponseReturnValue:
    """Correct name, post or unit of a person."""
    found = _person(user_id, Permission.USER_MANAGE)
    form = EditUserForm(data={"name": found.name, "post": found.post, "unit_code": found.region_code})
    if form.validate_on_submit():
        with form.guard():
            code, name, post = form.unit_code.data.strip(), form.name.data, form.post.data
            with transaction(found.region_code, code):
                change_user(
                    _person(user_id, Permission.USER_MANAGE), name, post, code, reason=form.reason.data, by=actor()
                )
                return finish(url_for("administration.user", user_id=user_id), _("已修改，角色没有变。"))
    return page("administration/edit_user.html", form, user=found)


@blueprint.post("/admin/users/<int:user_id>/reset")
@requires(Permission.USER_MANAGE)
def reset(user_id: int) -> ResponseReturnValue:
    """Give a person a new first password."""
    with transaction(_person(user_id, Permission.USER_MANAGE).region_code):
        code = reset_password(_person(user_id, Permission.USER_MANAGE), by=actor())
        session["first_password"] = {"user": user_id, "code": code}
        return finish(url_for("administration.user", user_id=user_id), _("密码已重置，原来的登录全部退出。"))


@blueprint.route("/admin/users/<int:user_id>/disable", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def disable(user_id: int) -> ResponseReturnValue:
    """Close an account."""
    found = _person(user_id, Permission.USER_MANAGE)
    form = ReasonForm()
    if form.validate_on_submit():
        with form.guard(), transaction(found.region_code):
            disable_user(_person(user_id, Permission.USER_MANAGE), reason=form.reason.data, by=actor())
            return finish(url_for("administration.user", user_id=user_id), _("账号已停用，已登录的设备马上退出。"))
    return page("administration/disable.html", form, user=found)


@blueprint.route("/admin/users/<int:user_id>/enable", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def enable(user_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    found = _person(user_id, Permission.USER_MANAGE)
    form = ReasonForm()
    if form.validate_on_submit():
        with form.guard(), transaction(found.region_code):
            enable_user(_person(user_id, Permission.USER_MANAGE), reason=form.reason.data, by=actor())
            return finish(url_for("administration.user", user_id=user_id), _("账号已恢复。"))
    return page("administration/enable.html", form, user=found)


@blueprint.get("/admin/grants")
@requires(Permission.GRANT_MANAGE)
def grants() -> ResponseReturnValue:
    """List people whose roles the security administrator keeps."""
    return _people("administration/grants.html", Permission.GRANT_MANAGE)


@blueprint.route("/admin/grants/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.GRANT_MANAGE)
def person(user_id: int) -> ResponseReturnValue:
    """Show what a person may do and could do, and give a role."""
    found = _person(user_id, Permission.GRANT_MANAGE)
    form = GrantForm()
    if form.validate_on_submit():
        with form.guard(), transaction(form.to_grant().region_code):
            grant_role(user_id, form.to_grant(), on=form.valid_from.data, basis=form.basis.data, by=actor())
            return finish(url_for("administration.person", user_id=user_id), _("角色已授予，从生效日起可用。"))
    return page("administration/person.html", form, user=found, history=list_grants(user_id), today=today())


@blueprint.route("/admin/grants/entries/<int:grant_id>/end", methods=["GET", "POST"])
@requires(Permission.GRANT_MANAGE)
def withdraw_grant(grant_id: int) -> ResponseReturnValue:
    """End a grant after today."""
    grant = get_grant_in_scope(grant_id, actor())
    form = ReasonForm()
    if form.validate_on_submit():
        with form.guard(), transaction(grant.region_code):
            row = end_grant(grant_id, on=today(), reason=form.reason.data, by=actor())
            return finish(url_for("administration.person", user_id=row.user_id), _("角色已收回，明天起失效。"))
    return page("administration/end_grant.html", form, grant=grant, today=today())


@blueprint.get("/admin/able")
@requires(Permission.GRANT_MANAGE)
def able() -> ResponseReturnValue:
    """Answer who could do what, where, on which day."""
    top = reaches(actor(), Permission.GRANT_MANAGE)[0].codes.low
    region = find_region_in_scope(request.args.get("region", "").strip() or top, actor(), Permission.GRANT_MANAGE)
    wanted = request.args.get("permission", Permission.ASSET_CONFIRM.value)
    if region is None or wanted not in set(Permission):
        raise Missing
    on, code = _day(request.args.get("on", "")), region.region_code
    rows = list_able(Permission(wanted), code, on)
    return page(
        "administration/able.html",
        rows=rows,
        permission=wanted,
        region=code,
        unit=full_name(code, without_top=False),
        on=on,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        raise Missing from None
