"""Writing many rows in one transaction: the same cards, owners, money and sums as one by one, flushed together.

No permission and no event of its own: the caller has checked the one and records the other. Columns that stay empty
are set empty, so that the trail need not read each new row back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from registry.assets.register.amendments.history import PastFact
from registry.assets.register.amendments.models import LegacyFact
from registry.assets.register.amendments.services import ask_correction
from registry.assets.register.cards.index import index_new, summed
from registry.assets.register.cards.models import Asset, AssetOwner, AssetRelation, AssetSerial
from registry.assets.register.cards.parts import (
    RelationKind,
    add_value_change,
    fill_card,
    set_interest,
    show_money_and_owners,
)
from registry.assets.register.cards.services import RegionEnded, next_number, serial_prefix
from registry.assets.register.projects.rules import ProjectFacts
from registry.assets.register.projects.services import add_project_rows
from registry.assets.register.registration import OwnerFact, Registration, Stage, ValueKind
from registry.assets.register.rules import check_legacy, check_registration, poverty_fund_fen
from registry.assets.register.sheets.planning import Key, Planned, Twin, thing_of
from registry.assets.register.sheets.queries import asset_twins, project_twins
from registry.clock import now
from registry.database import db
from registry.errors import Conflict, RegistryError
from registry.parties.models import Party
from registry.parties.rules import PartyFacts
from registry.parties.services import ensure_party
from registry.permissions import Actor
from registry.places.models import Region
from registry.places.queries import go_live_of
from registry.text import N_

MAX_NOTE = 500
#: Who is meant by an owner in a unit.
Parties = Mapping[tuple[str, OwnerFact], Party]


class EnteredMeanwhile(Conflict):
    """The same thing was entered between the precheck and the import."""

    message = N_("预检以后有人登记了同样的一项，这一行没有导入。")


@dataclass(slots=True)
class Written:
    """What became of the rows of one transaction."""

    added: int = 0
    corrected: int = 0
    refused: list[tuple[int, RegistryError]] = field(default_factory=list)


@dataclass(frozen=True)
class Deed:
    """Who writes, on which day, for which batch."""

    by: Actor
    on: date
    batch_id: int
    file_name: str = ""


def write_rows(rows: Sequence[Planned], deed: Deed) -> Written:
    """Write planned rows; what has become a duplicate, or is refused by a rule by now, is left out with its reason."""
    written = Written()
    fresh = _not_entered_meanwhile([row for row in rows if not row.number], deed, written)
    assets = [row for row in fresh if isinstance(row.facts, Registration)]
    _add_assets(_allowed(assets, deed, written), deed, written)
    for row in fresh:
        if isinstance(row.facts, ProjectFacts):
            _add_project(row, row.facts, deed, written)
    for row in rows:
        if row.number:
            _correct(row, deed, written)
    return written


def _not_entered_meanwhile(rows: Sequence[Planned], deed: Deed, written: Written) -> list[Planned]:
    things = {row.row: thing_of(row.facts) for row in rows}
    keys = {key for key, _ in things.values()}
    projects = any(not isinstance(row.facts, Registration) for row in rows)
    known = (project_twins if projects else asset_twins)(keys, besides=deed.batch_id)
    kept = []
    for row in rows:
        if _has_twin(known, *things[row.row]):
            written.refused.append((row.row, EnteredMeanwhile()))
        else:
            kept.append(row)
    return kept


def _has_twin(known: Mapping[Key, Iterable[Twin]], key: Key, value_fen: int) -> bool:
    return any(twin.value_fen == value_fen for twin in known.get(key, ()))


def _add_project(row: Planned, facts: ProjectFacts, deed: Deed, written: Written) -> None:
    try:
        add_project_rows(facts, batch_id=deed.batch_id)
    except RegistryError as refused:
        written.refused.append((row.row, refused))
    else:
        written.added += 1


def _correct(row: Planned, deed: Deed, written: Written) -> None:
    """Make one correction; it records itself, for it has its own reason and may wait for the level above."""
    asset = db.session.scalar(select(Asset).where(Asset.asset_no == row.number))
    if asset is None or not isinstance(row.facts, Registration):
        return
    reason = N_("批量导入“%(file)s”第 %(row)d 行") % {"file": deed.file_name, "row": row.row}
    try:
        ask_correction(asset, row.facts, reason=reason, by=deed.by, on=deed.on, batch_id=deed.batch_id)
    except RegistryError as refused:
        written.refused.append((row.row, refused))
    else:
        written.corrected += 1


def _allowed(rows: Sequence[Planned], deed: Deed, written: Written) -> list[tuple[Planned, Registration]]:
    """Return the rows that the card's rules still admit, in units that still stand."""
    codes = {row.facts.region_code for row in rows}
    regions = {one.region_code: one for one in db.session.scalars(select(Region).where(Region.region_code.in_(codes)))}
    kept = []
    for row in rows:
        facts = row.facts
        if not isinstance(facts, Registration):
            continue
        try:
            check_registration(facts, on=deed.on)
            if regions[facts.region_code].ended_on is not None:
                raise RegionEnded(field="region_code", name=regions[facts.region_code].short)
        except RegistryError as refused:
            written.refused.append((row.row, refused))
        else:
            kept.append((row, facts))
    return kept


