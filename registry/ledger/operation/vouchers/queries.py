"""Questions about the contract of a voucher by hand."""

from sqlalchemy import or_, select

from registry.database import db
from registry.ledger.books.models import Book, VoucherDraft
from registry.ledger.operation.contracts.models import Contract, ContractShare


def find_contract_of(book: Book, number: str) -> int | None:
    """Return the signed contract with a number, ours or that on its paper, of which a book's owner has a share."""
    rows = (
        select(Contract.id)
        .join(ContractShare, ContractShare.contract_id == Contract.id)
        .where(
            ContractShare.party_id == book.party_id, Contract.signed_on.is_not(None),
            or_(Contract.number == number, Contract.paper_number == number),
        )
        .order_by(Contract.number != number, Contract.id.desc())
    )  # fmt: skip
    return db.session.scalar(rows.limit(1))


def number_of_contract(draft: VoucherDraft) -> str:
    """Return the number of the contract that a draft names; empty if it names none."""
    contract_id = next((line.contract_id for line in draft.lines if line.contract_id is not None), None)
    if contract_id is None:
        return ""
    return db.session.scalar(select(Contract.number).where(Contract.id == contract_id)) or ""
