"""Pages of a person's own tokens for programs."""

from datetime import timedelta

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm, TokenForm
from registry.accounts.models import ApiToken
from registry.accounts.rules import MAX_TOKEN_DAYS, USUAL_TOKEN_DAYS, token_holds
from registry.accounts.tokens import create_token, list_tokens, region_of_token, revoke_token
from registry.clock import today
from registry.database import transaction
from registry.permissions import Permission
from registry.token_scopes import Scope
from registry.web import actor, finish, page, requires

blueprint = Blueprint("tokens", __name__)


@blueprint.route("/me/tokens", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT, proof=True)
def index() -> ResponseReturnValue:
    """Show one's tokens and make another; it is shown whole this once, and not when the form is sent again."""
    form, shown = TokenForm(), ""
    if form.validate_on_submit():
        with form.guard():
            with transaction(actor().unit_code):
                finish(url_for("tokens.index"))
                made = create_token(form.to_facts(), by=actor(), on=today())
            shown = made
    elif not form.is_submitted():
        form.unit_code.data, form.expires_on.data = actor().unit_code, today() + timedelta(days=USUAL_TOKEN_DAYS)
    return page(
        "accounts/tokens.html",
        form,
        act=ActForm(),
        shown=shown,
        tokens=[(one, at, _holds(one)) for one, at in list_tokens(actor())],
        scope_labels={scope.value: _(scope.label) for scope in Scope},
        most_days=MAX_TOKEN_DAYS,
        allowed=not actor().is_administrator,
    )


def _holds(token: ApiToken) -> bool:
    return token_holds(token.expires_on, revoked=token.revoked_at is not None, on=today())


@blueprint.post("/me/tokens/<int:token_id>/revoke")
@requires(Permission.OWN_ACCOUNT)
def revoke(token_id: int) -> ResponseReturnValue:
    """Take back one of one's own tokens."""
    with transaction(region_of_token(token_id, actor())):
        revoke_token(token_id, by=actor())
        return finish(url_for("tokens.index"), _("令牌已撤销，用它的程序马上连不上了。"))