def _add_assets(rows: Sequence[tuple[Planned, Registration]], deed: Deed, written: Written) -> None:
    go_live = {code: go_live_of(code) for code in {facts.region_code for _, facts in rows}}
    parties, serials = _parties(rows), _serials(rows)
    moment = now()
    cards: list[tuple[Asset, Planned, Registration]] = []
    for row, facts in rows:
        day = go_live[facts.region_code]
        asset = Asset(
            region_code=facts.region_code, asset_no=next_number(facts), stage=Stage.SUBMITTED.value,
            original_value_fen=facts.original_value_fen, poverty_fund_fen=poverty_fund_fen(facts.funding),
            entered_by_id=deed.by.id, entered_at=moment, batch_id=deed.batch_id, project_id=None,
            confirmed_by_id=None, confirmed_at=None, sent_back_reason="",
            is_legacy=day is not None and facts.acquired.day < day,
        )  # fmt: skip
        fill_card(asset, facts)
        show_money_and_owners(asset, facts)
        cards.append((asset, row, facts))
    db.session.add_all([asset for asset, *_ in cards])
    db.session.flush()
    for asset, row, facts in cards:
        db.session.add_all(_owner(asset, fact, facts, parties) for fact in facts.owners)
        _add_parts(asset, facts, deed)
        _add_past(asset, row.past, go_live[facts.region_code], deed)
    db.session.flush()
    _sum_up([asset for asset, *_ in cards])
    written.added += len(cards)
    serials.clear()


def _sum_up(assets: Sequence[Asset]) -> None:
    """Add the new cards to sums and search."""
    index_new([(asset.id, summed(asset)) for asset in assets])


def _serials(rows: Sequence[tuple[Planned, Registration]]) -> list[AssetSerial]:
    """Bring the serials that these cards count on into the session at once, new ones at 0; the caller holds them."""
    wanted = {serial_prefix(facts) for _, facts in rows}
    found = list(db.session.scalars(select(AssetSerial).where(AssetSerial.prefix.in_(wanted))))
    fresh = [AssetSerial(prefix=prefix, last=0) for prefix in sorted(wanted - {one.prefix for one in found})]
    db.session.add_all(fresh)
    db.session.flush()
    return found + fresh


def _parties(rows: Sequence[tuple[Planned, Registration]]) -> Parties:
    """Return the holder each owner means; equal ones are looked for once."""
    wanted = dict.fromkeys(
        (facts.region_code, replace(owner, share_bp=0)) for _, facts in rows for owner in facts.owners
    )
    return {
        (region, fact): ensure_party(
            PartyFacts(fact.kind, fact.name, fact.region_code or region, fact.credit_code, fact.resident_id)
        )
        for region, fact in wanted
    }


def _owner(asset: Asset, fact: OwnerFact, facts: Registration, parties: Parties) -> AssetOwner:
    party = parties[facts.region_code, replace(fact, share_bp=0)]
    foreign = party.region_code if party.region_code != facts.region_code else None
    return AssetOwner(
        asset_id=asset.id, region_code=facts.region_code, party_id=party.id, share_bp=fact.share_bp,
        valid_from=facts.acquired.day, valid_to=None, foreign_region=foreign, party=party,
    )  # fmt: skip


def _add_parts(asset: Asset, facts: Registration, deed: Deed) -> None:
    day = facts.acquired.day
    add_value_change(asset, ValueKind.ACQUISITION, facts.original_value_fen, facts.funding, day, deed.on)
    for kind in RelationKind:
        name = str(getattr(facts, kind.value.lower())).strip()
        if name:
            relation = AssetRelation(asset_id=asset.id, region_code=asset.region_code, kind=kind.value, name=name)
            relation.valid_from, relation.valid_to = facts.in_use_on or day, None
            relation.user_id, relation.basis = None, ""
            db.session.add(relation)
    set_interest(asset, facts)


def _add_past(asset: Asset, past: Sequence[PastFact], go_live: date | None, deed: Deed) -> None:
    for fact in past:
        check_legacy(fact.fact_on, go_live)
        row = LegacyFact(asset_id=asset.id, region_code=asset.region_code, kind=fact.kind.value, fact_on=fact.fact_on)
        row.document_no, row.note, row.amount_fen = fact.document_no, fact.note[:MAX_NOTE], fact.amount_fen
        row.entered_by_id, row.entered_at = deed.by.id, now()
        row.confirmed_by_id = row.confirmed_at = None
        db.session.add(row)
