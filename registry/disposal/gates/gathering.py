"""From rows to what the gates ask about: a case with its lines, its value and its route today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.approvals.requests.answering import current_step
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import find_request, kinds_attached, papers_of
from registry.approvals.requests.services import digest_of
from registry.approvals.requests.states import RequestStatus
from registry.assets.register.cards.models import AssetOwner, Interest
from registry.assets.register.categories import TitleStatus
from registry.assets.title.cases.queries import holders_of
from registry.audit.canonical import encode
from registry.database import db
from registry.disposal.cases.content import circumstances_of, content_of, units_of, weights_of
from registry.disposal.cases.models import DisposalAppraisal, DisposalCase, DisposalLine
from registry.disposal.cases.opening import TABLE, plans_of, worth_of
from registry.disposal.cases.queries import earlier_cases, find_report, list_lines
from registry.disposal.gates.facts import CaseFacts, LineFacts, PriceFacts, Report
from registry.disposal.gates.kinds import Gate
from registry.disposal.gates.standing import Standing, standing_of
from registry.disposal.prices.kinds import CARRIES, PriceVerdict
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.prices.queries import find_price
from registry.disposal.valuation import Worth, basis_fen, needs_appraisal, window_from
from registry.evidence.rules import EvidenceKind
from registry.ledger.books.models import Book
from registry.ledger.books.rules import month_of, say_month
from registry.policy.parameters import Parameter
from registry.policy.procedures import Circumstances, Weight
from registry.policy.rules import Policy


@dataclass(frozen=True)
class Gathered:
    """A case as it stands: the gates' facts, its lines taken in, its request, and what chooses its route today."""

    case: DisposalCase
    lines: Sequence[DisposalLine]
    request: ApprovalRequest | None
    report: DisposalAppraisal | None
    facts: CaseFacts
    circumstances: Circumstances
    units: tuple[str, ...]
    since: date


def gather(case: DisposalCase, *, on: date, policy: Policy, effective_on: date | None = None) -> Gathered:
    """Read everything the gates ask about: a dozen questions whatever the number of lines.

    ``effective_on``: from which day it is to count, where it is carried out from a later day than was applied for.
    """
    lines = list_lines(case.id, taken=True)
    report, request = find_report(case.id), find_request(TABLE, str(case.id))
    holders = holders_of([line.asset_id for line in lines])
    units = units_of(case, lines, holders)
    weights = weights_of(case, lines, units)
    since = window_from(case.submitted_on or on, policy)
    earlier = tuple(earlier_cases(case.owner_id, case.about, since, besides=case.id))
    worth = _worth(lines, report, on)
    circumstances = circumstances_of(case, basis_fen(worth, earlier), weights)
    route, _procedure = policy.procedure(circumstances)
    price = find_price(case.id)
    facts = CaseFacts(
        kind=case.about, ground=case.why, reason=case.reason, owner_kind=case.holder_kind,
        effective_on=effective_on or case.effective_on, lines=_line_facts(case, lines, on), worth=worth,
        basis_fen=circumstances.value_fen, earlier=earlier, route_key=route.key,
        opened_route=request.route_key if request else "", route_label=route.label,
        window_months=policy.number(Parameter.SPLIT_MONTHS), papers=_papers(case, request),
        report=Report(report.value_fen, report.appraised_on, report.valid_until) if report else None,
        appraisal_needed=needs_appraisal(case.meaning, case.holder_kind, worth.highest_fen, policy),
        recipient=case.recipient_name or (price.buyer_name if price else ""), exit_terms=case.exit_terms,
        plans={Gate(gate): said for gate, said in plans_of(case).items() if gate in set(Gate)},
        is_agreed=_is_agreed(case, lines, report, request), lacking=_lacking(request), price=_price(price),
        closed_month=_closed(effective_on or case.effective_on, holders), is_sudden=case.is_sudden,
    )  # fmt: skip
    return Gathered(case, lines, request, report, facts, circumstances, units, since)


def weights_text(weights: frozenset[Weight]) -> str:
    """Write what makes a case weighty as it is stored."""
    return " ".join(sorted(weights))


def _worth(lines: Sequence[DisposalLine], report: DisposalAppraisal | None, on: date) -> Worth:
    rows = [worth_of(line, on) for line in lines]
    appraised = report.value_fen if report else None
    return Worth(sum(original for original, _net in rows), sum(net for _original, net in rows), appraised)


def _line_facts(case: DisposalCase, lines: Sequence[DisposalLine], on: date) -> tuple[LineFacts, ...]:
    ids = [line.asset_id for line in lines]
    found = standing_of(ids, on, besides=case.id, is_exit=case.meaning.is_exit)
    terms = _exit_terms(ids) if case.meaning.is_exit else {}
    return tuple(_one(line, found, terms) for line in lines)


def _one(line: DisposalLine, found: Standing, terms: dict[int, str]) -> LineFacts:
    asset, key = line.asset, line.asset_id
    return LineFacts(
        name=asset.name, stage=asset.state, category=asset.kind, nature=asset.subtype_row.nature,
        title=TitleStatus(asset.title_status), acquired_on=asset.acquired_on,
        last_posted_on=found.posted.get(key), title_paper=found.papers.get(key, asset.certificate_number),
        other_case=found.cases.get(key, ""), encumbrance=found.encumbrances.get(key, ""),
        contract=found.contracts.get(key, ""), owed_fen=found.owed.get(key, 0), held_fen=found.held.get(key, 0),
        undistributed_fen=found.undistributed.get(key, 0), repair=found.repairs.get(key, ""),
        refused_repair=found.refused_repairs.get(key, ""), custodian=found.custodians.get(key, ""),
        extent=line.how_much, exit_terms=terms.get(key, ""),
    )  # fmt: skip


def _exit_terms(asset_ids: Sequence[int]) -> dict[int, str]:
    rows = select(Interest.asset_id, Interest.exit_terms).where(Interest.asset_id.in_(asset_ids))
    return {row.asset_id: row.exit_terms for row in db.session.execute(rows)}


def _papers(case: DisposalCase, request: ApprovalRequest | None) -> frozenset[EvidenceKind]:
    return frozenset(papers_of(request) if request else kinds_attached(TABLE, str(case.id)))


def _is_agreed(
    case: DisposalCase,
    lines: Sequence[DisposalLine],
    report: DisposalAppraisal | None,
    request: ApprovalRequest | None,
) -> bool:
    """Say whether every level has agreed to exactly what stands there now."""
    if request is None or request.state not in {RequestStatus.APPROVED, RequestStatus.EXECUTED}:
        return False
    return digest_of(encode(content_of(case, list_lines(case.id), report))) == request.content_digest


def _lacking(request: ApprovalRequest | None) -> str:
    if request is None:
        return "—"
    step = current_step(request)
    return step.label if step else request.state.label


def _price(row: DisposalPrice | None) -> PriceFacts | None:
    if row is None:
        return None
    verdict = PriceVerdict(row.verdict)
    return PriceFacts(row.price_fen, verdict in CARRIES, verdict.label)


def _closed(day: date, holders: Mapping[int, Sequence[AssetOwner]]) -> str:
    """Return the month of the effective day if one of the owners has closed it already; empty if none has."""
    parties = {row.party_id for found in holders.values() for row in found}
    closed = select(Book.closed_month).where(Book.party_id.in_(parties), Book.closed_month.is_not(None))
    month = month_of(day)
    return say_month(month) if any(done is not None and done >= month for done in db.session.scalars(closed)) else ""
