"""Pages on which a level asks about a case that was filed with it, and the sender answers (质询)."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.requests.forms import AnswerForm, QuestionForm
from registry.approvals.requests.models import ApprovalQuery, ApprovalRequest
from registry.approvals.requests.queried import TABLE, get_query
from registry.approvals.requests.queries import get_request
from registry.approvals.requests.querying import answer_query, put_query, query_position
from registry.approvals.requests.refusals import NotToBeQueried, QueryAnswered
from registry.clock import today
from registry.database import transaction
from registry.evidence.queries import get_attachment
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires

blueprint = Blueprint("querying", __name__)


def _there(request_id: int) -> str:
    return url_for("deciding.show", request_id=request_id, _anchor="queries")


@blueprint.route("/requests/<int:request_id>/query", methods=["GET", "POST"])
@requires(Permission.CASE_DECIDE)
def put(request_id: int) -> ResponseReturnValue:
    """Ask the sender of a filed case something."""
    found, form, on = get_request(request_id, actor()), QuestionForm(), today()
    if query_position(found, actor(), on) is None:
        raise NotToBeQueried
    region = found.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            found, policy = get_request(request_id, actor()), policy_for(region, on)
            row = put_query(found, form.question.data or "", by=actor(), on=on, policy=policy)
            return finish(_there(request_id), _("质询已发出，请对方在 %(day)s 前答复。", day=row.answer_by))
    return page("requests/query.html", form, found=found)


@blueprint.route("/requests/<int:request_id>/queries/<int:query_id>/answer", methods=["GET", "POST"])
@requires(Permission.MEETING_ENTER)
def answer(request_id: int, query_id: int) -> ResponseReturnValue:
    """Answer what a level asked, with papers."""
    found, query = _asked(request_id, query_id)
    if query.is_answered:
        raise QueryAnswered
    form, region, on = AnswerForm(), found.region_code, today()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.files)
            with transaction(region):
                found, query = _asked(request_id, query_id)
                answer_query(query, found, form.answer.data or "", files, by=actor(), on=on)
                return finish(_there(request_id), _("已答复，对方会看到。"))
    return page("requests/answer.html", form, found=found, query=query, on=on)


@blueprint.get("/requests/<int:request_id>/queries/<int:query_id>/papers/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def paper(request_id: int, query_id: int, attachment_id: int) -> Response:
    """Give a file that came with an answer."""
    _found, query = _asked(request_id, query_id)
    return given_out(get_attachment(attachment_id, TABLE, str(query.id)))


def _asked(request_id: int, query_id: int) -> tuple[ApprovalRequest, ApprovalQuery]:
    found = get_request(request_id, actor())
    return found, get_query(query_id, found)
