"""What pages show of earmarked money: one account with everything in it, an asset's money, how a person calls them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flask_login import current_user

from registry.approvals.meetings.models import Meeting
from registry.assets.register.cards.models import Asset
from registry.assets.register.lookup.showing import deed_url
from registry.assets.register.projects.models import Project
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.proceeds.kinds import AgeClass
from registry.disposal.proceeds.models import Proceeds, ProceedsReceipt, ProceedsReceiptDraft, ProceedsUse
from registry.disposal.proceeds.posting import RECEIPT, USE, vouchers_behind
from registry.disposal.proceeds.queries import (
    Origin,
    list_drafts,
    list_lots,
    list_receipts,
    list_uses,
    origins_of,
    sold_in,
    waiting_receipts_fen,
    waiting_uses_fen,
)
from registry.disposal.proceeds.rules import aged, waits_since
from registry.ledger.books.models import Voucher
from registry.permissions import Permission, may

M = TypeVar("M", Asset, Meeting, Project)


@dataclass(frozen=True)
class UseRow:
    """A use with what came of it."""

    use: ProceedsUse
    asset: Asset | None
    project: Project | None
    meeting: Meeting | None
    vouchers: Sequence[Voucher]


@dataclass(frozen=True)
class Shown:
    """One account with everything its page says. Money is fen."""

    account: Proceeds
    case: DisposalCase
    sold: Sequence[tuple[str, str]]
    receipts: Sequence[tuple[ProceedsReceipt, Sequence[Voucher]]]
    drafts: Sequence[ProceedsReceiptDraft]
    uses: Sequence[UseRow]
    ages: Mapping[AgeClass, int]
    since: date | None
    #: What may still be entered: as come in, as used.
    to_receive_fen: int
    to_use_fen: int

    @property
    def case_url(self) -> str | None:
        return case_url(self.case.id)

    def is_overdue(self, on: date) -> bool:
        """Say whether something should have been used by now."""
        return self.account.is_watched and self.account.balance_fen > 0 and self.account.use_by < on


def case_url(case_id: int) -> str | None:
    """Return the address of a case's page."""
    return deed_url("disposals.show", disposal_id=str(case_id))


def shown(account: Proceeds, on: date) -> Shown:
    """Return an account with everything its page says."""
    case, receipts, lots = db.session.get_one(DisposalCase, account.case_id), list_receipts(account), list_lots(account)
    posted = vouchers_behind(RECEIPT, [one.id for one in receipts])
    return Shown(
        account, case, sold_in([case.id]).get(case.id, ()),
        [(one, posted.get(one.id, ())) for one in receipts], list_drafts(account), use_rows(list_uses(account)),
        aged(lots, on), waits_since(lots), account.open_fen - waiting_receipts_fen(account),
        account.balance_fen - waiting_uses_fen(account),
    )  # fmt: skip


def use_rows(uses: Sequence[ProceedsUse]) -> list[UseRow]:
    """Return uses with what came of them."""
    posted = vouchers_behind(USE, [one.id for one in uses])
    return [
        UseRow(
            one, _found(Asset, one.asset_id), _found(Project, one.project_id), _found(Meeting, one.meeting_id),
            posted.get(one.id, ()),
        )
        for one in uses
    ]  # fmt: skip


def _found(model: type[M], key: int | None) -> M | None:
    return db.session.get(model, key) if key is not None else None


def paid_from(asset: Asset) -> list[Origin]:
    """Return the money of disposals that went into an asset, as far as the reader may know it."""
    person = current_user.actor if current_user.is_authenticated else None
    return origins_of(asset, person) if person is not None and may(person, Permission.LEDGER_READ) else []
