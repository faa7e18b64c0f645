"""What it takes to hold a role: the level it exists at, what one person must not combine, a second factor. Pure."""

from collections.abc import Iterable

from registry.permissions import ADMINISTRATORS, Actor, Role
from registry.regions import Level

_R = Role
#: Roles that decide, pay or administer sign in with a second factor (trust.md §6).
SECOND_FACTOR = ADMINISTRATORS | {
    _R.VILLAGE_HEAD, _R.CASHIER, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE, _R.COUNTY_FINANCE,
    _R.COUNTY_GOVERNMENT, _R.MUNICIPAL_SUPERVISOR, _R.SECTOR_OFFICER, _R.VILLAGE_SUPERVISORY_COMMITTEE,
    _R.SUPERVISORY_BOARD, _R.DEPUTY,
}  # fmt: skip

_V, _T, _C, _M = Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY, Level.MUNICIPALITY
#: At which levels a role exists.
ROLE_LEVELS: dict[Role, frozenset[Level]] = {
    **dict.fromkeys(
        (_R.VILLAGE_CLERK, _R.VILLAGE_HEAD, _R.CASHIER, _R.VILLAGE_SUPERVISORY_COMMITTEE, _R.SUPERVISORY_BOARD,
         _R.RESIDENT_WORK_TEAM), frozenset({_V})),
    _R.CUSTODIAN: frozenset({_V, _T}),
    **dict.fromkeys((_R.TOWNSHIP_CLERK, _R.TOWNSHIP_ACCOUNTANT, _R.TOWNSHIP_SUPERVISOR), frozenset({_T})),
    **dict.fromkeys(
        (_R.COUNTY_CLERK, _R.COUNTY_AGRICULTURE, _R.COUNTY_FINANCE, _R.COUNTY_GOVERNMENT), frozenset({_C})),
    _R.SECTOR_OFFICER: frozenset({_C, _M}),
    _R.DEPUTY: frozenset({_V, _T, _C, _M}),
    _R.DISCIPLINE_INSPECTOR: frozenset({_T, _C, _M}),
    _R.MUNICIPAL_SUPERVISOR: frozenset({_M}),
    _R.AUDITOR: frozenset({_T, _C, _M}),
    **dict.fromkeys(ADMINISTRATORS, frozenset({_C, _M})),
}  # fmt: skip

_CHECKERS = frozenset(
    {_R.TOWNSHIP_ACCOUNTANT, _R.TOWNSHIP_SUPERVISOR, _R.VILLAGE_SUPERVISORY_COMMITTEE, _R.SUPERVISORY_BOARD}
)
#: Pairs that one person must not hold at the same time.
INCOMPATIBLE: frozenset[frozenset[Role]] = frozenset(
    {frozenset({a, b}) for a in ADMINISTRATORS for b in Role if a is not b}
    | {frozenset({_R.AUDITOR, b}) for b in Role if b is not _R.AUDITOR}
    | {frozenset({_R.DISCIPLINE_INSPECTOR, b}) for b in Role if b is not _R.DISCIPLINE_INSPECTOR}
    | {frozenset({_R.CASHIER, b}) for b in _CHECKERS | {_R.VILLAGE_CLERK, _R.VILLAGE_HEAD}}
    | {
        frozenset({a, b})
        for a in (_R.VILLAGE_SUPERVISORY_COMMITTEE, _R.SUPERVISORY_BOARD)
        for b in (_R.VILLAGE_CLERK, _R.VILLAGE_HEAD, _R.TOWNSHIP_ACCOUNTANT, _R.CUSTODIAN)
    }
    | {frozenset({_R.RESIDENT_WORK_TEAM, b}) for b in (_R.VILLAGE_CLERK, _R.VILLAGE_HEAD, _R.TOWNSHIP_SUPERVISOR)}
)


def clashes(role: Role, held: Iterable[Role]) -> list[Role]:
    """Return the roles already held that the same person must not combine with ``role``."""
    return [other for other in held if frozenset({role, other}) in INCOMPATIBLE]


def needs_second_factor(actor: Actor) -> bool:
    """Say whether one of the actor's roles must sign in with a second factor."""
    return any(grant.role in SECOND_FACTOR for grant in actor.grants)
