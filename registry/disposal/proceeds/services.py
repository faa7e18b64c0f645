"""Opening the accounts of what a disposal fetched, and taking in what comes later, by two persons."""

from collections.abc import Sequence
from datetime import date

from registry.approvals.requests.services import signature
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.proceeds.kinds import ReceiptStatus
from registry.disposal.proceeds.models import Proceeds, ProceedsReceipt, ProceedsReceiptDraft
from registry.disposal.proceeds.posting import post_receipt
from registry.disposal.proceeds.queries import list_lots, waiting_receipts_fen
from registry.disposal.proceeds.refusals import Answered
from registry.disposal.proceeds.rules import (
    Arrival,
    Portion,
    check_arrival,
    check_portion,
    check_reason,
    check_second,
    destination_of,
    use_until,
)
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.ledger.books.rules import Maker
from registry.permissions import Actor
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy


def open_proceeds(
    case: DisposalCase, portions: Sequence[Portion], *, by: Actor, on: date, policy: Policy
) -> list[Proceeds]:
    """Open an account for every owner to whom something is due, with what had been paid when it was carried out.

    Called by whoever carries the case out, inside that transaction, which locks the logs of the owners' units; what
    had been paid is posted there. Raises PortionOdd, NotYet.
    """
    for portion in portions:
        check_portion(portion, on)
    return [_open(case, one, by=by, on=on, policy=policy) for one in portions if one.due_fen]


def _open(case: DisposalCase, portion: Portion, *, by: Actor, on: date, policy: Policy) -> Proceeds:
    party, months = portion.party, policy.number(Parameter.PROCEEDS_MONTHS)
    account = Proceeds(
        region_code=party.region_code, case_id=case.id, party_id=party.id,
        destination=destination_of(party.owner_kind).value, due_fen=portion.due_fen, cost_fen=portion.cost_fen,
        received_fen=portion.received_fen, used_fen=0, opened_on=on,
        use_by=add_months(portion.received_on or on, months), party=party,
    )  # fmt: skip
    db.session.add(account)
    db.session.flush()
    if portion.received_fen:
        db.session.add(
            ProceedsReceipt(
                proceeds_id=account.id, region_code=account.region_code, amount_fen=portion.received_fen,
                received_on=portion.received_on, paper_no=portion.paper_no.strip(), prepared_by_id=case.opened_by_id,
                prepared_by_text=case.opened_by_text, by_id=by.id, by_text=signature(by), at=now(),
            )
        )  # fmt: skip
    record(Action.PROCEEDS_OPENED, account, by=by)
    return account


def enter_receipt(
    account: Proceeds, arrival: Arrival, files: list[KeptFile], *, by: Actor, on: date
) -> ProceedsReceiptDraft:
    """Enter money of a price that came in later; a second person looks at it. Raises what check_arrival raises."""
    check_arrival(arrival, open_fen=account.open_fen - waiting_receipts_fen(account), on=on)
    draft = ProceedsReceiptDraft(
        proceeds_id=account.id, region_code=account.region_code, status=ReceiptStatus.WAITING.value,
        amount_fen=arrival.amount_fen, received_on=arrival.received_on, paper_no=arrival.paper_no.strip(),
        entered_by_id=by.id, entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    record(Action.PROCEEDS_RECEIPT_ENTERED, draft, by=by)
    if files:
        caption = Caption(EvidenceKind.VOUCHER, draft.paper_no, draft.received_on)
        attach(files, caption, to=thing_of(draft), by=by)
    return draft


def take_receipt(
    draft: ProceedsReceiptDraft, account: Proceeds, *, by: Actor, on: date, policy: Policy
) -> ProceedsReceipt:
    """Take in, as a second person, what was entered: it counts, is posted, and waits to be used.

    Raises Answered, SamePerson and what check_arrival and the books raise.
    """
    _answer(draft, ReceiptStatus.TAKEN, "", by=by)
    arrival = Arrival(draft.amount_fen, draft.received_on, draft.paper_no)
    check_arrival(arrival, open_fen=account.open_fen, on=on)
    receipt = ProceedsReceipt(
        proceeds_id=account.id, region_code=account.region_code, draft_id=draft.id, amount_fen=draft.amount_fen,
        received_on=draft.received_on, paper_no=draft.paper_no, prepared_by_id=draft.entered_by_id,
        prepared_by_text=draft.entered_by_text, by_id=by.id, by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(receipt)
    account.received_fen += receipt.amount_fen
    db.session.flush()
    keep_term(account, policy)
    record(Action.PROCEEDS_RECEIVED, receipt, by=by)
    post_receipt(account, receipt, made_by=Maker(draft.entered_by_id, draft.entered_by_text), by=by, on=on)
    return receipt


def refuse_receipt(draft: ProceedsReceiptDraft, opinion: str, *, by: Actor) -> None:
    """Refuse, as a second person, what was entered. Raises Answered, SamePerson, ReasonMissing."""
    _answer(draft, ReceiptStatus.REFUSED, check_reason(opinion, "opinion"), by=by)
    record(Action.PROCEEDS_RECEIPT_REFUSED, draft, by=by, reason=draft.opinion)


def _answer(draft: ProceedsReceiptDraft, status: ReceiptStatus, opinion: str, *, by: Actor) -> None:
    if draft.state is not ReceiptStatus.WAITING:
        raise Answered(status=draft.state.label)
    check_second(draft.entered_by_id, by.id)
    draft.status, draft.opinion = status.value, opinion
    draft.decided_by_id, draft.decided_by_text, draft.decided_at = by.id, signature(by), now()


def keep_term(account: Proceeds, policy: Policy) -> None:
    """Let the term run from when the oldest money that waits came in; as it was where nothing waits."""
    months = policy.number(Parameter.PROCEEDS_MONTHS)
    account.use_by = use_until(list_lots(account), months=months, otherwise=account.use_by)
