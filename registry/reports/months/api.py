"""JSON resources of the periodic tables: the periods of a unit, and the figures of one."""

from collections.abc import Iterator
from typing import Any

from flask import Response

from registry.clock import today
from registry.errors import Missing
from registry.permissions import Permission
from registry.regions import level_of
from registry.reports.covering import check_region, sectors_in
from registry.reports.months.laying import BlockFigures, RowFigures, laid_out
from registry.reports.months.period_tables import forms_of
from registry.reports.months.reading import digests_of, read_figures
from registry.reports.months.schemas import (
    ReportFigureArguments,
    ReportPeriodArguments,
    ReportPeriodFigures,
    ReportPeriodPage,
    ReportPeriodRow,
)
from registry.reports.months.standing import PeriodState, Standing, list_standings
from registry.rest.calls import Body, actor, api_requires, listed, shown
from registry.rest.openapi import Resources
from registry.supervision.periods.rules import USUAL, NotAPeriod, Period, PeriodKind, month_text, read_period
from registry.token_scopes import Scope

resources = Resources("months", __name__, "定期报表")
_P, _S = Permission, Scope


def _row(region_code: str, period: Period, standing: Standing, digest: str) -> Body:
    return {
        "period": period.name, "region_code": region_code, "kind": period.kind.value, "state": standing.state.value,
        "first_month": month_text(standing.since), "closes_on": standing.closes_on, "digest": digest,
    }  # fmt: skip


@resources.get("/periods", "列一个单位的报表期间，新的在前")
@api_requires(_P.PRINT, scope=_S.PRINTS_READ)
@resources.arguments(ReportPeriodArguments, location="query")
@resources.response(200, ReportPeriodPage)
def index(args: dict[str, Any]) -> Response:
    """List the periods of a unit with how far each has come."""
    here = args.get("region") or actor().unit_code
    check_region(here, actor())
    kind = PeriodKind(args["kind"]) if "kind" in args else USUAL[level_of(here)]
    rows = list_standings(here, kind, today())
    digests = digests_of(here, [period for period, one in rows if one.state is PeriodState.CLOSED])
    return listed([ReportPeriodRow().dump(_row(here, period, one, digests.get(period, ""))) for period, one in rows])


@resources.get("/periods/<region_code>/<period>", "读一个单位一个期间的数字，一张表或全部")
@api_requires(_P.PRINT, scope=_S.PRINTS_READ)
@resources.arguments(ReportFigureArguments, location="query")
@resources.response(200, ReportPeriodFigures)
def figures(args: dict[str, Any], region_code: str, period: str) -> Response:
    """Show the figures of a period; what is nought is left out."""
    check_region(region_code, actor())
    try:
        meant = read_period(period)
    except NotAPeriod as error:
        raise Missing from error
    reading = read_figures(region_code, meant, sectors_in(region_code, actor()), today())
    told = [
        figure
        for table in laid_out(reading, forms_of(args.get("table", "")))
        for block in table.blocks
        for figure in _figures(table.name, block)
    ]
    return shown(
        ReportPeriodFigures().dump({**_row(region_code, meant, reading.standing, reading.digest), "figures": told})
    )  # fmt: skip


def _figures(table: str, block: BlockFigures) -> Iterator[Body]:
    for row in block.rows:
        yield from _of_row(table, block, row, "")
    for row in block.units:
        yield from _of_row(table, block, row, row.key)


def _of_row(table: str, block: BlockFigures, row: RowFigures, unit_code: str) -> Iterator[Body]:
    for head, value in zip(block.heads, row.values, strict=True):
        if value:
            yield {
                "table": table, "block": block.code, "column": head.code, "label": head.words,
                "row": "" if unit_code else row.key, "row_label": row.label, "unit_code": unit_code,
                "count": None if head.is_money else value, "amount": value if head.is_money else None,
            }  # fmt: skip
