"""Printing papers of supervision from its pages."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.permissions import Permission
from registry.reports.catalogue import ReportName
from registry.reports.parameters import Parameters
from registry.reports.prints.queries import Asked
from registry.reports.views import print_now, print_now_or_later
from registry.supervision.evaluation.queries import get_evaluation
from registry.supervision.sampling.queries import get_sample
from registry.web import actor, requires

blueprint = Blueprint("finding_reports", __name__)


@blueprint.post("/samples/<int:sample_id>/print")
@requires(Permission.PRINT)
def print_sample(sample_id: int) -> ResponseReturnValue:
    """Print the worksheet of a sample."""
    sample = get_sample(sample_id, actor(), Permission.PRINT)
    asked = Asked(ReportName.SAMPLE_SHEET, sample.region_code, today(), Parameters(sample_id=sample.id))
    return print_now(asked, lambda serial: url_for("reports.show_print", serial=serial), _("已打印并登记。"))


@blueprint.post("/evaluations/<int:evaluation_id>/print")
@requires(Permission.PRINT)
def print_results(evaluation_id: int) -> ResponseReturnValue:
    """Print the results of an evaluation."""
    return _print(ReportName.EVALUATION, evaluation_id)


@blueprint.post("/evaluations/<int:evaluation_id>/print-subsidy")
@requires(Permission.PRINT)
def print_subsidy(evaluation_id: int) -> ResponseReturnValue:
    """Print the support list of an evaluation."""
    return _print(ReportName.SUBSIDY_LIST, evaluation_id)


def _print(name: ReportName, evaluation_id: int) -> ResponseReturnValue:
    evaluation = get_evaluation(evaluation_id, actor(), Permission.PRINT)
    return print_now_or_later(Asked(name, evaluation.region_code, today(), Parameters(evaluation_id=evaluation.id)))
