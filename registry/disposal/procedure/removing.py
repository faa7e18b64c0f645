"""What carrying out a disposal does to the cards: closed, divided, passed on, a share handed to somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.assets.custody.agreements.services import carry_over, release_assets
from registry.assets.custody.faults.services import carry_faults, end_faults
from registry.assets.register.cards.care import carry_relations, end_relations
from registry.assets.register.cards.models import Asset
from registry.assets.register.categories import BEHAVIOURS, OperatingMode, TitleStatus
from registry.assets.register.registration import WHOLE_BP, Stage
from registry.assets.register.rights.lineage import close_cards, pass_on, split_asset
from registry.assets.register.rights.operating import Operation, set_operation, set_use
from registry.assets.register.rights.rules import MAX_NAME, Part
from registry.assets.register.rights.services import (
    Holder,
    change_owners,
    mark_handed_over,
    set_certificate,
    set_title,
)
from registry.assets.title.certificates.services import renew_certificate, void_certificates
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.kinds import DisposalKind, Extent
from registry.disposal.procedure.pieces import Piece
from registry.disposal.procedure.refusals import GoesToItself, MayNotHold
from registry.disposal.valuation import part_by_quantity
from registry.kinds import Category
from registry.parties.models import Party
from registry.permissions import Actor
from registry.text import N_

_PART = N_("处置部分")


@dataclass(frozen=True)
class Leaving:
    """How things leave the register: of which case, from which day, in whose care until when, and to whom."""

    case: DisposalCase
    day: date
    #: Custody goes on until what is handed over is handed over.
    until: date
    by: Actor
    #: Who gets it and is an owner here: of a share, or of a thing that stays public property.
    to: Party | None = None

    @property
    def reason(self) -> str:
        """What stands where something ends because of the case."""
        return f"{self.case.about.label}（{self.case.number}）"


@dataclass(frozen=True)
class Removed:
    """What became of a line: the card that stands for the rest of a divided asset, and the card at whoever got it."""

    piece: Piece
    rest: Asset | None = None
    heir: Asset | None = None


def change_use(pieces: Sequence[Piece], leaving: Leaving) -> list[Removed]:
    """Let assets be used otherwise, or no more, by this case: nothing leaves the register."""
    use = leaving.case.meaning.use_after
    for piece in pieces:
        if use is not None and leaving.case.about is DisposalKind.STOP_USE:
            mode = OperatingMode.NONE if piece.asset.kind is Category.OPERATING else None
            _stop(piece.asset, mode, leaving)
        elif use is not None:
            set_use(piece.asset, use, leaving.case.number, on=leaving.day)
    return [Removed(piece) for piece in pieces]


def _stop(asset: Asset, mode: OperatingMode | None, leaving: Leaving) -> None:
    use = leaving.case.meaning.use_after
    if use is None:
        return
    if mode is None:
        set_use(asset, use, leaving.case.number, on=leaving.day)
    else:
        set_operation(asset, Operation(mode, use, leaving.case.number), on=leaving.day)


def remove(pieces: Sequence[Piece], leaving: Leaving) -> list[Removed]:
    """Take what goes off the register, card by card; what is left of a divided asset, and of its owners, stays."""
    shares = [piece for piece in pieces if piece.line.how_much is Extent.SHARE]
    things = [piece for piece in pieces if piece.line.how_much is not Extent.SHARE]
    found = [_hand_share(piece, leaving) for piece in shares]
    going = [(piece, *_going(piece, leaving)) for piece in things]
    db.session.flush()
    cards = [card for _piece, card, _rest in going]
    heirs = _pass_on(cards, leaving)
    closed = [card for card in cards if heirs.get(card.id) is not card]
    close_cards(closed, Stage.DISPOSED, on=leaving.day)
    _let_go(cards, closed, leaving)
    for piece, card, rest in going:
        piece.line.new_asset_id = heirs[card.id].id if card.id in heirs else piece.line.new_asset_id
        found.append(Removed(piece, rest, heirs.get(card.id)))
    return found


def _let_go(cards: Sequence[Asset], closed: Sequence[Asset], leaving: Leaving) -> None:
    """End title, custody and relations of what is gone; cards that end keep their certificate as it was."""
    end_all(cards, leaving)
    # What goes on on its card under another owner is still broken: only what is gone needs no repair.
    end_faults([card.id for card in closed], leaving.reason, by=leaving.by, on=leaving.day)
    kept = [card for card in cards if card not in closed]
    set_title(kept, TitleStatus.UNCONFIRMED, on=leaving.day)
    for card in kept:
        if card.certificate_number:
            set_certificate(card, None, on=leaving.day)


def end_all(cards: Sequence[Asset], leaving: Leaving) -> None:
    """End the certificates of cards from the day on, custody and relations when they were handed over."""
    void_certificates(cards, leaving.reason, on=leaving.day)
    release_assets([card.id for card in cards], leaving.reason, by=leaving.by, on=leaving.until)
    end_relations([card.id for card in cards], on=leaving.until)


def _going(piece: Piece, leaving: Leaving) -> tuple[Asset, Asset | None]:
    """Return the card that goes, and the one that stays of an asset of which only a part goes."""
    if piece.line.how_much is Extent.WHOLE:
        return piece.asset, None
    gone, rest = _divide(piece, leaving)
    piece.line.part_asset_id = gone.id
    return gone, rest


def _divide(piece: Piece, leaving: Leaving) -> tuple[Asset, Asset]:
    """Split a card into what goes and what stays; what stays keeps custody, operator, supervisor and a certificate."""
    asset = piece.asset
    value = part_by_quantity(asset.original_value_fen, piece.part, piece.whole)
    name = f"{asset.name[: MAX_NAME - len(_PART) - 2]}（{_PART}）"
    parts = (
        Part(name, value, piece.part),
        Part(asset.name, asset.original_value_fen - value, piece.whole - piece.part),
    )
    gone, rest = split_asset(asset, parts, by=leaving.by, on=leaving.day)
    carry_relations(asset, rest, on=leaving.until)
    carry_over(asset, rest, on=leaving.until)
    carry_faults(asset, rest, leaving.reason, by=leaving.by)
    renew_certificate(asset, rest, leaving.reason, by=leaving.by, on=leaving.day)
    return gone, rest


def _pass_on(cards: Sequence[Asset], leaving: Leaving) -> dict[int, Asset]:
    """Let things that stay public property go on in the register: on the same card within a unit, else on another.

    A card never changes its unit: what hangs on it was recorded in that unit's log.
    """
    to = leaving.to
    if to is None or leaving.case.about is not DisposalKind.ALLOCATION:
        return {}
    heirs = {}
    for card in cards:
        check_may_hold(card, to)
        if card.region_code == to.region_code:
            change_owners([(card, [Holder(to, WHOLE_BP)])], on=leaving.day)
            mark_handed_over([card], on=leaving.until)
            heirs[card.id] = card
        else:
            heirs[card.id] = pass_on(card, to, by=leaving.by, on=leaving.day)
    return heirs


def _hand_share(piece: Piece, leaving: Leaving) -> Removed:
    """Let a holder's share, or part of it, be somebody else's: the card stays where it is."""
    asset, to = piece.asset, leaving.to
    if to is None:
        raise ValueError("a share passes to somebody")
    check_may_hold(asset, to)
    shares: dict[int, tuple[Party, int]] = {}
    for row in piece.owners:
        given = piece.part if row.party_id == piece.line.holder_id else 0
        shares[row.party_id] = (row.party, row.share_bp - given)
    shares[to.id] = (to, shares.get(to.id, (to, 0))[1] + piece.part)
    change_owners([(asset, [Holder(party, bp) for party, bp in shares.values() if bp])], on=leaving.day)
    renew_certificate(asset, asset, leaving.reason, by=leaving.by, on=leaving.day)
    return Removed(piece, heir=asset)


def check_may_hold(asset: Asset, to: Party) -> None:
    """Raise MayNotHold, GoesToItself unless somebody may be given such an asset."""
    if to.owner_kind not in BEHAVIOURS[asset.kind].owners:
        raise MayNotHold(
            field="recipient_kind", category=asset.kind.label, kind=to.owner_kind.label, name=to.name
        )  # fmt: skip
    if asset.owner_text == to.name:
        raise GoesToItself(field="recipient_name", name=to.name)
