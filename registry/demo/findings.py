"""What was found in the demo county and how far it is mended; an agency's report; a sample of the auditor."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from registry.demo.places import UnitRow, units
from registry.demo.tables import labelled, read, told_day
from registry.demo.telling import Telling
from registry.evidence.services import KeptFile
from registry.money import parse_fen
from registry.supervision.engagements.models import Engagement
from registry.supervision.engagements.queries import TABLE
from registry.supervision.engagements.rules import EngagementFacts, EngagementKind, ReportFacts
from registry.supervision.engagements.services import engage, take_report
from registry.supervision.findings.models import Finding
from registry.supervision.findings.rules import FindingFacts, Mender, Origin, Source, Step
from registry.supervision.findings.services import check_off, enter_finding, report_mending, send_back
from registry.supervision.sampling.models import SampleItem
from registry.supervision.sampling.queries import list_items
from registry.supervision.sampling.rules import DrawMethod, ItemResult, Population, SamplePlan
from registry.supervision.sampling.services import Checked, enter_result, finding_of, keep_sample, prepare


class FindingRow(NamedTuple):
    """A problem, as whoever found it entered it."""

    key: str
    unit_name: str
    source: str
    username: str
    found_on: str
    due_on: str
    problem: str
    basis: str
    demand: str
    mender: str
    person: str
    assets: str
    contract: str
    recurs: str


class FindingStepRow(NamedTuple):
    """A report, a check or a return."""

    key: str
    day: str
    username: str
    deed: str
    words: str
    picture: str


class EngagementRow(NamedTuple):
    """An agency's contract and report."""

    kind: str
    agency: str
    task: str
    units: str
    contract_no: str
    fee: str
    signed_on: str
    report_by: str
    report_no: str
    reported_on: str
    conclusions: str
    username: str


class SampleRow(NamedTuple):
    """A draw, and how many of its items have been checked."""

    username: str
    population: str
    method: str
    size: str
    seed: str
    purpose: str
    sound: str
    note: str
    basis: str
    demand: str


FINDINGS, STEPS = read("findings", FindingRow), read("finding_steps", FindingStepRow)
ENGAGEMENTS, SAMPLES = read("engagements", EngagementRow), read("samples", SampleRow)
_DEEDS: dict[Step, Callable[..., object]] = {
    Step.REPORTED: report_mending,
    Step.CHECKED_OFF: check_off,
    Step.SENT_BACK: send_back,
}


def tell_finding(row: FindingRow, told: Telling) -> None:
    """Enter a problem on its day, with what was done about it since."""
    unit, on = units()[row.unit_name], told.day(row.found_on)
    facts = FindingFacts(
        unit.code, labelled(Source, row.source), row.problem, row.basis, row.demand, on, told.day(row.due_on),
        labelled(Mender, row.mender), row.person,
        assets=tuple(asset.asset_no for asset in told.assets_of(unit, row.assets)),
        contract_no=told.contracts[row.contract].number if row.contract else "",
    )  # fmt: skip
    earlier = told.findings.get(row.recurs)
    finding = enter_finding(facts, [told.pictures["问题"]], by=told.staff.named(row.username), on=on, recurs=earlier)
    told.findings[row.key] = finding
    for step in STEPS:
        if step.key == row.key:
            _tell_step(finding, step, told)


def _tell_step(finding: Finding, row: FindingStepRow, told: Telling) -> None:
    files: list[KeptFile] = [told.pictures[row.picture]] if row.picture else []
    deed = _DEEDS[labelled(Step, row.deed)]
    deed(finding, row.words, files, by=told.staff.named(row.username), on=told.day(row.day))


def tell_engagement(row: EngagementRow, county: UnitRow, told: Telling) -> None:
    """Engage an agency; take in its report, and enter the problem that it names."""
    by, signed_on = told.staff.named(row.username), told.day(row.signed_on)
    facts = EngagementFacts(
        county.code, labelled(EngagementKind, row.kind), row.agency, row.task, signed_on, told.day(row.report_by),
        contract_no=row.contract_no, fee_fen=parse_fen(row.fee), units=(units()[row.units].code,),
    )  # fmt: skip
    made = engage(facts, [told.pictures["合同"]], by=by, on=signed_on)
    reported_on = told.day(row.reported_on)
    report = ReportFacts(row.report_no, reported_on, row.conclusions)
    take_report(made, report, [told.pictures["批复"]], by=by, on=reported_on)
    _follow_up(made, row, told)


def _follow_up(engagement: Engagement, row: EngagementRow, told: Telling) -> None:
    on = told.day(row.reported_on) + timedelta(days=1)
    facts = FindingFacts(
        units()[row.units].code, Source.AGENCY, row.conclusions, f"{row.agency} {row.report_no}",
        "按报告建议逐条整改，附整改凭证", on, on + timedelta(days=45), origin=Origin(TABLE, engagement.id),
    )  # fmt: skip
    enter_finding(facts, by=told.staff.named(row.username), on=on)


def tell_sample(row: SampleRow, county: UnitRow, told: Telling) -> None:
    """Draw a sample and enter its first results: so many are sound, the next is not, the others wait."""
    by, on = told.staff.named(row.username), told.today
    plan = SamplePlan(
        county.code, labelled(Population, row.population), labelled(DrawMethod, row.method), int(row.size), row.purpose,
        seed=row.seed,
    )  # fmt: skip
    prepared = prepare(plan, by=by, on=on, policy=told.policy(county.code, on))
    items = list_items(keep_sample(prepared, by=by, on=on).id)
    for item in items[: int(row.sound)]:
        enter_result(item, Checked(ItemResult.SOUND, "账、卡、实物一致"), by=by, on=on)
    _tell_unsound(items[int(row.sound)], row, told)


def _tell_unsound(item: SampleItem, row: SampleRow, told: Telling) -> None:
    by, on = told.staff.named(row.username), told.today
    words = FindingFacts("", Source.AUDIT, row.note, row.basis, row.demand, on, told_day("+30", on))
    facts = replace(finding_of(item, words, by), person="")
    enter_result(item, Checked(ItemResult.UNSOUND, row.note, facts), [told.pictures["问题"]], by=by, on=on)
