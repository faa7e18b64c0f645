"""JSON resources of evidence bundles: asked for, how far they are, fetched."""

from typing import Any

from flask import Response, send_file, url_for

from registry import jobs
from registry.audit.bundle import Scope as BundleScope
from registry.jobs import Job, JobState
from registry.permissions import Permission
from registry.reports.desk import schemas as json
from registry.reports.desk.bundling import BundleAsked, ask_bundle, bundle_file, get_bundle, run_here, sealed_digest
from registry.reports.desk.queries import list_bundles
from registry.rest.calls import Body, actor, api_requires, check_unit, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("evidence_bundles", __name__, "证据包")
_P, _S = Permission, Scope
_PLAIN = ("id", "region_code", "state", "done", "total", "asked_at")


def _said(job: Job) -> Body:
    digest, missing = sealed_digest(job) if job.state == JobState.DONE else (None, None)
    plain = {name: getattr(job, name) for name in _PLAIN}
    body: Body = json.BundleRow().dump({**plain, "sha256": digest, "missing": missing})
    return body


@resources.get("/evidence-bundles", "列自己要过的证据包，新的在前")
@api_requires(_P.TRAIL_EXPORT, scope=_S.EVIDENCE_WRITE)
@resources.arguments(json.BundleArguments, location="query")
@resources.response(200, json.BundlePage)
def index(args: dict[str, Any]) -> Response:
    """List the bundles that the caller asked for, the newest first."""
    found = list_bundles(actor(), args["limit"] + 1, before=number_after(args))
    rows, after = cut(found, args["limit"], lambda job: job.id)
    return listed([*map(_said, rows)], after)


@resources.post("/evidence-bundles", "要一个证据包；做好以后从 Location 取")
@api_requires(_P.TRAIL_EXPORT, scope=_S.EVIDENCE_WRITE)
@resources.arguments(json.BundleEntry)
@resources.response(202, json.BundleRow)
def ask(body: dict[str, Any]) -> Response:
    """Ask for a bundle; the worker makes it, or this call where there is none."""
    region = body["region_code"]
    check_unit(_P.TRAIL_EXPORT, region)
    asked = BundleAsked(BundleScope(region, body["since"], body["until"]), body["with_files"])
    with deed():
        job = ask_bundle(asked, by=actor())
        job_id = job.id
        answer = done(_said(job), 202, location=url_for("evidence_bundles_api.one", job_id=job_id))
    if jobs.worker_lives():
        jobs.tell(job_id)
    else:
        run_here(job_id, by=actor())
    return answer


@resources.get("/evidence-bundles/<int:job_id>", "看证据包的进度")
@api_requires(_P.TRAIL_EXPORT, scope=_S.EVIDENCE_WRITE)
@resources.response(200, json.BundleRow)
def one(job_id: int) -> Response:
    """Show how far a bundle is."""
    return shown(_said(get_bundle(job_id, actor())))


@resources.get("/evidence-bundles/<int:job_id>/file", "下载证据包")
@api_requires(_P.TRAIL_EXPORT, scope=_S.EVIDENCE_WRITE)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def file(job_id: int) -> Response:
    """Give the file of a finished bundle."""
    job = get_bundle(job_id, actor())
    return send_file(
        bundle_file(job), "application/zip", as_attachment=True, download_name=f"evidence-{job.region_code}.zip"
    )
