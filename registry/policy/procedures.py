"""What a procedure is made of, and what chooses it; the table of routes is in ``routes.py``. Pure.

Domain rules, sections 3, 4, 7 and 9. A region may change the steps of a route by a dated row; steps marked ``fixed``
stay, because a statute or the plan demands them. A running request keeps the steps it was opened with.
"""

from dataclasses import dataclass

from registry.evidence.rules import EvidenceKind
from registry.kinds import Category, OwnerKind, Subject
from registry.permissions import Role
from registry.policy.parameters import Parameter
from registry.regions import Level
from registry.text import N_, Labelled


class StepKind(Labelled):
    """What a step asks for; each has its own question "is it done?" in ``approvals/requests/rules.py``."""

    MEETING = "MEETING", N_("会议表决")
    COUNTERSIGN = "COUNTERSIGN", N_("签署意见")
    NOTICE = "NOTICE", N_("公示")
    APPRAISAL = "APPRAISAL", N_("资产评估")
    REVIEW = "REVIEW", N_("审核")
    APPROVAL = "APPROVAL", N_("审批")
    FILING = "FILING", N_("备案")


#: Steps that end with a person's decision at a desk.
DECIDED = frozenset({StepKind.COUNTERSIGN, StepKind.REVIEW, StepKind.APPROVAL})


class Seat(Labelled):
    """Whose desk a step lies on: a role at a level, or clerk or head of the owner's own unit, whatever its level."""

    OWNER_CLERK = "OWNER_CLERK", N_("权利人单位经办员")
    OWNER_HEAD = "OWNER_HEAD", N_("权利人单位负责人")
    SUPERVISORY_COMMITTEE = "SUPERVISORY_COMMITTEE", N_("村务监督委员会")
    SUPERVISORY_BOARD = "SUPERVISORY_BOARD", N_("集体经济组织监事会")
    TOWNSHIP_SUPERVISOR = "TOWNSHIP_SUPERVISOR", N_("乡镇监管员")
    SECTOR = "SECTOR", N_("区县行业主管部门")
    COUNTY_AGRICULTURE = "COUNTY_AGRICULTURE", N_("区县农业农村部门")
    COUNTY_FINANCE = "COUNTY_FINANCE", N_("区县财政部门")
    COUNTY_GOVERNMENT = "COUNTY_GOVERNMENT", N_("区县政府")
    MUNICIPALITY = "MUNICIPALITY", N_("市级监管部门")


_L, _R = Level, Role
#: The role that sits there, by the level of the unit; seats of the owner's own unit exist on three levels.
SEATS: dict[Seat, dict[Level, Role]] = {
    Seat.OWNER_CLERK: {
        _L.VILLAGE: _R.VILLAGE_CLERK, _L.TOWNSHIP: _R.TOWNSHIP_CLERK, _L.COUNTY: _R.COUNTY_CLERK,
        _L.MUNICIPALITY: _R.MUNICIPAL_SUPERVISOR,
    },
    Seat.OWNER_HEAD: {
        _L.VILLAGE: _R.VILLAGE_HEAD, _L.TOWNSHIP: _R.TOWNSHIP_SUPERVISOR, _L.COUNTY: _R.COUNTY_AGRICULTURE,
        _L.MUNICIPALITY: _R.MUNICIPAL_SUPERVISOR,
    },
    Seat.SUPERVISORY_COMMITTEE: {_L.VILLAGE: _R.VILLAGE_SUPERVISORY_COMMITTEE},
    Seat.SUPERVISORY_BOARD: {_L.VILLAGE: _R.SUPERVISORY_BOARD},
    Seat.TOWNSHIP_SUPERVISOR: {_L.TOWNSHIP: _R.TOWNSHIP_SUPERVISOR},
    Seat.SECTOR: {_L.COUNTY: _R.SECTOR_OFFICER},
    Seat.COUNTY_AGRICULTURE: {_L.COUNTY: _R.COUNTY_AGRICULTURE},
    Seat.COUNTY_FINANCE: {_L.COUNTY: _R.COUNTY_FINANCE},
    Seat.COUNTY_GOVERNMENT: {_L.COUNTY: _R.COUNTY_GOVERNMENT},
    Seat.MUNICIPALITY: {_L.MUNICIPALITY: _R.MUNICIPAL_SUPERVISOR},
}  # fmt: skip
#: Who acts one level up when everybody at a desk is barred or nobody sits there, and who is told when a step is late.
ABOVE: dict[Role, Role] = {
    _R.VILLAGE_CLERK: _R.TOWNSHIP_CLERK,
    _R.VILLAGE_HEAD: _R.TOWNSHIP_SUPERVISOR,
    _R.VILLAGE_SUPERVISORY_COMMITTEE: _R.TOWNSHIP_SUPERVISOR,
    _R.SUPERVISORY_BOARD: _R.TOWNSHIP_SUPERVISOR,
    _R.TOWNSHIP_CLERK: _R.COUNTY_CLERK,
    _R.TOWNSHIP_SUPERVISOR: _R.COUNTY_AGRICULTURE,
    _R.COUNTY_CLERK: _R.MUNICIPAL_SUPERVISOR,
    _R.COUNTY_AGRICULTURE: _R.MUNICIPAL_SUPERVISOR,
    _R.COUNTY_FINANCE: _R.MUNICIPAL_SUPERVISOR,
    _R.COUNTY_GOVERNMENT: _R.MUNICIPAL_SUPERVISOR,
    _R.SECTOR_OFFICER: _R.MUNICIPAL_SUPERVISOR,
}


