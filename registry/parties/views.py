"""Showing a holder's personal data whole: with a reason, once, and never without a trace."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from registry.database import transaction
from registry.parties import services
from registry.parties.forms import RevealForm
from registry.parties.queries import get_party, masked_of
from registry.permissions import Permission
from registry.sealing import REVEALS_A_DAY
from registry.web import actor, finish, local_path, page, requires

blueprint = Blueprint("parties", __name__)


@blueprint.route("/holders/<int:party_id>/reveal", methods=["GET", "POST"])
@requires(Permission.REVEAL_PERSONAL, proof=True)
def reveal(party_id: int) -> ResponseReturnValue:
    """Ask why, then show what is sealed; sent a second time the form leads back and shows nothing."""
    party, form, data = get_party(party_id, actor(), Permission.REVEAL_PERSONAL), RevealForm(), None
    back = local_path(request.values.get("next", "")) or url_for("workbench.home")
    if form.validate_on_submit():
        with form.guard():
            with transaction(party.region_code):
                finish(back)
                shown = services.reveal(party_id, reason=form.reason.data.strip(), by=actor())
            data = shown
    return page(
        "parties/reveal.html",
        form,
        name=party.name,
        region=party.region_code,
        data=data or masked_of(party),
        whole=data is not None,
        back=back,
        most=REVEALS_A_DAY,
    )
