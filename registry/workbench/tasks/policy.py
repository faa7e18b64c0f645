"""What waits of policy: rows that somebody else proposed and that need their second person."""

from flask import url_for
from flask_babel import gettext as _

from registry.permissions import Actor
from registry.places.queries import names_of
from registry.policy.models import PolicyRoute, PolicyValue
from registry.policy.queries import count_waiting_policies, list_waiting_policies
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_proposals(actor: Actor, most: int) -> list[Task]:
    """Return proposals of policy that wait for this person."""
    rows = list_waiting_policies(actor, most)
    names = names_of(row.region_code for row in rows)
    return [
        Task(
            _("政策修改"), _(row.subject_label),
            _("%(unit)s · %(who)s 提出", unit=names.get(row.region_code, ""), who=row.proposed_by_text), None,
            row.proposed_at, _("我或同岗位的人，先办者为准"),
            url_for("policy.proposal", kind=_kind(row), proposal_id=row.id), _("去核对"),
        )
        for row in rows
    ]  # fmt: skip


def _kind(row: PolicyValue | PolicyRoute) -> str:
    return "value" if isinstance(row, PolicyValue) else "route"


def count_proposals(actor: Actor) -> int:
    """Return how many proposals of policy wait for this person."""
    return count_waiting_policies(actor, MOST_COUNTED + 1)
