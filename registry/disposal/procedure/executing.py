"""Carrying a disposal out: one deed, whole or not at all. Register, title, custody, equity, books and money follow."""

from dataclasses import replace
from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import find_request
from registry.approvals.requests.services import mark_executed, signature
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import TABLE
from registry.disposal.cases.queries import list_lines
from registry.disposal.gates.kinds import Moment
from registry.disposal.gates.services import check_gates, keep_answers
from registry.disposal.kinds import DisposalKind, DisposalStatus, Extent
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.prices.queries import find_price
from registry.disposal.procedure.becoming import become_shares, hold_shares, take_in
from registry.disposal.procedure.booking import Sums, ledgers_of, post_all
from registry.disposal.procedure.carrying import Carrying, leave_equity, post_rest, receiver_of
from registry.disposal.procedure.execution import Decided, Execution, check_execution, money_of
from registry.disposal.procedure.holding import Pen
from registry.disposal.procedure.models import DisposalExecution
from registry.disposal.procedure.pieces import parties_of, pieces_of, split_over, sum_of
from registry.disposal.procedure.removing import Leaving, Removed, change_use, remove
from registry.disposal.procedure.submitting import asked_now, check_content
from registry.disposal.proceeds.rules import Portion
from registry.disposal.proceeds.services import open_proceeds
from registry.disposal.refusals import NotCleared, SamePersonTwice
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.ledger.books.rules import Maker
from registry.permissions import Actor, Permission, may
from registry.policy.rules import Policy


def carry_out(
    case: DisposalCase, facts: Execution, files: list[KeptFile], *, by: Actor, on: date, policy: Policy
) -> DisposalExecution:
    """Carry out what every level has agreed to, as its second person: every gate is asked once more.

    Raises NotCleared, SamePersonTwice, ContentChanged, GateClosed and what check_execution, the register, equity and
    the books raise; then nothing of it is done.
    """
    request, price = _check_cleared(case), find_price(case.id)
    check_executor(case, price, by)
    check_content(case, request)
    decided = decided_of(case, price, on)
    check_execution(facts, decided, has_sheet=bool(files), on=on)
    day = facts.effective_on or case.effective_on
    _ask_again(case, request, day, by=by, on=on, policy=policy)
    carrying = _carrying(case, price, facts, request, by=by, day=day, on=on)
    row = _keep(carrying, request, money_of(decided, facts.income_fen))
    _do(carrying, files)
    _open_proceeds(carrying, policy)
    mark_executed(request, by=by, on=on, policy=policy)
    case.status, case.done_on = DisposalStatus.DONE.value, on
    record(Action.DISPOSAL_CARRIED_OUT, case, by=by, reason=facts.note.strip(), content=request.content_digest)
    if files:
        attach(files, Caption(EvidenceKind.HAND_OVER, facts.paper_no, facts.handed_over_on or day), to=thing_of(case),
               by=by)  # fmt: skip
    return row


def _check_cleared(case: DisposalCase) -> ApprovalRequest:
    request = find_request(TABLE, str(case.id))
    if case.state is not DisposalStatus.APPROVED or request is None:
        raise NotCleared(status=case.state.label)
    return request


def check_executor(case: DisposalCase, price: DisposalPrice | None, by: Actor) -> None:
    """Raise SamePersonTwice unless a head of the unit or above carries it out who neither asked nor told the price."""
    told = price.entered_by_id if price else None
    asked = {case.opened_by_id, case.submitted_by_id, told}
    if by.id is None or by.id in asked or not may(by, Permission.DISPOSAL_CARRY_OUT, case.region_code):
        raise SamePersonTwice


def decided_of(case: DisposalCase, price: DisposalPrice | None, on: date) -> Decided:
    """Return what was decided on, as carrying it out needs it."""
    price_fen = price.price_fen if price else 0
    return Decided(
        case.about, case.meaning, case.effective_on, case.approved_on or on, case.agreed_fen, price_fen
    )  # fmt: skip


def units_of(case: DisposalCase) -> tuple[str, ...]:
    """Return the units whose logs carrying a case out speaks to: its own, its owners', and the recipient's."""
    lines = list_lines(case.id, taken=True)
    owners = {party.region_code for party in parties_of(pieces_of(lines))}
    recipient = {case.recipient_region} - {""}
    return tuple(sorted({case.region_code} | owners | recipient))


def _ask_again(case: DisposalCase, request: ApprovalRequest, day: date, *, by: Actor, on: date, policy: Policy) -> None:
    _found, asked = asked_now(case, Moment.EXECUTE, on=on, policy=policy, effective_on=day)
    check_gates(asked)
    keep_answers(case, asked, Moment.EXECUTE, by=by, digest=request.content_digest)


