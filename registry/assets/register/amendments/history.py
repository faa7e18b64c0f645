"""Facts from before go-live (历史补录) and remarks: entered by one person, history confirmed by another."""

from dataclasses import dataclass
from datetime import date

from registry.assets.register.amendments.models import Comment, LegacyFact
from registry.assets.register.amendments.rules import LegacyKind, NotDecidable
from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.models import Asset
from registry.assets.register.rules import check_legacy, check_second_person
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Invalid
from registry.permissions import Actor
from registry.places.queries import go_live_of
from registry.text import N_


@dataclass(frozen=True)
class PastFact:
    """A fact from before go-live, with its document."""

    kind: LegacyKind
    fact_on: date
    document_no: str
    note: str
    amount_fen: int | None = None


def add_legacy(asset: Asset, fact: PastFact, *, by: Actor) -> LegacyFact:
    """Enter a fact of the past; it waits for a second person. Raises AfterGoLive, GoLiveUnknown."""
    row = add_legacy_row(asset, fact, by=by)
    record(Action.LEGACY_ENTERED, asset, by=by, reason=fact.document_no)
    return row


def add_legacy_row(asset: Asset, fact: PastFact, *, by: Actor) -> LegacyFact:
    """Add the row of a fact of the past; the caller records, so that an import writes one event for many."""
    check_legacy(fact.fact_on, go_live_of(asset.region_code))
    if not fact.document_no.strip() and not fact.note.strip():
        raise Invalid(N_("历史补录要写文号或说明依据。"), field="document_no")
    row = LegacyFact(
        asset_id=asset.id, region_code=asset.region_code, kind=fact.kind.value, fact_on=fact.fact_on,
        document_no=fact.document_no, note=fact.note, amount_fen=fact.amount_fen, entered_by_id=by.id, entered_at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def confirm_legacy(fact: LegacyFact, asset: Asset, *, by: Actor) -> None:
    """Confirm an entry of history as its second person."""
    check_second_person(fact.entered_by_id, by)
    if fact.confirmed_at is not None:
        raise NotDecidable
    fact.confirmed_by_id, fact.confirmed_at = by.id, now()
    record(Action.LEGACY_CONFIRMED, asset, by=by, reason=fact.document_no)


def add_comment(asset: Asset, body: str, *, by: Actor) -> Comment:
    """Add a remark; it changes nothing and is never removed."""
    if not body.strip():
        raise Invalid(N_("请写批注内容。"), field="body")
    comment = Comment(
        asset_id=asset.id,
        region_code=asset.region_code,
        body=body.strip(),
        by_id=by.id,
        by_text=signature(by),
        at=now(),
    )
    db.session.add(comment)
    record(Action.COMMENTED, asset, by=by)
    return comment
