"""Entering what weighs on an asset, and lifting it."""

from datetime import date

from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.models import Asset
from registry.assets.register.categories import TitleStatus
from registry.assets.register.rights.queries import list_title_changes
from registry.assets.register.rights.services import set_title
from registry.assets.title.encumbrances.models import Encumbrance
from registry.assets.title.encumbrances.queries import list_encumbrances
from registry.assets.title.encumbrances.rules import (
    DISPUTES,
    AlreadyLifted,
    EncumbranceFacts,
    EncumbranceKind,
    check_encumbrance,
    check_lift,
)
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.permissions import Actor


def add_encumbrance(asset: Asset, facts: EncumbranceFacts, *, by: Actor, on: date) -> Encumbrance:
    """Enter what weighs on an asset; a dispute shows on the card too. Raises what check_encumbrance raises."""
    check_encumbrance(facts, on=on)
    row = Encumbrance(
        asset_id=asset.id, region_code=asset.region_code, kind=facts.kind.value, holder=facts.holder.strip(),
        document_no=facts.document_no.strip(), note=facts.note.strip(), valid_from=facts.valid_from,
        valid_to=facts.valid_to, entered_by_id=by.id, entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip
    db.session.add(row)
    if facts.kind in DISPUTES:
        set_title([asset], TitleStatus.DISPUTED, on=on)
    record(Action.ENCUMBERED, asset, by=by, reason=facts.document_no.strip())
    return row


def lift_encumbrance(row: Encumbrance, asset: Asset, document_no: str, *, lifted_on: date, by: Actor, on: date) -> None:
    """End what weighs on an asset; when the last dispute is settled, title is where it was before."""
    if row.lifted_document:
        raise AlreadyLifted(day=(row.valid_to or on).isoformat())
    check_lift(row.valid_from, lifted_on, document_no, on=on)
    row.valid_to, row.lifted_document, row.lifted_by_text = lifted_on, document_no.strip(), signature(by)
    db.session.flush()
    left = {EncumbranceKind(one.kind) for one in list_encumbrances(asset.id, on)}
    if asset.title_status == TitleStatus.DISPUTED and not left & DISPUTES:
        set_title([asset], _settled(asset), on=on)
    record(Action.ENCUMBRANCE_LIFTED, asset, by=by, reason=document_no.strip())


def _settled(asset: Asset) -> TitleStatus:
    """Return how far title was before it came into dispute; of an imported dispute only the certificate tells."""
    disputed = [one for one in list_title_changes([asset.id]) if one.new_status == TitleStatus.DISPUTED]
    if disputed:
        return TitleStatus(disputed[-1].title_status)
    return TitleStatus.CONFIRMED if asset.certificate_number else TitleStatus.UNCONFIRMED
