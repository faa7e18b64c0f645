"""What a case may take in, and what must be said of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from registry.assets.register.categories import BEHAVIOURS, Nature
from registry.assets.register.registration import WHOLE_BP, Stage
from registry.disposal.kinds import MEANINGS, DisposalKind, Extent, Ground, Pricing
from registry.disposal.refusals import (
    BeforeAcquired,
    ExitTermsMissing,
    GroundNotFit,
    HouseholdsOwn,
    NobodyTakes,
    NoQuantity,
    NothingChosen,
    NotOneOwner,
    NotStanding,
    PartNotAllowed,
    QuantityOdd,
    ReasonMissing,
    ShareOdd,
    ShareStays,
    TitleMissing,
    TooManyLines,
    ValueMissing,
    WrongNature,
)
from registry.errors import RegistryError, refuse_all
from registry.kinds import Category, OwnerKind

MOST_LINES = 1_000
MAX_TITLE = 100
MAX_REASON = 1_000
_CAPTIONS = 100


@dataclass(frozen=True)
class Recipient:
    """To whom it passes: the kind of party, its name and code, and the unit it belongs to."""

    kind: OwnerKind
    name: str
    credit_code: str = ""
    region_code: str = ""


@dataclass(frozen=True)
class CaseWords:
    """What is said of a case: one door for the form, the API and a count's difference. Money is fen."""

    kind: DisposalKind
    ground: Ground
    title: str
    reason: str
    effective_on: date
    recipient: Recipient | None = None
    agreed_fen: int = 0
    share_bp: int = 0
    exit_terms: str = ""
    use_of_proceeds: str = ""
    document_no: str = ""
    is_whole_project: bool = False
    #: {gate: how it will be settled until execution}
    plans: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """How much of an asset: so much of its quantity (thousandths), or so much of a holder's share."""

    extent: Extent = Extent.WHOLE
    quantity_milli: int | None = None
    holder_id: int | None = None
    share_bp: int | None = None


@dataclass(frozen=True)
class Subject:
    """An asset that a case would take in: what of it decides whether it may."""

    name: str
    stage: Stage
    category: Category
    nature: Nature
    region_code: str
    acquired_on: date
    quantity_milli: int | None
    #: Present holders by id of the party, with their shares.
    holders: frozenset[tuple[int, int]]


def check_takes(kind: DisposalKind, assets: Sequence[Subject]) -> None:
    """Raise unless these assets may lie in one case of this kind; everything that is wrong is told at once."""
    if not assets:
        raise NothingChosen(field="assets")
    if len(assets) > MOST_LINES:
        raise TooManyLines(field="assets", most=MOST_LINES)
    refuse_all(error for asset in assets for error in _wrong_with(kind, asset))
    first = assets[0]
    if any(_way(asset) != _way(first) for asset in assets):
        raise NotOneOwner(field="assets")


def _wrong_with(kind: DisposalKind, asset: Subject) -> list[RegistryError]:
    if not BEHAVIOURS[asset.category].has_disposal:
        return [HouseholdsOwn(field="assets", name=asset.name)]
    if asset.stage is not Stage.CONFIRMED:
        return [NotStanding(name=asset.name, stage=asset.stage.label)]
    if asset.nature not in MEANINGS[kind].natures:
        return [WrongNature(field="kind", name=asset.name, nature=asset.nature.label, kind=kind.label)]
    return []


def _way(asset: Subject) -> tuple[str, Category, frozenset[tuple[int, int]]]:
    return asset.region_code, asset.category, asset.holders


def check_words(words: CaseWords, assets: Sequence[Subject]) -> None:
    """Raise unless everything is said that a case of this kind has to say; everything missing is told at once."""
    refuse_all([*_words_missing(words), *_days_wrong(words, assets)])


def _words_missing(words: CaseWords) -> list[RegistryError]:
    meaning, kind = MEANINGS[words.kind], words.kind.label
    found: list[RegistryError] = []
    if not 0 < len(words.title.strip()) <= MAX_TITLE:
        found.append(TitleMissing(field="title"))
    if not 0 < len(words.reason.strip()) <= MAX_REASON:
        found.append(ReasonMissing(field="reason"))
    if words.ground not in meaning.grounds:
        found.append(GroundNotFit(field="ground", ground=words.ground.label, kind=kind))
    if meaning.passes and meaning.pricing is not Pricing.OPENED and not (words.recipient and words.recipient.name):
        found.append(NobodyTakes(field="recipient_name", kind=kind))
    if meaning.pricing is Pricing.AGREED and words.agreed_fen <= 0:
        found.append(ValueMissing(field="agreed", kind=kind))
    if words.kind is DisposalKind.IN_KIND and not words.exit_terms.strip():
        found.append(ExitTermsMissing(field="exit_terms"))
    return found


def _days_wrong(words: CaseWords, assets: Sequence[Subject]) -> list[RegistryError]:
    return [
        BeforeAcquired(field="effective_on", name=asset.name, day=asset.acquired_on.isoformat())
        for asset in assets
        if words.effective_on < asset.acquired_on
    ]


def check_part(kind: DisposalKind, asset: Subject, part: Part, holder: str = "") -> None:
    """Raise unless so much of an asset can be disposed of."""
    if part.extent is Extent.WHOLE:
        return
    if not MEANINGS[kind].in_part:
        raise PartNotAllowed(field="extent", kind=kind.label)
    if part.extent is Extent.SHARE and not MEANINGS[kind].passes:
        raise ShareStays(field="extent", kind=kind.label)
    if part.extent is Extent.QUANTITY:
        _check_quantity(asset, part)
    else:
        _check_share(asset, part, holder)


def _check_quantity(asset: Subject, part: Part) -> None:
    if asset.quantity_milli is None:
        raise NoQuantity(field="quantity", name=asset.name)
    if not 0 < (part.quantity_milli or 0) < asset.quantity_milli:
        raise QuantityOdd(field="quantity", name=asset.name, quantity=f"{asset.quantity_milli / 1000:g}")


def _check_share(asset: Subject, part: Part, holder: str) -> None:
    held = sum(share for party_id, share in asset.holders if party_id == part.holder_id)
    if not (0 < (part.share_bp or 0) <= held and (part.share_bp or 0) < WHOLE_BP):
        share = f"{held // _CAPTIONS}.{held % _CAPTIONS:02d}"
        raise ShareOdd(field="share", name=asset.name, holder=holder, share=share)