@dataclass(frozen=True)
class StepRule:
    """One step of a procedure: what it asks for, whose desk, its time limit, the papers it needs.

    ``days`` is the parameter that says how long a notice hangs or how long a filed case may be called in; ``limit`` the
    time limit of the desk. ``each_owner``: one such step for every co-owning unit. ``fixed``: no region takes it out.
    """

    kind: StepKind
    seat: Seat
    label: str
    limit: Parameter | None = None
    days: Parameter | None = None
    papers: tuple[EvidenceKind, ...] = ()
    each_owner: bool = False
    fixed: bool = False


Procedure = tuple[StepRule, ...]


class Weight(Labelled):
    """What makes a case weighty whatever its value (domain rules, section 7.3)."""

    REAL_ESTATE = "REAL_ESTATE", N_("涉及房屋、土地")
    WHOLE_PROJECT = "WHOLE_PROJECT", N_("整个项目")
    EQUITY = "EQUITY", N_("涉及股权")
    CROSS_DISTRICT = "CROSS_DISTRICT", N_("跨区县")
    MUNICIPAL = "MUNICIPAL", N_("市级单位所有")


@dataclass(frozen=True)
class Circumstances:
    """What chooses the route of a case. ``value_fen`` is the value basis; ``deed`` the subject's own kind of deed."""

    subject: Subject
    deed: str
    category: Category | None = None
    owner_kind: OwnerKind | None = None
    value_fen: int = 0
    weights: frozenset[Weight] = frozenset()


@dataclass(frozen=True)
class Route:
    """A default procedure and the cases it is for; an empty set means any. The first that fits is taken.

    ``floor`` is the parameter that says from which value on a case takes it; one of the ``weights`` brings it there
    whatever its value.
    """

    key: str
    label: str
    subject: Subject
    procedure: Procedure
    basis: str
    deeds: frozenset[str] = frozenset()
    categories: frozenset[Category] = frozenset()
    owner_kinds: frozenset[OwnerKind] = frozenset()
    floor: Parameter | None = None
    weights: frozenset[Weight] = frozenset()

    def fits(self, case: Circumstances, floor_fen: int = 0) -> bool:
        """Say whether a case takes this route; ``floor_fen`` is what its floor is here today."""
        return (
            self.subject is case.subject
            and (not self.deeds or case.deed in self.deeds)
            and (not self.categories or case.category in self.categories)
            and (not self.owner_kinds or case.owner_kind in self.owner_kinds)
            and self._weighs(case, floor_fen)
        )

    def _weighs(self, case: Circumstances, floor_fen: int) -> bool:
        if self.floor is None and not self.weights:
            return True
        return bool(self.weights & case.weights) or (self.floor is not None and case.value_fen >= floor_fen)
