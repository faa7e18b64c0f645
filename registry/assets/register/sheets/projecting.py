"""From a row of a plan or a project library to what the project's one door takes. Pure."""

from collections.abc import Mapping

from registry.assets.register.funding import FundingSource
from registry.assets.register.projects.rules import ProjectFacts, check_project
from registry.assets.register.reading.problems import CellProblem, Notice, Problem, ProblemKind, said_by, say
from registry.assets.register.registration import FundingFact
from registry.assets.register.sheets.fields import label_of
from registry.assets.register.sheets.headings import Column
from registry.assets.register.sheets.records import ProjectRow
from registry.assets.register.sheets.tables import ReadRow
from registry.errors import Invalid
from registry.kinds import Sector
from registry.text import N_

MOST_CONTENT = 1000
#: Columns of a project list that the register has no place for; told once for the file.
UNKEPT = ("performance", "beneficiaries", "linkage", "responsible_unit", "responsible_person", "nature")
_REMEDIES = {
    "name": ("name", N_("填项目名称，最多 200 个字")),
    "year": ("project_year", N_("填项目年度，如 2020；整张表同一年的，在“对列名”里选")),
    "lines": ("subtotal", N_("填金额")),
}


def project_from(
    read: ReadRow, row: ProjectRow, columns: Mapping[str, Column], year_now: int
) -> tuple[ProjectFacts | None, list[CellProblem], list[Notice]]:
    """Return what a row says of a project, or the problem that stands in its way; and what was decided."""
    if row.region_code is None or row.name is None:
        return None, [], []
    lines, notices = _lines(read, row)
    starts = row.starts_on
    year = row.project_year or (starts.day.year if starts else 0)
    facts = ProjectFacts(
        region_code=row.region_code,
        name=row.name,
        year=year,
        lines=lines,
        number=row.project_number or "",
        kind=row.project_kind or "",
        content=_content(row),
        department=row.department or "",
        owner_unit=row.owner_unit or "",
        period=_period(row),
        sector=Sector.AGRICULTURE,
    )
    if len(facts.content) > MOST_CONTENT:
        problem = Problem(ProblemKind.OTHER, say(N_("建设内容和备注合起来太长")), say(N_("缩短到 1000 个字以内")))
        return None, [_problem(read, columns, "content", problem)], notices
    if not year:
        return None, [_missing_year(read, columns)], notices
    try:
        check_project(facts, year_now=year_now)
    except Invalid as refused:
        key, remedy = _REMEDIES[refused.field or "name"]
        return None, [_problem(read, columns, key, Problem(ProblemKind.OTHER, said_by(refused), say(remedy)))], notices
    return facts, [], notices


def _missing_year(read: ReadRow, columns: Mapping[str, Column]) -> CellProblem:
    remedy = say(_REMEDIES["year"][1])
    return _problem(
        read, columns, "project_year", Problem(ProblemKind.REQUIRED, say(N_("没有写是哪一年的项目")), remedy)
    )


def _problem(read: ReadRow, columns: Mapping[str, Column], key: str, problem: Problem) -> CellProblem:
    column = columns.get(key)
    heading, index = (column.text, column.index) if column else (label_of(key), None)
    return CellProblem(read.row, heading, "", problem.kind, problem.text, problem.remedy, index)


def _lines(read: ReadRow, row: ProjectRow) -> tuple[tuple[FundingFact, ...], list[Notice]]:
    """Return the money lines under their document; money without a source is still to be verified, and told so."""
    document = row.funding_document or row.plan_document or ""
    if row.funding:
        given = [
            FundingFact(x.source, x.amount_fen, x.level, x.year, x.document_no or document)
            for x in row.funding
            if x.amount_fen
        ]
        return tuple(given), []
    if not row.subtotal_fen:
        return (), []
    text = say(N_("没有写资金来源，全部记为“来源待核”"))
    notice = Notice(read.row, label_of("funding_source"), text)
    return (FundingFact(FundingSource.UNVERIFIED, row.subtotal_fen, document_no=document),), [notice]


def _content(row: ProjectRow) -> str:
    remarks = N_("备注：%(remarks)s") % {"remarks": row.remarks} if row.remarks else ""
    return "；".join(filter(None, (row.content, remarks)))


def _period(row: ProjectRow) -> str:
    if row.period_text:
        return row.period_text
    ends = [day.text() for day in (row.starts_on, row.ends_on) if day]
    return N_("至").join(dict.fromkeys(ends))
