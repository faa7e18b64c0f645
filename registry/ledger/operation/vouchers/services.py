"""Making and mending vouchers by hand with the contract they name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from registry.evidence.services import KeptFile
from registry.ledger.books.drafts.rules import DraftFacts
from registry.ledger.books.drafts.services import Papers, change_draft, facts_of, make_draft
from registry.ledger.books.models import Book, VoucherDraft
from registry.ledger.operation.vouchers.queries import find_contract_of, number_of_contract
from registry.ledger.operation.vouchers.rules import NotTheirContract
from registry.permissions import Actor


def make_voucher(
    book: Book, facts: DraftFacts, files: Sequence[KeptFile], *, by: Actor, on: date
) -> VoucherDraft:  # fmt: skip
    """Make a voucher by hand; raises NotTheirContract and what make_draft() raises."""
    return make_draft(book, _found(book, facts), files, by=by, on=on)


def change_voucher(
    draft: VoucherDraft, facts: DraftFacts, papers: Papers | None = None, *, by: Actor, on: date,
    seen: int | None = None,
) -> None:  # fmt: skip
    """Fill a draft in anew; raises NotTheirContract and what change_draft() raises."""
    change_draft(draft, _found(draft.book, facts), papers, by=by, on=on, seen=seen)


def filled_in(draft: VoucherDraft) -> DraftFacts:
    """Return what had been filled in, to fill it in anew."""
    return replace(facts_of(draft), contract_no=number_of_contract(draft))


def _found(book: Book, facts: DraftFacts) -> DraftFacts:
    if not facts.contract_no:
        return facts
    contract_id = find_contract_of(book, facts.contract_no)
    if contract_id is None:
        raise NotTheirContract(field="contract_no", number=facts.contract_no)
    return replace(facts, contract_id=contract_id)
