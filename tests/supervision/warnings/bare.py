"""A warning of a unit that was handed to it, written without asking anything."""

from datetime import date

from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.permissions import Actor
from registry.supervision.warnings.models import RiskWarning, WarningHandOff
from registry.supervision.warnings.risks import ROWS, Risk
from registry.supervision.warnings.rules import HandOffState


def bare_hand_off(unit: str, asset_id: int, by: Actor) -> tuple[int, int]:
    """Write a warning of an asset and what was handed on; returns both."""
    risk = Risk.OWNER_DISPUTED
    said = {"region_code": unit, "sector": "AGRICULTURE", "risk": risk.value, "title": "冷库", "figures": "{}"}
    warning = RiskWarning(
        severity=ROWS[risk].severity.value, subject=ROWS[risk].subject.value, subject_id=asset_id, page_key="x",
        opened_at=now(), **said,
    )  # fmt: skip
    db.session.add(warning)
    db.session.flush()
    handed = WarningHandOff(
        warning_id=warning.id, state=HandOffState.OPEN.value, from_code=unit, text="x", due_on=date(2027, 1, 1),
        handed_by_text="x", handed_at=now(), **said,
    )  # fmt: skip
    db.session.add(handed)
    record(Action.WARNING_HANDED_OFF, handed, by=by)
    return warning.id, handed.id
