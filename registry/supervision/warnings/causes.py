"""Whether what a warning says is still so: its question asked anew of this one thing."""

from datetime import date

from registry import config
from registry.policy.queries import policy_for
from registry.regions import Level, ancestor, code_range, level_of
from registry.supervision.warnings.asked import Asked
from registry.supervision.warnings.asking import ask
from registry.supervision.warnings.models import RiskWarning
from registry.supervision.warnings.risks import Risk


def cause_stands(warning: RiskWarning, on: date) -> bool:
    """Say whether the cause of a warning is there on a day; what was mended a moment ago was not looked at yet."""
    if warning.closed_at is not None:
        return False
    code = warning.region_code
    area = ancestor(code, min(level_of(code), Level.COUNTY, key=lambda level: level.depth))
    asked, everywhere = Asked(on, policy_for(area, on)), code_range(config.current().municipality)
    return warning.subject_id in ask(Risk(warning.risk), asked, everywhere, [warning.subject_id])
