"""Pages of warnings: what stands in a unit and below, and why one fired."""

from typing import TypeVar

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from registry.clock import today
from registry.errors import Missing
from registry.kinds import Sector
from registry.permissions import Permission, may
from registry.places.queries import names_of, unit_around
from registry.regions import lineage, log_of
from registry.supervision.warnings.counts import count_by_risk, count_by_severity, count_by_unit
from registry.supervision.warnings.queries import (
    PAGE_ROWS,
    WarningFilter,
    find_progress,
    get_warning,
    list_warnings,
)
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import LIGHTER, Severity, Topic
from registry.supervision.warnings.showing import TONES, mending_page, shown_warning, title_of
from registry.text import Labelled
from registry.web import actor, page, requires, row_number

blueprint = Blueprint("warnings", __name__)
_P = Permission
L = TypeVar("L", bound=Labelled)
_HANDED = {"yes": True, "no": False}


@blueprint.get("/warnings")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List what stands in a unit and below, with counts by weight, unit and kind."""
    wanted = _wanted()
    found = list_warnings(wanted, actor(), after=row_number("after"))
    rows = found[:PAGE_ROWS]
    units = count_by_unit(wanted, actor())
    region = wanted.region_code
    return page(
        "warnings/index.html",
        rows=rows,
        pages={row.id: mending_page(row) for row in rows},
        next_place=rows[-1].id if len(found) > PAGE_ROWS else 0,
        wanted=wanted,
        terms={key: value for key, value in request.args.items() if value and key != "after"},
        weights=count_by_severity(wanted, actor()),
        kinds=count_by_risk(wanted, actor()),
        units=units,
        names=names_of({*units, *(row.region_code for row in rows)}),
        trail=[code for code in lineage(region) if may(actor(), _P.ASSET_READ, code) or code == region],
        today=today(), topics=Topic, risks=Risk, severities=Severity, lighter=LIGHTER, sectors=Sector, tones=TONES,
        title_of=title_of, progress=find_progress(log_of(region)),
    )  # fmt: skip


def _wanted() -> WarningFilter:
    """Read the conditions of the address; raises Missing for a unit out of reach or a word nobody knows."""
    args = request.args
    weight = args.get("severity", "")
    return WarningFilter(
        unit_around(args.get("region"), actor()),
        _chosen(Topic, args.get("topic", "")),
        _chosen(Risk, args.get("risk", "")),
        _chosen(Severity, "" if weight == LIGHTER else weight),
        _chosen(Sector, args.get("sector", "")),
        closed=args.get("state") == "closed",
        handed=_HANDED.get(args.get("handed", "")),
        lighter=weight == LIGHTER,
    )


def _chosen(kind: type[L], text: str) -> L | None:
    if text and text not in set(kind):
        raise Missing
    return kind(text) if text else None


@blueprint.get("/warnings/<int:warning_id>")
@requires(Permission.ASSET_READ)
def show(warning_id: int) -> ResponseReturnValue:
    """Show why a warning fired: figures, basis, where it is mended, when it was found before, with whom it lies."""
    shown = shown_warning(get_warning(warning_id, actor()), actor())
    names = names_of({shown.warning.region_code, *(one.row.from_code for one in shown.hand_offs)})
    return page(
        "warnings/warning.html", shown=shown, warning=shown.warning, names=names, today=today(), tones=TONES,
        title_of=title_of,
    )  # fmt: skip
