"""What the auditor of the demo county took away: a bundle of evidence, an extract of who leaves, a worksheet."""

from datetime import date

from registry.audit.bundle import Scope
from registry.database import transaction
from registry.demo.people import Staff
from registry.demo.places import units
from registry.permissions import Actor
from registry.reports.catalogue import ReportName
from registry.reports.desk.bundling import BundleAsked, ask_bundle, run_here
from registry.reports.parameters import Parameters
from registry.reports.prints.queries import Asked
from registry.reports.prints.services import make_print
from registry.supervision.sampling.queries import list_samples

#: Whose evidence lies ready, and who leaves office there.
VILLAGE, LEAVING = "华溪村", "village_head"


def take_away(staff: Staff, county: str, on: date) -> None:
    """Make the bundle and print the papers, each with events of its own; what they tell of is committed before."""
    auditor = staff.named("auditor")
    _take_bundle(units()[VILLAGE].code, auditor)
    leaving = Parameters(person_id=staff.named(LEAVING).id or 0, since=date(on.year, 1, 1).isoformat())
    sample = Parameters(sample_id=list_samples(county, auditor)[0].id)
    for asked in (
        Asked(ReportName.LEAVING, units()[VILLAGE].code, on, leaving),
        Asked(ReportName.SAMPLE_SHEET, county, on, sample),
    ):
        make_print(asked, by=auditor, address=lambda _serial: "")


def _take_bundle(region_code: str, by: Actor) -> None:
    with transaction():
        job_id = ask_bundle(BundleAsked(Scope(region_code), with_files=True), by=by).id
    run_here(job_id, by=by)
