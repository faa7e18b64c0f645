"""What waits of the findings: to be mended, to be checked off, and what units below are late with."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from registry.clock import start_of, today
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from registry.supervision.findings import waiting
from registry.supervision.findings.models import Finding
from registry.supervision.findings.rules import FindingStatus
from registry.workbench.tasks.task import MOST_COUNTED, Task

_MOST = MOST_COUNTED + 1
_LONGEST = 40


def _names(findings: Iterable[Finding]) -> dict[str, str]:
    return names_of({one.mender_code for one in findings})


def _short(finding: Finding) -> str:
    return finding.problem if len(finding.problem) <= _LONGEST else finding.problem[:_LONGEST] + "…"


def _task(kind: str, finding: Finding, names: dict[str, str], since: datetime, deed: str, page: str) -> Task:
    unit = names.get(finding.mender_code, "")
    return Task(
        kind, _("%(unit)s：%(what)s", unit=unit, what=_short(finding)), finding.number, None, since,
        _("我或同岗位的人，先办者为准"), url_for(page, finding_id=finding.id), deed, finding.due_on,
    )  # fmt: skip


def list_mendings(actor: Actor, most: int) -> list[Task]:
    """Return what this person's unit has to mend."""
    found = waiting.list_to_mend(actor, most)
    names = _names(found)
    back = FindingStatus.SENT_BACK
    return [
        _task(
            _("整改退回") if one.state is back else _("问题待整改"), one, names, one.entered_at, _("去上报整改"),
            "findings.report",
        )
        for one in found
    ]  # fmt: skip


def count_mendings(actor: Actor) -> int:
    """Return how much this person's unit has to mend."""
    return waiting.count_to_mend(actor, _MOST)


def list_checks(actor: Actor, most: int) -> list[Task]:
    """Return what waits to be checked off by this person."""
    found = waiting.list_to_check(actor, today(), _policy(actor), most)
    names = _names(found)
    return [
        _task(
            _("整改待销号"), one, names, start_of(one.reported_on) if one.reported_on else one.entered_at,
            _("去核查"), "findings.check",
        )
        for one in found
    ]  # fmt: skip


def count_checks(actor: Actor) -> int:
    """Return how much waits to be checked off by this person."""
    return waiting.count_to_check(actor, today(), _policy(actor), _MOST)


def _policy(actor: Actor) -> Policy:
    return policy_for(actor.unit_code, today())


def list_late(actor: Actor, most: int) -> list[Task]:
    """Return what units below this person are late with."""
    found = waiting.list_late(actor, today(), _policy(actor), most)
    names = _names(found)
    return [
        replace(
            _task(_("整改逾期"), one, names, start_of(one.due_on), _("去督办"), "findings.show"),
            desk=names.get(one.mender_code, ""),
        )
        for one in found
    ]  # fmt: skip


def count_late(actor: Actor) -> int:
    """Return with how much units below this person are late."""
    return waiting.count_late(actor, today(), _policy(actor), _MOST)
