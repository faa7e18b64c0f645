"""Entering a finding, reporting what was mended, checking it off or sending it back: one function per deed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.ledger.operation.contracts.models import Contract
from registry.permissions import Actor, Permission
from registry.places.queries import get_region
from registry.regions import code_range
from registry.scope import within
from registry.supervision.findings.models import Finding, FindingAsset, FindingStep
from registry.supervision.findings.queries import find_successor, list_steps, next_numbers, reporters_of
from registry.supervision.findings.refusals import NotCheckedOff, NotHere, NotYourStep, OtherUnit, RecursAlready
from registry.supervision.findings.rules import (
    FindingFacts,
    FindingStatus,
    Step,
    check_entering,
    check_opinion,
    check_report,
    check_second,
)


@dataclass(frozen=True)
class _Named:
    """What a finding names by number in its unit, and what was not found there."""

    assets: list[Asset]
    contract_id: int | None
    disposal_id: int | None
    unknown: list[NotHere]


def enter_finding(
    facts: FindingFacts,
    files: Sequence[KeptFile] = (),
    *,
    by: Actor,
    on: date,
    recurs: Finding | None = None,
) -> Finding:
    """Enter a finding; ``recurs`` is the one that was checked off and has come back.

    Raises NotYourUnit, NotYourSource, NotHere, NotAMender, NotCheckedOff, RecursAlready, OtherUnit and what is wrong
    with the words.
    """
    return _enter(facts, next_numbers(facts.region_code, on), files, by, on, recurs)


def enter_findings(region_code: str, many: Sequence[FindingFacts], *, by: Actor, on: date) -> list[Finding]:
    """Enter findings of one county, counted on from its last one. Raises what enter_finding raises."""
    numbers = next_numbers(region_code, on)
    return [_enter(facts, numbers, (), by, on, None) for facts in many]


def _enter(
    facts: FindingFacts, numbers: Iterator[str], files: Sequence[KeptFile], by: Actor, on: date,
    recurs: Finding | None,
) -> Finding:  # fmt: skip
    get_region(facts.region_code)
    named = _named(facts, by)
    sector = facts.sector or _sector_of(named.assets)
    check_entering(facts, sector, named.unknown, by=by, on=on)
    if recurs is not None:
        _check_recurring(recurs, facts)
    finding = _new(facts, named, next(numbers), sector, by)
    if recurs is not None:
        finding.recurs_id, finding.recurrences = recurs.id, recurs.recurrences + 1
    db.session.add(finding)
    db.session.flush()
    for asset in named.assets:
        db.session.add(FindingAsset(finding_id=finding.id, asset_id=asset.id, region_code=finding.region_code))
    step = _step(finding, Step.ENTERED, facts.problem, by, on)
    record(Action.FINDING_ENTERED, finding, by=by, reason=finding.basis)
    _prove(step, files, by, on)
    return finding


def _new(facts: FindingFacts, named: _Named, number: str, sector: str, by: Actor) -> Finding:
    origin = facts.origin
    return Finding(
        number=number, region_code=facts.region_code, mender_code=facts.mender_code,
        person=facts.person.strip(), sector=sector, source=facts.source.value,
        origin_table=origin.table if origin else "", origin_id=origin.id if origin else None,
        problem=facts.problem.strip(), basis=facts.basis.strip(), demand=facts.demand.strip(),
        contract_id=named.contract_id, disposal_case_id=named.disposal_id, found_on=facts.found_on,
        due_on=facts.due_on, status=FindingStatus.OPEN.value, recurrences=0, entered_by_id=by.id,
        entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip


def _named(facts: FindingFacts, by: Actor) -> _Named:
    here = Asset.region_code.between(*code_range(facts.region_code))
    rows = select(Asset).where(Asset.asset_no.in_(facts.assets), here, within(Asset, by, Permission.ASSET_READ))
    assets = {asset.asset_no: asset for asset in db.session.scalars(rows)}
    contract_id = _find(Contract, facts.contract_no, Permission.LEDGER_READ, facts, by)
    disposal_id = _find(DisposalCase, facts.disposal_no, Permission.ASSET_READ, facts, by)
    unknown = [NotHere(field="assets", key=number) for number in facts.assets if number not in assets]
    for field, number, key in (
        ("contract_no", facts.contract_no.strip(), contract_id), ("disposal_no", facts.disposal_no.strip(), disposal_id)
    ):  # fmt: skip
        if number and key is None:
            unknown.append(NotHere(field=field, key=number))
    known = [assets[number] for number in facts.assets if number in assets]
    return _Named(known, contract_id, disposal_id, unknown)


def _find(
    model: type[Contract] | type[DisposalCase], number: str, permission: Permission, facts: FindingFacts, by: Actor
) -> int | None:
    if not number.strip():
        return None
    here = model.region_code.between(*code_range(facts.region_code))
    rows = select(model.id).where(model.number == number.strip(), here, within(model, by, permission))
    return db.session.scalar(rows)


def _sector_of(assets: Sequence[Asset]) -> str:
    """Return the sector that all these assets belong to, nothing if there are several or none."""
    sectors = {asset.sector for asset in assets}
    return sectors.pop() if len(sectors) == 1 else ""


def _check_recurring(earlier: Finding, facts: FindingFacts) -> None:
    if earlier.state is not FindingStatus.CHECKED_OFF:
        raise NotCheckedOff
    again = find_successor(earlier.id)
    if again is not None:
        raise RecursAlready(number=again.number)
    if facts.region_code != earlier.region_code:
        raise OtherUnit(field="region_code")


def _step(finding: Finding, kind: Step, words: str, by: Actor, on: date) -> FindingStep:
    step = FindingStep(
        finding_id=finding.id, region_code=finding.region_code, kind=kind.value, words=words.strip(), stepped_on=on,
        by_id=by.id, by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(step)
    db.session.flush()
    return step


def _prove(step: FindingStep, files: Sequence[KeptFile], by: Actor, on: date) -> None:
    if files:
        attach([*files], Caption(EvidenceKind.OTHER, step.about.label, on), to=thing_of(step), by=by)


def prove_step(finding: Finding, step: FindingStep, files: Sequence[KeptFile], *, by: Actor, on: date) -> None:
    """Add what proves a step to the last one, as whoever took it. Raises NotYourStep."""
    if by.id is None or step.by_id != by.id or list_steps([finding.id])[-1].id != step.id:
        raise NotYourStep
    _prove(step, files, by, on)


def report_mending(finding: Finding, words: str, files: Sequence[KeptFile] = (), *, by: Actor, on: date) -> FindingStep:
    """Report what the unit that mends has done. Raises NothingToMend, NotTheMender, ReportMissing."""
    check_report(finding.state, finding.mender_code, words, by=by)
    step = _step(finding, Step.REPORTED, words, by, on)
    finding.status, finding.report = FindingStatus.REPORTED.value, step.words
    finding.reported_by_id, finding.reported_by_text, finding.reported_on = by.id, step.by_text, on
    # What an earlier check said stands in its step; this report has not been checked yet.
    finding.checked_by_id, finding.checked_by_text, finding.checked_on, finding.opinion = None, "", None, ""
    record(Action.FINDING_REPORTED, finding, by=by, reason=step.words)
    _prove(step, files, by, on)
    return step


def check_off(finding: Finding, words: str, files: Sequence[KeptFile] = (), *, by: Actor, on: date) -> FindingStep:
    """Check a finding off as another person above. Raises NothingToCheck, OwnMending, NotAbove, OpinionMissing."""
    return _checked(finding, Step.CHECKED_OFF, words, files, by=by, on=on)


def send_back(finding: Finding, words: str, files: Sequence[KeptFile] = (), *, by: Actor, on: date) -> FindingStep:
    """Send a finding back to be mended further. Raises what check_off raises."""
    return _checked(finding, Step.SENT_BACK, words, files, by=by, on=on)


_ACTIONS = {Step.CHECKED_OFF: Action.FINDING_CHECKED_OFF, Step.SENT_BACK: Action.FINDING_SENT_BACK}


def _checked(
    finding: Finding, kind: Step, words: str, files: Sequence[KeptFile], *, by: Actor, on: date
) -> FindingStep:
    check_second(finding.state, finding.found_by, finding.mender_code, reporters_of(finding.id), by=by)
    check_opinion(words)
    step = _step(finding, kind, words, by, on)
    finding.status, finding.opinion = FindingStatus(kind.value).value, step.words
    finding.checked_by_id, finding.checked_by_text, finding.checked_on = by.id, step.by_text, on
    record(_ACTIONS[kind], finding, by=by, reason=step.words)
    _prove(step, files, by, on)
    return step
