"""Printing from the console: the same registered print as from the page, written to a file."""

from pathlib import Path

from registry.accounts.queries import actor_of, find_user
from registry.clock import today
from registry.errors import Forbidden, Invalid, Missing
from registry.permissions import may
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.covering import check_region
from registry.reports.parameters import NOTHING
from registry.reports.prints.queries import Asked, get_print
from registry.reports.prints.services import file_bytes, make_print
from registry.reports.report import PDF, XLSX
from registry.text import N_


class NoSuchReport(Invalid):
    """The console was asked for a report that is not printed by unit."""

    message = N_("没有“%(name)s”这种报表；可选：%(known)s。")


class NoSuchFormat(Invalid):
    """The name of the file does not say what it shall be."""

    message = N_("输出文件名要以 .pdf 或 .xlsx 结尾。")


def print_report(name: str, region: str, username: str, out: Path) -> str:
    """Print a report of a unit as a person, write the file and return the serial.

    Raises NoSuchReport, NoSuchFormat, Missing (person or unit), Forbidden.
    """
    known = [report.name.value for report in REPORTS.values() if report.by_region]
    if name not in known:
        raise NoSuchReport(name=name, known="、".join(known))
    file_format = out.suffix.lower().removeprefix(".")
    if file_format not in {PDF, XLSX}:
        raise NoSuchFormat
    user = find_user(username)
    if user is None or user.disabled_at is not None:
        raise Missing
    by = actor_of(user, today())
    report = REPORTS[ReportName(name)]
    if not may(by, report.permission):
        raise Forbidden
    check_region(region, by)
    serial = make_print(Asked(ReportName(name), region, today(), NOTHING), by=by, address=lambda _serial: "")
    out.write_bytes(file_bytes(get_print(serial, by), file_format))
    return serial
