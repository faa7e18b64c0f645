"""What came after registration: policy, meetings, notices, cases of title, custody; told table by table."""

from collections.abc import Callable
from functools import partial

from registry.demo.cases import CaseRow, PostRow, tell_case, tell_post
from registry.demo.custody import AgreementRow, tell_agreement
from registry.demo.meetings import tell_meeting
from registry.demo.moves import MoveRow, case_rows, meeting_rows, tell_move
from registry.demo.notices import NoticeRow, tell_notice
from registry.demo.patrols import PatrolRow, RepairRow, rounds, tell_patrol, tell_repair
from registry.demo.places import UnitRow
from registry.demo.policies import PolicyRow, tell_policy
from registry.demo.rights import EncumbranceRow, tell_delegation, tell_encumbrance
from registry.demo.tables import read
from registry.demo.telling import Telling

_POLICIES, _NOTICES = read("policies", PolicyRow), read("notices", NoticeRow)
_ENCUMBRANCES, _POSTS = read("encumbrances", EncumbranceRow), read("posts", PostRow)
_MOVES, _AGREEMENTS = read("moves", MoveRow), read("agreements", AgreementRow)
_PATROLS, _REPAIRS = rounds(read("patrols", PatrolRow)), read("repairs", RepairRow)
_CASES: tuple[CaseRow, ...] = tuple(case_rows().values())
_IN_CASES = {row.extra for row in _MOVES if row.deed == "会议"}
#: Meetings that vote on a case are told by the move that brings them to it.
_MEETINGS = tuple(row for row in meeting_rows().values() if row.key not in _IN_CASES)
#: How many rows are told.
ROWS = sum(map(len, (_POLICIES, _NOTICES, _ENCUMBRANCES, _POSTS, _MOVES, _AGREEMENTS, _PATROLS, _REPAIRS, _CASES,
                     _MEETINGS)))  # fmt: skip


def tell_living(told: Telling, county: UnitRow, step: Callable[[int], object]) -> None:
    """Tell everything in the order in which one thing rests on another."""
    tell_delegation(told)
    tellers: tuple[Callable[[], object], ...] = (
        *(partial(tell_policy, row, county, told.staff, told.today) for row in _POLICIES),
        *(partial(tell_encumbrance, row, told) for row in _ENCUMBRANCES),
        *(partial(tell_meeting, row, told) for row in _MEETINGS),
        *(partial(tell_notice, row, told) for row in _NOTICES),
        *(partial(tell_case, row, told) for row in _CASES),
        *(partial(tell_post, row, told) for row in _POSTS),
        *(partial(tell_move, row, told) for row in _MOVES),
        *(partial(tell_agreement, row, told) for row in _AGREEMENTS),
        *(partial(tell_patrol, rows, told) for rows in _PATROLS),
        *(partial(tell_repair, row, told) for row in _REPAIRS),
    )
    for tell in tellers:
        tell()
        step(1)
