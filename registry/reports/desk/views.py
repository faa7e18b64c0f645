"""The auditor's desk: what can be verified, compared and taken out, each on a page of its own."""

from flask import Blueprint, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry import jobs
from registry.audit.comparing import compare_note
from registry.audit.spot import SpotVerdict, verify_asset, verify_unit
from registry.audit.verification import MAX_ON_PAGE
from registry.audit.views import noted
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.jobs import JobState
from registry.permissions import Actor, Permission, may
from registry.places.queries import home_of, offered_units
from registry.regions import is_code
from registry.reports.desk.bundling import KEPT_DAYS, ask_bundle, bundle_file, get_bundle, run_here, sealed_digest
from registry.reports.desk.forms import AssetForm, BundleForm, CompareForm, UnitForm
from registry.reports.desk.queries import asset_numbered, check_small, list_bundles
from registry.web import actor, finish, page, requires

blueprint = Blueprint("desk", __name__)
_RECENT = 10


@blueprint.get("/audit-desk")
@requires(Permission.TRAIL_VERIFY)
def index() -> ResponseReturnValue:
    """List what an auditor can do."""
    return noted(page("desk/index.html", may_sample=may(actor(), Permission.ASSET_READ)))


@blueprint.route("/audit-desk/compare", methods=["GET", "POST"])
@requires(Permission.TRAIL_VERIFY)
def compare() -> ResponseReturnValue:
    """Hold a checkpoint kept elsewhere against the log of today."""
    form, found = CompareForm(), None
    if form.validate_on_submit():
        with form.guard():
            found = compare_note(form.text(), by=actor(), most=MAX_ON_PAGE)
    answer = page("desk/compare.html", form, found=found)
    return answer if request.method == "POST" else noted(answer)


@blueprint.get("/audit-desk/verify")
@requires(Permission.TRAIL_VERIFY)
def verify() -> ResponseReturnValue:
    """Ask what shall be verified: a unit, an asset or a print."""
    return noted(_verify_page(UnitForm(formdata=None), AssetForm(formdata=None)))


def asked_unit(by: Actor, permission: Permission) -> str:
    """Return the unit that the address names, else the reader's own. Raises Missing for one out of reach."""
    here = request.args.get("region", "")
    if not may(by, permission) or (here and not (is_code(here) and may(by, permission, here))):
        raise Missing
    return here or home_of(by, permission)


def _verify_page(unit: UnitForm, asset: AssetForm, verdict: SpotVerdict | None = None) -> ResponseReturnValue:
    here = request.form.get("region_code") or asked_unit(actor(), Permission.TRAIL_VERIFY)
    unit.offer(offered_units(actor(), here, Permission.TRAIL_VERIFY))
    refused = next((form for form in (unit, asset) if form.problems), unit)
    return page("desk/verify.html", refused, unit=unit, asset=asset, verdict=verdict)


@blueprint.post("/audit-desk/verify/unit")
@requires(Permission.TRAIL_VERIFY)
def verify_one_unit() -> ResponseReturnValue:
    """Verify every event and every row of a unit."""
    form, region, verdict = UnitForm(), request.form.get("region_code", ""), None
    form.offer(offered_units(actor(), region, Permission.TRAIL_VERIFY))
    if not is_code(region) or not may(actor(), Permission.TRAIL_VERIFY, region):
        raise Missing
    if form.validate_on_submit():
        with form.guard():
            check_small(region)
            verdict = verify_unit(region, by=actor())
    return _verify_page(form, AssetForm(formdata=None), verdict)


@blueprint.post("/audit-desk/verify/asset")
@requires(Permission.TRAIL_VERIFY)
def verify_one_asset() -> ResponseReturnValue:
    """Verify every event of an asset and the rows that belong to it."""
    form, verdict = AssetForm(), None
    if form.validate_on_submit():
        with form.guard():
            asset = asset_numbered(form.asset_no.data, actor(), Permission.TRAIL_VERIFY)
            verdict = verify_asset(asset.id, asset.region_code, by=actor())
    return _verify_page(UnitForm(formdata=None), form, verdict)


@blueprint.get("/audit-desk/bundles")
@requires(Permission.TRAIL_EXPORT)
def bundles() -> ResponseReturnValue:
    """Ask for an evidence bundle, and list those asked for."""
    here = asked_unit(actor(), Permission.TRAIL_EXPORT)
    form = BundleForm(formdata=None, data={"region_code": here, "with_files": may(actor(), Permission.PRINT)})
    return noted(_bundles_page(form, here))


def _bundles_page(form: BundleForm, here: str) -> ResponseReturnValue:
    form.offer(offered_units(actor(), here, Permission.TRAIL_EXPORT))
    return page(
        "desk/bundles.html", form, made=list_bundles(actor(), _RECENT), states=JobState, days=KEPT_DAYS,
        can_read=may(actor(), Permission.PRINT), digest_of=sealed_digest,
    )  # fmt: skip


@blueprint.post("/audit-desk/bundles")
@requires(Permission.TRAIL_EXPORT, proof=True)
def make_bundle() -> ResponseReturnValue:
    """Ask for a bundle; the worker makes it, or this request where there is none."""
    form, region = BundleForm(), request.form.get("region_code", "")
    if not is_code(region) or not may(actor(), Permission.TRAIL_EXPORT, region):
        raise Missing
    form.offer(offered_units(actor(), region, Permission.TRAIL_EXPORT))
    if form.validate_on_submit():
        with form.guard():
            return _asked(form)
    return _bundles_page(form, region)


def _asked(form: BundleForm) -> ResponseReturnValue:
    with transaction():
        job_id = ask_bundle(form.to_asked(), by=actor()).id
        response = finish(url_for("desk.bundle", job_id=job_id))
    if jobs.worker_lives():
        jobs.tell(job_id)
    else:
        run_here(job_id, by=actor())
    return response


@blueprint.get("/audit-desk/bundles/<int:job_id>")
@requires(Permission.TRAIL_EXPORT)
def bundle(job_id: int) -> ResponseReturnValue:
    """Show how far a bundle is, and give it once it is made."""
    job = get_bundle(job_id, actor())
    digest, missing = sealed_digest(job) if job.state == JobState.DONE else ("", 0)
    return page(
        "desk/bundle.html", job=job, states=JobState, at_work=jobs.worker_lives(), digest=digest, missing=missing,
        days=KEPT_DAYS,
    )  # fmt: skip


@blueprint.get("/audit-desk/bundles/<int:job_id>/file")
@requires(Permission.TRAIL_EXPORT)
def bundle_bytes(job_id: int) -> ResponseReturnValue:
    """Give the file of a finished bundle."""
    job = get_bundle(job_id, actor())
    name = f"{_('证据包')}-{job.region_code}-{today():%Y%m%d}.zip"
    return send_file(bundle_file(job), "application/zip", as_attachment=True, download_name=name)
