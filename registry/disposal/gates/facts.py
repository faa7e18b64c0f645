"""What the gates ask about: plain values of a case and its lines, read before any question is put. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from registry.assets.register.categories import Nature, TitleStatus
from registry.assets.register.registration import Stage
from registry.disposal.gates.kinds import Gate
from registry.disposal.kinds import DisposalKind, Extent, Ground
from registry.disposal.valuation import Earlier, Worth
from registry.evidence.rules import EvidenceKind
from registry.kinds import Category, OwnerKind


@dataclass(frozen=True)
class LineFacts:
    """What is known of one asset of a case. Texts name what stands in the way; empty: nothing does."""

    name: str
    stage: Stage
    category: Category
    nature: Nature
    title: TitleStatus
    acquired_on: date
    #: The newest posting about the asset in its owners' books.
    last_posted_on: date | None = None
    title_paper: str = ""
    other_case: str = ""
    encumbrance: str = ""
    contract: str = ""
    owed_fen: int = 0
    held_fen: int = 0
    undistributed_fen: int = 0
    #: A repair that costs, or may cost, somebody money by now.
    repair: str = ""
    #: One that was not accepted, and is to be paid for all the same.
    refused_repair: str = ""
    custodian: str = ""
    extent: Extent = Extent.WHOLE
    exit_terms: str = ""

    @property
    def any_repair(self) -> str:
        return self.repair or self.refused_repair


@dataclass(frozen=True)
class Report:
    """The newest report of appraisal."""

    value_fen: int
    appraised_on: date
    valid_until: date


@dataclass(frozen=True)
class PriceFacts:
    """The newest result of a trade: whether it may be carried out, and what it is in words."""

    price_fen: int
    is_accepted: bool
    verdict: str


@dataclass(frozen=True)
class CaseFacts:
    """A case as the gates see it."""

    kind: DisposalKind
    ground: Ground
    reason: str
    owner_kind: OwnerKind
    effective_on: date
    lines: tuple[LineFacts, ...]
    worth: Worth
    basis_fen: int
    earlier: tuple[Earlier, ...] = ()
    #: The route of its value today, and the one its request was opened with.
    route_key: str = ""
    opened_route: str = ""
    route_label: str = ""
    window_months: int = 0
    papers: frozenset[EvidenceKind] = frozenset()
    report: Report | None = None
    appraisal_needed: bool = False
    recipient: str = ""
    exit_terms: str = ""
    plans: Mapping[Gate, str] | None = None
    #: Whether all levels have agreed to exactly this content; and what is still lacking, in words.
    is_agreed: bool = False
    lacking: str = ""
    price: PriceFacts | None = None
    #: Months of the owners' books that are closed and would be posted into, in words.
    closed_month: str = ""
    is_sudden: bool = False

    def plan_for(self, gate: Gate) -> str:
        """How something is to be settled until execution, as the applicant wrote it."""
        return (self.plans or {}).get(gate, "").strip()
