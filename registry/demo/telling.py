"""What every teller of a story is given, and what has been told so far, by the short names of the tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from registry.approvals.meetings.models import Meeting
from registry.approvals.notices.models import Notice
from registry.approvals.requests.models import ApprovalRequest
from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.posts.models import PublicPost
from registry.assets.register.cards.models import Asset
from registry.assets.title.cases.models import TitleCase
from registry.demo.people import Staff
from registry.demo.pictures import Pictures
from registry.demo.places import UnitRow
from registry.demo.tables import split, told_day
from registry.disposal.cases.models import DisposalCase
from registry.ledger.distribution.payout.models import PayoutOrder
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.receipts.models import Receipt
from registry.parties.households.models import Household
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from registry.supervision.findings.models import Finding


@dataclass(frozen=True)
class Telling:
    """The county as it stands while it is told; ``today`` is the day of the telling."""

    assets: Mapping[tuple[str, str], Asset]
    staff: Staff
    pictures: Pictures
    today: date
    cases: dict[str, TitleCase] = field(default_factory=dict)
    posts: dict[str, PublicPost] = field(default_factory=dict)
    requests: dict[str, ApprovalRequest] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    agreements: dict[str, CustodyAgreement] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)
    equities: dict[str, Equity] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    households: dict[str, Household] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    orders: dict[str, PayoutOrder] = field(default_factory=dict)
    faults: dict[tuple[str, str], Fault] = field(default_factory=dict)
    disposals: dict[str, DisposalCase] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)

    def day(self, text: str) -> date:
        """Read a day of a table."""
        return told_day(text, self.today)

    def policy(self, region_code: str, on: date) -> Policy:
        """Return what was required in a unit on a day of the story."""
        return policy_for(region_code, on)

    def assets_of(self, unit: UnitRow, cell: str) -> list[Asset]:
        """Return the assets of a unit that a cell names."""
        return [self.assets[unit.name, name] for name in split(cell)]
