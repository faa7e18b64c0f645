"""Who may enter the pages and resources of the evaluation."""

from registry.permissions import Role
from tests.authorisation.roles import CASE_CLERKS, EVALUATION_CONFIRMERS, EVALUATORS, PRINTERS, READERS

ROUTES: dict[str, frozenset[Role | None]] = {
    "evaluation.confirm": EVALUATION_CONFIRMERS,
    "evaluation.end": EVALUATION_CONFIRMERS,
    "evaluation.index": READERS,
    "evaluation.lines": READERS,
    "evaluation.new": EVALUATORS,
    "evaluation.outcome": READERS,
    "evaluation.post": CASE_CLERKS,
    "evaluation.show": READERS,
    "evaluation.submit": EVALUATORS,
    "evaluation.subsidise": EVALUATORS,
    "evaluation.void": EVALUATORS,
    "evaluation_api.appeal": EVALUATORS,
    "evaluation_api.confirm": EVALUATION_CONFIRMERS,
    "evaluation_api.end": EVALUATION_CONFIRMERS,
    "evaluation_api.enter": EVALUATORS,
    "evaluation_api.index": READERS,
    "evaluation_api.line": READERS,
    "evaluation_api.lines": READERS,
    "evaluation_api.one": READERS,
    "evaluation_api.post": CASE_CLERKS,
    "evaluation_api.score": EVALUATORS,
    "evaluation_api.scores": READERS,
    "evaluation_api.submit": EVALUATORS,
    "evaluation_api.subsidise": EVALUATORS,
    "evaluation_api.supported": READERS,
    "evaluation_lines.appeal": EVALUATORS,
    "evaluation_lines.asset": READERS,
    "evaluation_lines.file": READERS,
    "evaluation_lines.score": EVALUATORS,
    "evaluation_lines.show": READERS,
    "finding_reports.print_results": PRINTERS,
    "finding_reports.print_subsidy": PRINTERS,
}
