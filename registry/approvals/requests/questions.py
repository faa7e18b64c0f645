"""What each kind of step waits for: one pure question "is it done?" per kind, answered with what is missing. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from registry.policy.procedures import StepKind
from registry.text import N_


@dataclass(frozen=True)
class Known:
    """What is known of a step: what was brought for exactly the content as it stands.

    ``carried``: how the vote went, None if no meeting resolved on it. ``hung``: the notice hung its days and was taken
    in with both photos; ``posted``: it hangs. ``valid_until``: the last day of the newest report of appraisal.
    """

    agreed: bool = False
    carried: bool | None = None
    posted: bool = False
    hung: bool = False
    open_objections: int = 0
    valid_until: date | None = None


def _meeting(known: Known, _on: date) -> str:
    if known.carried is None:
        return N_("还没有登记表决这件事的会议")
    return "" if known.carried else N_("会议没有通过，要另行召开会议表决，或者撤回")


def _notice(known: Known, _on: date) -> str:
    if known.hung:
        return N_("还有异议没有答复完") if known.open_objections else ""
    return N_("公示还没有期满收回") if known.posted else N_("还没有张贴公示")


def _appraisal(known: Known, on: date) -> str:
    if known.valid_until is None:
        return N_("还没有登记评估报告")
    return "" if on <= known.valid_until else N_("评估报告已过有效期")


def _decision(known: Known, _on: date) -> str:
    return "" if known.agreed else N_("还没有人签署同意")


def _filing(_known: Known, _on: date) -> str:
    return ""


#: What a step still lacks, in words; empty once it is done.
QUESTIONS: dict[StepKind, Callable[[Known, date], str]] = {
    StepKind.MEETING: _meeting,
    StepKind.NOTICE: _notice,
    StepKind.APPRAISAL: _appraisal,
    StepKind.COUNTERSIGN: _decision,
    StepKind.REVIEW: _decision,
    StepKind.APPROVAL: _decision,
    StepKind.FILING: _filing,
}


def lacking(kind: StepKind, known: Known, on: date) -> str:
    """Return what a step still lacks, a text to translate; empty if it is done."""
    return QUESTIONS[kind](known, on)
