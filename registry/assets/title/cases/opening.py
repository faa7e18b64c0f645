"""Opening a case: hundreds of assets of one way in one case, with the present holders proposed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.models import Asset
from registry.assets.title.cases.candidates import MOST_LINES, Chosen, check_all_open, check_free, choose
from registry.assets.title.cases.models import TitleCase, TitleLine, TitleOwner
from registry.assets.title.cases.services import CaseFacts, fill
from registry.assets.title.owning import Way, check_starter, one_way
from registry.assets.title.rules import CaseStatus
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Invalid
from registry.kinds import OwnerKind, TitleDeed
from registry.parties.models import Party
from registry.permissions import Actor
from registry.text import N_


class TooManyLines(Invalid):
    """A case stays of a size that people can read."""

    message = N_("一件事项最多 %(most)s 项资产，请分成几件。")


class OneAsset(Invalid):
    """One asset is split at a time."""

    message = N_("分拆登记一次只办一项资产。")


class SeveralAssets(Invalid):
    """A merger has at least two assets."""

    message = N_("合并登记至少要两项资产。")


class NotItsOwner(Invalid):
    """A holder's name changes on what it holds."""

    message = N_("“%(name)s”不归“%(owner)s”所有，请分开办理。")


@dataclass(frozen=True)
class Opening:
    """A case to be opened: what it does, with which assets, what is said of it."""

    deed: TitleDeed
    asset_numbers: tuple[str, ...]
    facts: CaseFacts = field(default_factory=CaseFacts)
    project_id: int | None = None


def open_case(opening: Opening, *, by: Actor, on: date) -> TitleCase:
    """Open a case with a line for each asset; the present holders are proposed.

    Raises Missing, NotOneRoute, WrongStarter, InAnotherCase, Encumbered and what check_open_to raises.
    """
    if len(opening.asset_numbers) > MOST_LINES:
        raise TooManyLines(field="assets", most=MOST_LINES)
    chosen = choose(opening.asset_numbers, by)
    _check_number(opening.deed, len(chosen))
    check_all_open(opening.deed, chosen)
    check_free(opening.deed, [one.asset for one in chosen], on=on)
    way = one_way(_way(one.asset) for one in chosen)
    check_starter(opening.deed, way.category, way.sector, way.region_code, by)
    case = _new_case(opening, way, chosen, by)
    db.session.add(case)
    db.session.flush()
    _add_lines(case, chosen)
    record(Action.TITLE_OPENED, case, by=by)
    return case


def _check_number(deed: TitleDeed, count: int) -> None:
    if deed is TitleDeed.SPLIT and count > 1:
        raise OneAsset(field="assets")
    if deed is TitleDeed.MERGER and count <= 1:
        raise SeveralAssets(field="assets")


def _way(asset: Asset) -> Way:
    return Way(asset.region_code, asset.kind, OwnerKind(asset.owner_kind), asset.sector)


def _new_case(opening: Opening, way: Way, chosen: Sequence[Chosen], by: Actor) -> TitleCase:
    first, facts = chosen[0].asset, opening.facts
    many = N_("%(deed)s：%(name)s等 %(count)s 项") if len(chosen) > 1 else N_("%(deed)s：%(name)s")
    title = many % {"deed": opening.deed.label, "name": first.name, "count": len(chosen)}
    case = TitleCase(
        region_code=way.region_code, deed=opening.deed.value, status=CaseStatus.DRAFT.value,
        title=(facts.title or title)[:100], category=way.category.value, owner_kind=way.owner_kind.value,
        sector=way.sector, project_id=opening.project_id, documents="{}", parts="[]",
        opened_by_id=by.id, opened_by_text=signature(by), opened_at=now(),
    )  # fmt: skip
    fill(case, facts)
    if opening.deed is TitleDeed.OWNER_NAME:
        case.party_id = _one_holder(chosen).id
    return case


def _one_holder(chosen: Sequence[Chosen]) -> Party:
    """Return the holder whose name changes: the first of the first asset, and one of every other."""
    party = chosen[0].holders[0].party
    for one in chosen:
        if party.id not in {row.party_id for row in one.holders}:
            raise NotItsOwner(field="assets", name=one.asset.name, owner=party.name)
    return party


def _add_lines(case: TitleCase, chosen: Sequence[Chosen]) -> None:
    lines = [TitleLine(case_id=case.id, asset_id=one.asset.id, region_code=case.region_code) for one in chosen]
    db.session.add_all(lines)
    db.session.flush()
    owners = [
        TitleOwner(line_id=line.id, region_code=case.region_code, party_id=row.party_id, share_bp=row.share_bp)
        for line, one in zip(lines, chosen, strict=True)
        for row in one.holders
    ]
    db.session.add_all(owners)
