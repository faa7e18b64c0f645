"""Health for probes, the status page, and the first-run page."""

import platform

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from registry import config
from registry.accounts.forms import SetupForm
from registry.accounts.queries import count_users
from registry.accounts.services import NewUser
from registry.accounts.sessions import Visitor, check_throttle, note_failure
from registry.audit.keys import fingerprint
from registry.clock import today
from registry.database import transaction
from registry.operations.first_run import FirstRun, WrongSetupCode, check_first_run, set_up
from registry.operations.health import checks, is_ready, readiness
from registry.permissions import Permission, Role
from registry.web import open_to_all, page, requires

blueprint = Blueprint("operations", __name__)


@blueprint.get("/healthz")
@open_to_all
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/readyz")
@open_to_all
def readyz() -> ResponseReturnValue:
    """Say whether the service can do its work; a probe learns nothing else."""
    ready = is_ready(readiness())
    return jsonify(ready=ready), 200 if ready else 503


@blueprint.get("/admin/status")
@requires(Permission.STATUS_READ)
def status() -> ResponseReturnValue:
    """Show what the service stands on, and what to do where something is amiss."""
    results = checks()
    return page(
        "operations/status.html",
        results=results,
        failed=sum(not one.passed for one in results),
        product=config.PRODUCT_VERSION,
        python=platform.python_version(),
        fingerprint=fingerprint(config.current()),
        profile=config.current().security_profile,
    )


@blueprint.route("/setup", methods=["GET", "POST"])
@open_to_all
def setup() -> ResponseReturnValue:
    """Make the first two administrators, once, with the code the console printed."""
    if count_users():
        abort(404)
    form = SetupForm()
    if form.validate_on_submit():
        facts, code, address = _first_run(form), form.setup_code.data, request.remote_addr or ""
        check_throttle("", address)
        with form.guard():
            _count_wrong_codes(facts, code, address)
            with transaction(facts.system.unit_code):
                first_password = set_up(facts, code, on=today())
            return page("operations/set_up.html", facts=facts, first_password=first_password)
    return page("operations/setup.html", form, municipality=config.current().municipality)


def _first_run(form: SetupForm) -> FirstRun:
    system = form.to_user()
    security = NewUser(
        form.security_name.data, form.security_person.data, Role.SECURITY_ADMINISTRATOR.label, system.unit_code
    )
    return FirstRun(system, form.password.data, security)


def _count_wrong_codes(facts: FirstRun, code: str, address: str) -> None:
    """Check before the transaction, so that wrong codes are counted and slow the next try down."""
    try:
        check_first_run(facts, code)
    except WrongSetupCode:
        with transaction(config.current().municipality):
            note_failure("", None, Visitor(address, request.user_agent.string))
        raise
