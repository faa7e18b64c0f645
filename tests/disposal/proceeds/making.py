"""Accounts of what a disposal fetched, for tests: a machine of the village sold for 30,000 yuan, half of it paid."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from registry.approvals.meetings.facts import Attendance, Item, MeetingFacts, Vote
from registry.approvals.meetings.kinds import Matter, MeetingKind
from registry.approvals.meetings.services import record_meeting
from registry.assets.register.registration import OwnerFact
from registry.database import db, is_writing, transaction
from registry.disposal.kinds import DisposalKind
from registry.disposal.proceeds.kinds import Purpose
from registry.disposal.proceeds.models import Proceeds, ProceedsReceipt, ProceedsReceiptDraft, ProceedsUse
from registry.disposal.proceeds.rules import Arrival, Portion, UseFacts
from registry.disposal.proceeds.services import enter_receipt, open_proceeds, take_receipt
from registry.disposal.proceeds.using import ask_undo, confirm_use, enter_use, undo_use
from registry.evidence.services import take_in
from registry.kinds import OwnerKind
from registry.ledger.books.entries import BookDeed, Entry, Source
from registry.ledger.books.models import Posting, Voucher
from registry.ledger.books.queries import find_book, list_postings, vouchers_of
from registry.ledger.books.rules import Maker
from registry.ledger.books.services import open_book, post
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from tests.assets.title.making import picture
from tests.disposal.scenery import case_of, machine, opened_case
from tests.factories import TODAY, VILLAGE, person

CLERK, HEAD = "village_clerk", "village_head"
PRICE, PAID, COST = 3_000_000, 1_500_000, 100_000
PAID_ON = date(2026, 11, 10)
TOWNSHIP_OWNER = OwnerFact(OwnerKind.TOWNSHIP, "中益乡人民政府")


def policy(region: str = VILLAGE) -> Policy:
    """What is required today."""
    return policy_for(region, TODAY)


def account(
    due: int = PRICE, paid: int = PAID, cost: int = 0, paid_on: date = PAID_ON, *, on: date = TODAY, **facts: object
) -> int:
    """Open the account of a machine that was sold; its id. ``facts``: what is else about the machine."""
    case_id = opened_case(DisposalKind.SALE, machine(**facts))  # type: ignore[arg-type]
    return account_of(case_id, due, paid, cost, paid_on, on=on)


def account_of(
    case_id: int, due: int = PRICE, paid: int = PAID, cost: int = 0, paid_on: date = PAID_ON, *, on: date = TODAY
) -> int:
    """Open the account of a case as carrying it out does; its id."""
    owner_region = case_of(case_id).owner.region_code
    with transaction(case_of(case_id).region_code, owner_region):
        case = case_of(case_id)
        portion = Portion(case.owner, due, cost, paid, paid_on if paid else None, "回单 20261110-1" if paid else "")
        return open_proceeds(case, [portion], by=person(HEAD), on=on, policy=policy(case.region_code))[0].id


M = TypeVar("M", Proceeds, ProceedsReceiptDraft, ProceedsUse)


def _anew(model: type[M], key: int) -> M:
    """Read a row as it stands now, whatever was read before; what is being written is left alone."""
    if not is_writing():
        db.session.rollback()
    return db.session.get_one(model, key)


def read(account_id: int) -> Proceeds:
    """Read an account anew."""
    return _anew(Proceeds, account_id)


def use_of(use_id: int) -> ProceedsUse:
    """Read a use anew."""
    return _anew(ProceedsUse, use_id)


def draft_of(draft_id: int) -> ProceedsReceiptDraft:
    """Read what was entered as come in anew."""
    return _anew(ProceedsReceiptDraft, draft_id)


#: Repair of a road by the document of the township.
REPAIR = UseFacts(Purpose.CUSTODY, 600_000, TODAY, "维修三组产业路", document_no="中益府发〔2026〕18号")


def facts(**changes: object) -> UseFacts:
    """The use of tests, changed."""
    return replace(REPAIR, **changes)  # type: ignore[arg-type]


def entered(account_id: int, by: str = CLERK, *, paper: bool = True, **changes: object) -> int:
    """Enter a use; its id."""
    said, files = facts(**changes), [take_in(picture(), "批复.png")] if paper else []
    with transaction(read(account_id).region_code):
        return enter_use(read(account_id), said, files, by=person(by), on=TODAY).id


def confirm(use_id: int, by: str = HEAD, on: date = TODAY) -> None:
    """Agree to a use as the second person."""
    with transaction(use_of(use_id).region_code):
        use = use_of(use_id)
        confirm_use(use, read(use.proceeds_id), by=person(by), on=on, policy=policy(use.region_code))


def used(account_id: int, **changes: object) -> int:
    """Enter a use and agree to it; its id."""
    use_id = entered(account_id, **changes)  # type: ignore[arg-type]
    confirm(use_id)
    return use_id


def undoing(use_id: int, reason: str = "金额登记错了", by: str = CLERK) -> None:
    """Ask for a use to be undone."""
    with transaction(use_of(use_id).region_code):
        ask_undo(use_of(use_id), reason, by=person(by))


def undone(use_id: int, by: str = HEAD) -> None:
    """Agree to undo a use."""
    with transaction(use_of(use_id).region_code):
        use = use_of(use_id)
        undo_use(use, read(use.proceeds_id), by=person(by), on=TODAY, policy=policy(use.region_code))


def arrived(account_id: int, fen: int = PRICE - PAID, day: date = TODAY, by: str = CLERK) -> int:
    """Enter money that came in; its id."""
    with transaction(read(account_id).region_code):
        arrival = Arrival(fen, day, f"回单 {day:%Y%m%d}-{fen}")
        return enter_receipt(read(account_id), arrival, [], by=person(by), on=TODAY).id


def taken(draft_id: int, by: str = HEAD) -> ProceedsReceipt:
    """Take in what was entered, as the second person."""
    with transaction(draft_of(draft_id).region_code):
        draft = draft_of(draft_id)
        return take_receipt(
            draft, read(draft.proceeds_id), by=person(by), on=TODAY, policy=policy(draft.region_code)
        )  # fmt: skip


def received(account_id: int, fen: int = PRICE - PAID, day: date = TODAY) -> ProceedsReceipt:
    """Let money come in through both persons."""
    return taken(arrived(account_id, fen, day))


def met(held_on: date = date(2026, 11, 12), *, carried: bool = True, region: str = VILLAGE) -> int:
    """Hold a members' assembly about using money; its id."""
    there = Attendance(due=312, present=190, proxies=20)
    vote = Vote(there.attending) if carried else Vote(0, there.attending)
    facts = MeetingFacts(
        region, MeetingKind.MEMBERS, "华溪村股份经济合作社成员大会", held_on, date(2026, 10, 20), there,
        (Item(Matter.IMPORTANT_DISPOSAL, "用处置收入购置烘干机", vote),), place="会议室", chair="谭登周",
        recorder="马培清",
        party_studied_on=date(2026, 10, 20),
    )  # fmt: skip
    with transaction(region):
        return record_meeting(facts, by=person(CLERK), on=held_on, policy=policy_for(region, held_on)).id


