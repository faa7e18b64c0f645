"""What a roster would do: every row is held against the rules of one account and one grant; nothing is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from registry.accounts.models import User
from registry.accounts.queries import find_user, get_unit_named, get_user_in_scope, grants_from
from registry.accounts.rules import check_grant, normal_username
from registry.accounts.services import NewUser, UsernameTaken
from registry.errors import Forbidden, Invalid, Missing, RegistryError
from registry.kinds import Sector
from registry.permissions import Actor, Grant, Permission, Role
from registry.text import N_, Labelled
from registry.workbench.roster import NobodyThere, RosterColumn, RosterLine, RowProblem

T = TypeVar("T")
L = TypeVar("L", bound=Labelled)
_C = RosterColumn
#: Which column a refusal of the services stands beside.
_BESIDE = {"username": _C.USERNAME, "region_code": _C.GRANT_UNIT, "sector": _C.SECTOR, "role": _C.ROLE}
_MOST = {_C.NAME: 40, _C.POST: 60, _C.BASIS: 200}


@dataclass(frozen=True)
class GrantAsked:
    """A role that a row asks for a person."""

    user_id: int
    name: str
    username: str
    grant: Grant
    basis: str


@dataclass
class _Row:
    """One row while it is checked; problems gather, so that all of them are shown at once."""

    line: RosterLine
    problems: list[RowProblem] = field(default_factory=list)

    def refuse(self, column: RosterColumn, error: RegistryError) -> None:
        self.problems.append(RowProblem(self.line.number, column, getattr(self.line, column.value), error))

    def take(self, column: RosterColumn, read: Callable[[str], T]) -> T | None:
        """Read the cell of a column; a refusal is noted beside it."""
        try:
            return read(getattr(self.line, column.value))
        except (Invalid, Forbidden) as error:
            self.refuse(column, error)
            return None

    def words(self, column: RosterColumn) -> str:
        return self.take(column, lambda text: _words(text, _MOST[column])) or ""


def _words(text: str, most: int) -> str:
    if not 0 < len(text) <= most:
        raise Invalid(N_("必填，最多 %(most)s 个字。"), most=most)
    return text


def check_accounts(lines: Sequence[RosterLine], by: Actor) -> tuple[list[NewUser], list[RowProblem]]:
    """Return the accounts a roster asks for and what is wrong with it; one wrong row stops them all."""
    taken: set[str] = set()
    rows = [_Row(line) for line in lines]
    people = [_account(row, taken, by) for row in rows]
    return people, [problem for row in rows for problem in row.problems]


def _account(row: _Row, taken: set[str], by: Actor) -> NewUser:
    return NewUser(
        row.take(_C.USERNAME, lambda text: _free(text, taken)) or "",
        row.words(_C.NAME),
        row.words(_C.POST),
        row.take(_C.UNIT, lambda text: get_unit_named(text, by, Permission.USER_MANAGE)) or "",
    )


def _free(text: str, taken: set[str]) -> str:
    username = normal_username(text)
    if username in taken or find_user(username):
        raise UsernameTaken(username=username)
    taken.add(username)
    return username


def check_grants(lines: Sequence[RosterLine], by: Actor, on: date) -> tuple[list[GrantAsked], list[RowProblem]]:
    """Return the roles a roster asks for and what is wrong with it; rows without a role are passed over."""
    rows = [_Row(line) for line in lines if line.role]
    if not rows:
        raise NobodyThere(field="file")
    asked: list[GrantAsked] = []
    for row in rows:
        one = _grant(row, by)
        if one is not None and not row.problems:
            _hold_against_rules(row, one, asked, by=by, on=on)
            asked.append(one)
    return asked, [problem for row in rows for problem in row.problems]


def _grant(row: _Row, by: Actor) -> GrantAsked | None:
    user = row.take(_C.USERNAME, lambda text: _known(text, by))
    role, basis = row.take(_C.ROLE, lambda text: _member(Role, text)), row.words(_C.BASIS)
    sector = row.take(_C.SECTOR, lambda text: _member(Sector, text)) if row.line.sector else None
    if user is None or role is None:
        return None
    unit = user.region_code
    if row.line.grant_unit:
        unit = row.take(_C.GRANT_UNIT, lambda text: get_unit_named(text, by, Permission.GRANT_MANAGE)) or unit
    return GrantAsked(user.id, user.name, user.username, Grant(role, unit, sector), basis)


def _hold_against_rules(row: _Row, one: GrantAsked, earlier: Sequence[GrantAsked], *, by: Actor, on: date) -> None:
    """Ask what a single grant is asked, with the roles that earlier rows give the same person."""
    held = [*grants_from(one.user_id, on), *(other.grant for other in earlier if other.user_id == one.user_id)]
    try:
        check_grant(one.grant, held=held, user_id=one.user_id, by=by)
    except (Invalid, Forbidden) as error:
        row.refuse(_BESIDE.get(error.field or "", _C.USERNAME), error)


def _known(text: str, by: Actor) -> User:
    user = find_user(normal_username(text))
    try:
        if user is not None:
            return get_user_in_scope(user.id, by, Permission.GRANT_MANAGE)
    except Missing:
        pass
    raise Invalid(N_("没有这个用户名，请先由系统管理员开户。"))


def _member(kind: type[L], text: str) -> L:
    found = next((one for one in kind if text in {one.label, one.value}), None)
    if found is None:
        raise Invalid(N_("没有“%(text)s”，请从模板的下拉框里选。"), text=text)
    return found
