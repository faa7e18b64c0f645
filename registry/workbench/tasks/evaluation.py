"""What waits of the evaluations: scoring, experts, the second person, the notice, the results."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from registry.clock import today
from registry.permissions import Actor
from registry.supervision.evaluation import waiting
from registry.supervision.evaluation.models import Evaluation
from registry.workbench.tasks.task import MOST_COUNTED, Task

_MOST = MOST_COUNTED + 1


def _tasks(kind: str, found: Sequence[Evaluation], deed: str, page: str = "evaluation.show") -> list[Task]:
    return [
        Task(
            kind, one.title, one.number, None, one.confirmed_at or one.submitted_at or one.opened_at,
            _("我或同岗位的人，先办者为准"), url_for(page, evaluation_id=one.id), deed, None,
        )
        for one in found
    ]  # fmt: skip


def list_scorings(actor: Actor, most: int) -> list[Task]:
    """Return evaluations to be brought to the second person."""
    return _tasks(_("绩效评价评分中"), waiting.list_to_score(actor, most), _("去评分、提交"))


def count_scorings(actor: Actor) -> int:
    """Return how many evaluations are being scored."""
    return waiting.count_to_score(actor, _MOST)


def list_experts(actor: Actor, most: int) -> list[Task]:
    """Return evaluations for which this township has to ask an expert."""
    return [
        Task(
            _("绩效评价请专家评"), one.title, one.number, None, one.opened_at, _("我或同岗位的人，先办者为准"),
            url_for("evaluation.lines", evaluation_id=one.id, waiting="1"), _("去登记评分"), None,
        )
        for one in waiting.list_of_experts(actor, most)
    ]  # fmt: skip


def count_experts(actor: Actor) -> int:
    """Return for how many evaluations this township has to ask an expert."""
    return waiting.count_of_experts(actor, _MOST)


def list_notices(actor: Actor, most: int) -> list[Task]:
    """Return evaluations whose results are to be published."""
    return _tasks(_("绩效评价待公示"), waiting.list_to_post(actor, most), _("去公示"))


def count_notices(actor: Actor) -> int:
    """Return how many evaluations wait for their notice."""
    return waiting.count_to_post(actor, _MOST)


def list_confirmations(actor: Actor, most: int) -> list[Task]:
    """Return evaluations that this person may confirm."""
    return _tasks(_("绩效评价待复核"), waiting.list_to_confirm(actor, most), _("去复核"), "evaluation.confirm")


def count_confirmations(actor: Actor) -> int:
    """Return how many evaluations this person may confirm."""
    return waiting.count_to_confirm(actor, _MOST)


def list_returns(actor: Actor, most: int) -> list[Task]:
    """Return evaluations whose appeals were sent back to be scored anew."""
    return [
        Task(
            _("绩效评价复议被退回"), one.title, one.opinion, None, one.confirmed_at or one.opened_at,
            _("我或同岗位的人，先办者为准"), url_for("evaluation.lines", evaluation_id=one.id, rescored="1"),
            _("去重新复议"), None,
        )
        for one in waiting.list_sent_back(actor, most)
    ]  # fmt: skip


def count_returns(actor: Actor) -> int:
    """Return in how many evaluations appeals were sent back."""
    return waiting.count_sent_back(actor, _MOST)


def list_conclusions(actor: Actor, most: int) -> list[Task]:
    """Return evaluations whose notice has hung its days."""
    return _tasks(_("绩效评价公示期满"), waiting.list_to_conclude(actor, today(), most), _("去宣布生效"))


def count_conclusions(actor: Actor) -> int:
    """Return how many evaluations may be concluded."""
    return waiting.count_to_conclude(actor, today(), _MOST)