def booked(account_id: int, deed: BookDeed, fen: int) -> None:
    """Post what carrying the case out posts for the owner: a price that is due, a gain."""
    with transaction(read(account_id).region_code):
        one = read(account_id)
        book = open_book(one.party, by=person(HEAD), on=TODAY)
        entry = Entry(deed, fen, Source("disposal_case", one.case_id))
        post(book, entry, made_by=Maker(None, "test"), by=person(HEAD), on=TODAY)


def posted(table: str, key: int) -> list[tuple[str, list[tuple[str, str, int, int]]]]:
    """What was posted for a row: deed, and account, detail, debit, credit of every line."""
    return [(voucher.deed, lines(voucher)) for voucher in vouchers_of(Source(table, key))]


def lines(voucher: Voucher) -> list[tuple[str, str, int, int]]:
    """Account, detail, debit and credit of the lines of a voucher."""
    return [(one.account, one.detail, one.debit_fen, one.credit_fen) for one in list_postings(voucher)]


def held(account_id: int, code: str, detail: str = "") -> int:
    """Debits less credits of an account in the owner's book."""
    book = find_book(read(account_id).party_id)
    assert book is not None
    rows = select(Posting.debit_fen, Posting.credit_fen).where(
        Posting.book_id == book.id, Posting.account == code, Posting.detail == detail
    )
    return sum(debit - credit for debit, credit in db.session.execute(rows))


def attacked(statement: str) -> str:
    """Run a statement past the application through its own connection; how the database refused it, empty if not."""
    raw = db.engine.raw_connection()
    try:
        raw.cursor().execute(statement)
    except Exception as error:  # the engines have no refusal in common
        return str(error)
    finally:
        raw.rollback()
        raw.close()
    return ""
