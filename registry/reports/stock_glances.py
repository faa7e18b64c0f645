"""What the page of verification shows of the papers of a count."""

from registry.money import format_yuan
from registry.reports.count_report import CountReport
from registry.reports.count_sheet import CountSheet
from registry.reports.glances import Glance
from registry.text import N_


def of_sheet(figures: CountSheet) -> Glance:
    """Return what a reader compares of a list to be counted."""
    count = N_("%(count)s 项") % {"count": f"{len(figures.lines):,}"}
    value = format_yuan(sum(line.value_fen for line in figures.lines))
    return (
        (N_("单位"), figures.unit_name),
        (N_("清查"), figures.title),
        (N_("账面项数"), count),
        (N_("原值（元）"), value),
    )


def of_report(figures: CountReport) -> Glance:
    """Return what a reader compares of the result of a count."""
    expected = N_("%(count)s 项") % {"count": f"{sum(one.expected for one in figures.categories):,}"}
    differing = N_("%(count)s 项") % {"count": f"{len(figures.differences):,}"}
    return (
        (N_("单位"), figures.unit_name), (N_("清查"), figures.title), (N_("应盘"), expected), (N_("差异"), differing)
    )  # fmt: skip
