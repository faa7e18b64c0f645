"""Opening a case and filling it in until it is submitted: one function per deed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from registry.approvals.requests.rules import AppraisalFacts, check_appraisal, valid_until
from registry.approvals.requests.services import signature
from registry.assets.register.cards.models import Asset
from registry.assets.title.cases.queries import holders_of
from registry.audit.actions import Action
from registry.audit.canonical import decode, encode
from registry.audit.services import record, thing_of
from registry.bulk import add_many
from registry.clock import now
from registry.database import db
from registry.disposal.cases.models import DisposalAppraisal, DisposalCase, DisposalLine
from registry.disposal.cases.queries import busy_assets, choose, list_lines, next_number, subjects_of
from registry.disposal.kinds import EDITABLE, DisposalKind, DisposalStatus, Extent, LineDecision
from registry.disposal.refusals import (
    AppraisalOdd,
    InAnotherCase,
    NotEditable,
    ReasonMissing,
    ReportMissing,
    SuddenStays,
)
from registry.disposal.rules import CaseWords, Part, check_part, check_takes, check_words
from registry.disposal.valuation import part_by_quantity, part_by_share
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.parties.models import Party
from registry.permissions import Actor
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy

TABLE = "disposal_case"
_MONTHS = 12


@dataclass(frozen=True)
class Opening:
    """A case to be opened: what is said of it, and of which assets how much."""

    words: CaseWords
    asset_numbers: tuple[str, ...]
    parts: dict[str, Part] = field(default_factory=dict)
    #: What led to it (a difference of a count), by table and number.
    source: tuple[str, int] | None = None


@dataclass(frozen=True)
class Report:
    """A report of appraisal as it is entered."""

    agency: str
    report_no: str
    appraisers: tuple[str, ...]
    value_fen: int
    appraised_on: date
    is_statutory: bool = False


def open_case(opening: Opening, *, by: Actor, on: date) -> DisposalCase:
    """Open a case with its lines. Raises Missing, InAnotherCase and what check_takes, check_words, check_part raise."""
    assets = choose(opening.asset_numbers, by)
    subjects = subjects_of(assets)
    check_takes(opening.words.kind, subjects)
    check_words(opening.words, subjects)
    check_free(assets)
    first = max(holders_of([assets[0].id])[assets[0].id], key=lambda row: (row.share_bp, -row.id))
    case = DisposalCase(
        region_code=assets[0].region_code, number=next_number(assets[0].region_code, on.year),
        status=DisposalStatus.DRAFT.value, category=assets[0].category, sector=_one_sector(assets),
        owner_kind=first.party.kind, owner_id=first.party_id, opened_by_id=by.id, opened_by_text=signature(by),
        opened_at=now(),
    )  # fmt: skip
    if opening.source:
        case.source_table, case.source_id = opening.source
    write_words(case, opening.words)
    db.session.add(case)
    db.session.flush()
    add_many([_line(case, asset) for asset in assets])
    for line in list_lines(case.id):
        set_part(line, opening.parts.get(line.asset.asset_no, Part()), opening.words.kind, on=on)
    record(Action.DISPOSAL_OPENED, case, by=by)
    return case


def _one_sector(assets: Sequence[Asset]) -> str:
    sectors = {asset.sector for asset in assets}
    return sectors.pop() if len(sectors) == 1 else ""


def _line(case: DisposalCase, asset: Asset) -> DisposalLine:
    return DisposalLine(
        case_id=case.id, region_code=case.region_code, asset_id=asset.id, decision=LineDecision.TAKEN.value,
        extent=Extent.WHOLE.value, original_fen=asset.original_value_fen, net_fen=0,
    )  # fmt: skip


def check_free(assets: Sequence[Asset], *, besides: int = 0) -> None:
    """Raise InAnotherCase if one of these assets lies in another open case."""
    busy = busy_assets([asset.id for asset in assets], besides=besides)
    for asset in assets:
        if asset.id in busy:
            raise InAnotherCase(name=asset.name, number=busy[asset.id].number)


def write_words(case: DisposalCase, words: CaseWords) -> None:
    """Write what is said of a case into its columns."""
    to = words.recipient
    case.kind, case.ground, case.title = words.kind.value, words.ground.value, words.title.strip()
    case.reason, case.effective_on = words.reason.strip(), words.effective_on
    case.recipient_name, case.recipient_code = (to.name.strip(), to.credit_code) if to else ("", "")
    case.recipient_kind, case.recipient_region = (to.kind.value, to.region_code) if to else ("", "")
    case.agreed_fen, case.share_bp, case.exit_terms = words.agreed_fen, words.share_bp, words.exit_terms.strip()
    case.use_of_proceeds, case.document_no = words.use_of_proceeds.strip(), words.document_no.strip()
    case.is_whole_project = words.is_whole_project
    case.plans = encode({gate: said.strip() for gate, said in sorted(words.plans.items()) if said.strip()})


def set_part(line: DisposalLine, part: Part, kind: DisposalKind, *, on: date) -> None:
    """Say how much of an asset a line takes, and what that is worth today. Raises what check_part raises."""
    if part.extent is not Extent.WHOLE:
        # Holders are read for parts only: a list of hundreds of whole assets asks nothing of each.
        holder = db.session.get(Party, part.holder_id) if part.holder_id else None
        check_part(kind, subjects_of([line.asset])[0], part, holder.name if holder else "")
    line.extent, line.quantity_milli = part.extent.value, part.quantity_milli
    line.holder_id, line.share_bp = part.holder_id, part.share_bp
    line.original_fen, line.net_fen = worth_of(line, on)


def worth_of(line: DisposalLine, on: date) -> tuple[int, int]:
    """Return original and net value of what a line takes, as the register has it on a day (fen)."""
    asset = line.asset
    original, net = asset.original_value_fen, max(asset.net_value_fen(on), 0)
    if line.how_much is Extent.QUANTITY and line.quantity_milli and asset.quantity_milli:
        part, whole = line.quantity_milli, asset.quantity_milli
        return part_by_quantity(original, part, whole), part_by_quantity(net, part, whole)
    if line.how_much is Extent.SHARE and line.share_bp:
        return part_by_share(original, line.share_bp), part_by_share(net, line.share_bp)
    return original, net


def check_editable(case: DisposalCase) -> None:
    """Raise NotEditable unless a case is still being filled in."""
    if case.state not in EDITABLE:
        raise NotEditable(status=case.state.label)


def change_case(case: DisposalCase, words: CaseWords, *, by: Actor) -> None:
    """Say something else of a case that is not submitted. Raises NotEditable and what check_words raises."""
    check_editable(case)
    assets = [line.asset for line in list_lines(case.id, taken=True)]
    subjects = subjects_of(assets)
    check_takes(words.kind, subjects)
    check_words(words, subjects)
    if case.is_sudden and words.kind is not case.about:
        raise SuddenStays(field="kind")
    write_words(case, words)
    record(Action.DISPOSAL_CHANGED, case, by=by)


def decide_line(
    line: DisposalLine, case: DisposalCase, decision: LineDecision, reason: str, part: Part, *, by: Actor, on: date
) -> None:
    """Take an asset of a case in, whole or in part, or leave it out with the reason."""
    check_editable(case)
    if case.is_sudden:
        raise SuddenStays
    if decision is LineDecision.LEFT_OUT and not reason.strip():
        raise ReasonMissing(field="reason")
    line.decision, line.reason = decision.value, reason.strip()
    if decision is LineDecision.TAKEN:
        check_free([line.asset], besides=case.id)
        set_part(line, part, case.about, on=on)
    record(Action.DISPOSAL_CHANGED, case, by=by, reason=reason.strip())


def enter_report(
    case: DisposalCase, report: Report, files: list[KeptFile], *, by: Actor, on: date, policy: Policy
) -> DisposalAppraisal:
    """Enter a report of appraisal with its paper. Raises NotEditable, AppraisalOdd, ReportMissing, AppraisalTooFew …"""
    check_editable(case)
    if not (report.agency.strip() and report.report_no.strip()) or report.value_fen <= 0:
        raise AppraisalOdd(field="agency")
    if not files:
        raise ReportMissing(field="file")
    row = _report(case, report, by=by, on=on, policy=policy)
    db.session.add(row)
    db.session.flush()
    record(Action.DISPOSAL_VALUED, case, by=by)
    caption = Caption(EvidenceKind.APPRAISAL, row.report_no, report.appraised_on)
    attach(files, caption, to=thing_of(case), by=by)
    return row


def _report(case: DisposalCase, report: Report, *, by: Actor, on: date, policy: Policy) -> DisposalAppraisal:
    facts = AppraisalFacts(
        report.agency, report.report_no, report.appraisers, report.value_fen, report.appraised_on
    )  # fmt: skip
    check_appraisal(facts, on, policy)
    years = Parameter.APPRAISAL_FILE_YEARS_STATUTORY if report.is_statutory else Parameter.APPRAISAL_FILE_YEARS
    return DisposalAppraisal(
        case_id=case.id, region_code=case.region_code, agency=report.agency.strip(),
        report_no=report.report_no.strip(), appraisers="、".join(report.appraisers), value_fen=report.value_fen,
        appraised_on=report.appraised_on, valid_until=valid_until(report.appraised_on, policy),
        is_statutory=report.is_statutory,
        keep_until=add_months(report.appraised_on, policy.number(years) * _MONTHS), entered_by_id=by.id,
        entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip


def plans_of(case: DisposalCase) -> dict[str, str]:
    """Return how what is open will be settled until execution, gate by gate."""
    plans = decode(case.plans)
    return {str(gate): str(said) for gate, said in plans.items()} if isinstance(plans, dict) else {}