def _carrying(
    case: DisposalCase, price: DisposalPrice | None, facts: Execution, request: ApprovalRequest, *, by: Actor,
    day: date, on: date,
) -> Carrying:  # fmt: skip
    pieces = pieces_of(list_lines(case.id, taken=True))
    pen = Pen(case, Maker(request.submitted_by_id, request.submitted_by_text), by, day, on)
    paid_on = max(day, facts.paid_on) if facts.is_paid and facts.paid_on else day
    money_fen = money_of(decided_of(case, price, on), facts.income_fen)
    # What a loss is compensated with is no price: it is owed, and nothing of it is planned anew.
    owed_fen = facts.income_fen if case.about is DisposalKind.LOSS else money_fen
    sums = Sums(
        split_over(owed_fen, pieces), split_over(facts.cost_fen, pieces), split_over(case.agreed_fen, pieces),
        facts.is_paid, replace(pen, day=paid_on), owes_as_member=facts.owes_as_member,
    )  # fmt: skip
    return Carrying(case, price, facts, pieces, sums, pen)


def _keep(carrying: Carrying, request: ApprovalRequest, money_fen: int) -> DisposalExecution:
    """Insert what was done before it is done: the database lets a card close only for a case that is carried out."""
    case, facts, by = carrying.case, carrying.facts, carrying.pen.by
    row = DisposalExecution(
        case_id=case.id, region_code=case.region_code, price_id=carrying.price.id if carrying.price else None,
        effective_on=carrying.pen.day, handed_over_on=facts.handed_over_on, recipient_name=carrying.recipient_name,
        recipient_signed_by=facts.signed_by.strip(), price_fen=money_fen, cost_fen=facts.cost_fen,
        is_paid=facts.is_paid and money_fen > 0,
        owes_as_member=facts.owes_as_member if _is_owed(carrying) else None,
        paper_no=facts.paper_no.strip(), note=facts.note.strip(),
        prepared_by_id=request.submitted_by_id, prepared_by_text=request.submitted_by_text, by_id=by.id,
        by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _is_owed(carrying: Carrying) -> bool:
    """Say whether something is still to be paid: a price without receipt, or what a loss is compensated with."""
    owed = any(carrying.sums.money.values())
    return owed and (not carrying.sums.is_paid or carrying.case.about is DisposalKind.LOSS)


def _do(carrying: Carrying, files: list[KeptFile]) -> None:
    """Let what comes in come, write the books, take off the register what goes; shares are left and held."""
    case, pen = carrying.case, carrying.pen
    carrying = replace(carrying, sums=_come_in(carrying))
    ledgers = ledgers_of(carrying.pieces, carrying.sums, pen)
    post_all(ledgers, case.about)
    if case.meaning.is_exit:
        leave_equity(carrying, files)
    removed = _take_off(carrying)
    post_rest(carrying, ledgers, removed)


def _come_in(carrying: Carrying) -> Sums:
    case, facts, pieces, pen = carrying.case, carrying.facts, carrying.pieces, carrying.pen
    if case.about is DisposalKind.SWAP and facts.incoming:
        worth = case.agreed_fen - facts.income_fen
        asset = take_in(case, pieces, facts.incoming, worth, by=pen.by, day=pen.day, on=pen.on)
        return replace(carrying.sums, new_asset_id=asset.id)
    if case.about is DisposalKind.IN_KIND and facts.terms:
        card = become_shares(case, pieces, facts.terms, by=pen.by, day=pen.day)
        hold_shares(case, pieces, card, facts.terms, pen.made_by, by=pen.by, on=pen.on)
        return replace(carrying.sums, new_asset_id=card.id)
    return carrying.sums


def _take_off(carrying: Carrying) -> list[Removed]:
    case, pen, facts = carrying.case, carrying.pen, carrying.facts
    is_share = any(piece.line.how_much is Extent.SHARE for piece in carrying.pieces)
    until = max(pen.day, facts.handed_over_on or pen.day)
    leaving = Leaving(case, pen.day, until, pen.by, receiver_of(carrying, is_share=is_share))
    return remove(carrying.pieces, leaving) if case.meaning.removes else change_use(carrying.pieces, leaving)


def _open_proceeds(carrying: Carrying, policy: Policy) -> None:
    """Open an account for each owner whose disposal fetched something."""
    case, facts, sums, pen = carrying.case, carrying.facts, carrying.sums, carrying.pen
    if not case.meaning.has_proceeds:
        return
    portions = [
        Portion(
            party, due, sum_of(sums.cost, party.id), due if sums.is_paid else 0,
            facts.paid_on if sums.is_paid else None, facts.receipt_no.strip(),
        )
        for party in parties_of(carrying.pieces)
        if (due := sum_of(sums.money, party.id))
    ]  # fmt: skip
    if portions:
        open_proceeds(case, portions, by=pen.by, on=pen.on, policy=policy)
