"""What waits of title: certificates to issue, sheets to sign, assets late for hand-over or title."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from registry.assets.title.cases.models import TitleCase
from registry.assets.title.execution.queries import (
    Due,
    count_certificates_to_issue,
    count_overdue_hand_overs,
    count_overdue_titles,
    count_sheets_to_sign,
    list_certificates_to_issue,
    list_overdue_hand_overs,
    list_overdue_titles,
    list_sheets_to_sign,
)
from registry.clock import start_of, today
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_certificates(actor: Actor, most: int) -> list[Task]:
    """Return agreed cases whose certificates this person can issue."""
    return _cases(list_certificates_to_issue(actor, most), _("登记发证"), _("去登记"), "title_execution.certificates")


def count_certificates(actor: Actor) -> int:
    """Return how many agreed cases wait for their certificates."""
    return count_certificates_to_issue(actor, MOST_COUNTED + 1)


def list_sheets(actor: Actor, most: int) -> list[Task]:
    """Return agreed hand-overs whose signed sheet is still to come."""
    return _cases(list_sheets_to_sign(actor, most), _("移交签字"), _("去上传"), "title_execution.hand_over")


def count_sheets(actor: Actor) -> int:
    """Return how many agreed hand-overs wait for their signed sheet."""
    return count_sheets_to_sign(actor, MOST_COUNTED + 1)


def _cases(rows: Sequence[TitleCase], kind: str, deed: str, endpoint: str) -> list[Task]:
    names = names_of(case.region_code for case in rows)
    return [
        Task(
            kind, case.title, names.get(case.region_code, ""), None, start_of(case.approved_on or today()),
            _("我或同岗位的人，先办者为准"), url_for(endpoint, case_id=case.id), deed,
        )
        for case in rows
    ]  # fmt: skip


def _policy(actor: Actor) -> Policy:
    return policy_for(actor.unit_code, today())


def list_hand_overs(actor: Actor, most: int) -> list[Task]:
    """Return assets that were accepted and are due to be handed over."""
    return _due(list_overdue_hand_overs(actor, today(), _policy(actor), most), _("待移交"), _("去办移交"))


def count_hand_overs(actor: Actor) -> int:
    """Return how many assets are due to be handed over."""
    return count_overdue_hand_overs(actor, today(), _policy(actor), MOST_COUNTED + 1)


def list_titles(actor: Actor, most: int) -> list[Task]:
    """Return assets that were accepted and are due for title."""
    return _due(list_overdue_titles(actor, today(), _policy(actor), most), _("待确权"), _("去办确权"))


def count_titles(actor: Actor) -> int:
    """Return how many assets are due for title."""
    return count_overdue_titles(actor, today(), _policy(actor), MOST_COUNTED + 1)


def _due(rows: Sequence[Due], kind: str, deed: str) -> list[Task]:
    return [
        Task(
            kind, one.asset.name, one.asset.asset_no, one.asset.original_value_fen,
            start_of(one.asset.accepted_on or one.due_on), _("我"),
            url_for("title_standing.asset", asset_no=one.asset.asset_no), deed, one.due_on,
        )
        for one in rows
    ]  # fmt: skip
