"""Steps of a procedure as data, and what a region may do to them: add and move, never take out a fixed one. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from registry.audit.canonical import JsonValue, decode, encode
from registry.errors import Invalid
from registry.evidence.rules import EvidenceKind
from registry.policy.parameters import Parameter
from registry.policy.procedures import Procedure, Seat, StepKind, StepRule
from registry.text import N_

MOST_STEPS = 12
MOST_LABEL = 40
_P, _K = Parameter, StepKind
#: Steps that last a term of days instead of having a time limit: the parameters that may say how long.
TERMS: dict[StepKind, tuple[Parameter, ...]] = {
    _K.NOTICE: (_P.NOTICE_DAYS_VILLAGE, _P.NOTICE_DAYS_PLAN_READING, _P.NOTICE_DAYS_PLAN_RESULT),
    _K.FILING: (_P.CALL_IN_DAYS,),
}
#: The parameters that may be the time limit of a desk.
LIMITS: tuple[Parameter, ...] = (
    _P.STEP_DAYS_MEETING, _P.STEP_DAYS_COUNTERSIGN, _P.STEP_DAYS_APPRAISAL, _P.STEP_DAYS_REVIEW, _P.STEP_DAYS_APPROVAL,
)  # fmt: skip
#: What the clerk of the owner's unit does; every other kind of step lies with somebody else, who did not submit.
OF_THE_CLERK = frozenset({_K.MEETING, _K.NOTICE})
ANYWHERE = frozenset({_K.APPRAISAL})


class NoSteps(Invalid):
    """A procedure has at least one step."""

    message = N_("流程至少要有一个环节。")


class TooManySteps(Invalid):
    """A procedure has at most MOST_STEPS steps."""

    message = N_("流程最多 %(most)s 个环节。")


class StepUnnamed(Invalid):
    """A step bears a title that people understand."""

    message = N_("第 %(number)s 个环节没有写标题，或标题超过 %(most)s 个字。")


class TermMissing(Invalid):
    """A notice says how long it hangs, a filing how long it may be called in, a desk how long it has."""

    message = N_("环节“%(step)s”要选时限：公示选公示天数，备案选提级调阅期限，其他环节选办理时限。")


class WrongSeat(Invalid):
    """A meeting and a notice are the owner's clerk's; what others decide does not lie with the clerk who submits."""

    message = N_("环节“%(step)s”选错了办理人：会议和公示由权利人单位经办员办，签署、审核、审批、备案不能由经办员办。")


class StepMissing(Invalid):
    """A step that a statute, the plan or the municipality demands was taken out."""

    message = N_("必经环节“%(step)s”不能取消。")


class StepWeakened(Invalid):
    """A fixed step keeps its term, its papers and its being done by every owner."""

    message = N_("必经环节“%(step)s”不能减少材料、改短公示依据的天数或取消“每个共有单位各办一次”。")


class StepsOutOfOrder(Invalid):
    """Fixed steps keep their order."""

    message = N_("必经环节“%(step)s”的先后次序不能改变。")


def steps_to_text(procedure: Procedure) -> str:
    """Write steps as canonical JSON, as they are stored and digested."""
    return encode([step_to_json(step) for step in procedure])


@lru_cache(maxsize=1024)
def steps_from_text(text: str) -> Procedure:
    """Read stored steps back."""
    rows = decode(text)
    if not isinstance(rows, list):
        raise TypeError("steps are a list")
    return tuple(step_from_json(row) for row in rows if isinstance(row, dict))


def step_to_json(step: StepRule) -> dict[str, JsonValue]:
    """Write one step as JSON."""
    return {
        "kind": step.kind.value,
        "seat": step.seat.value,
        "label": step.label,
        "limit": step.limit.value if step.limit else None,
        "days": step.days.value if step.days else None,
        "papers": [paper.value for paper in step.papers],
        "each_owner": step.each_owner,
        "fixed": step.fixed,
    }


def step_from_json(row: Mapping[str, JsonValue]) -> StepRule:
    """Read one step from JSON; raises ValueError for codes that are none."""
    papers = row["papers"]
    return StepRule(
        kind=StepKind(str(row["kind"])),
        seat=Seat(str(row["seat"])),
        label=str(row["label"]),
        limit=Parameter(str(row["limit"])) if row["limit"] else None,
        days=Parameter(str(row["days"])) if row["days"] else None,
        papers=tuple(EvidenceKind(str(paper)) for paper in papers) if isinstance(papers, list) else (),
        each_owner=bool(row["each_owner"]),
        fixed=bool(row["fixed"]),
    )


def check_steps(steps: Procedure, *bases: Procedure) -> None:
    """Raise unless the steps make sense and keep the fixed steps of every base; errors name the step."""
    if not steps:
        raise NoSteps(field="steps")
    if len(steps) > MOST_STEPS:
        raise TooManySteps(field="steps", most=MOST_STEPS)
    for number, step in enumerate(steps, 1):
        _check_step(step, number)
    for base in bases:
        _check_fixed(steps, base)


def _check_step(step: StepRule, number: int) -> None:
    if not 0 < len(step.label) <= MOST_LABEL:
        raise StepUnnamed(field="steps", number=number, most=MOST_LABEL)
    term = step.days in TERMS[step.kind] if step.kind in TERMS else step.limit in LIMITS
    if not term or (step.days and step.kind not in TERMS):
        raise TermMissing(field="steps", step=step.label)
    clerk = step.seat is Seat.OWNER_CLERK
    if step.kind not in ANYWHERE and clerk is not (step.kind in OF_THE_CLERK):
        raise WrongSeat(field="steps", step=step.label)


def keeps_fixed(steps: Procedure, base: Procedure) -> bool:
    """Say whether every fixed step of a base stands in these steps, unweakened and in the same order."""
    return _first_lost(steps, base) is None


def _check_fixed(steps: Procedure, base: Procedure) -> None:
    lost = _first_lost(steps, base)
    if lost is None:
        return
    same = [step for step in steps if _is_same(step, lost)]
    if not same:
        raise StepMissing(field="steps", step=lost.label)
    if not any(_is_as_strong(step, lost) for step in same):
        raise StepWeakened(field="steps", step=lost.label)
    raise StepsOutOfOrder(field="steps", step=lost.label)


def _first_lost(steps: Procedure, base: Procedure) -> StepRule | None:
    """Return the first fixed step of the base that is not found after those before it."""
    rest = iter(steps)
    for demanded in base:
        if demanded.fixed and not any(_is_same(step, demanded) and _is_as_strong(step, demanded) for step in rest):
            return demanded
    return None


def _is_same(step: StepRule, demanded: StepRule) -> bool:
    return step.kind is demanded.kind and step.seat is demanded.seat


def _is_as_strong(step: StepRule, demanded: StepRule) -> bool:
    papers = set(step.papers) >= set(demanded.papers)
    return papers and step.days is demanded.days and (step.each_owner or not demanded.each_owner)


def with_fixed(steps: Procedure, bases: Sequence[Procedure], *, may_fix: bool) -> Procedure:
    """Mark the steps that nobody below may take out: those the bases demand, and those fixed here, if one may."""
    demanded = {place for base in bases for place in _places(steps, base)}
    return tuple(replace(step, fixed=place in demanded or (may_fix and step.fixed)) for place, step in enumerate(steps))


def _places(steps: Procedure, base: Procedure) -> list[int]:
    """Return where the fixed steps of a base stand, as far as they do."""
    rest = iter(enumerate(steps))
    return [
        next((place for place, step in rest if _is_same(step, one) and _is_as_strong(step, one)), -1)
        for one in base
        if one.fixed
    ]
