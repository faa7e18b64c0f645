"""A roster of people as a spreadsheet: one sheet of which each administrator reads their own columns."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from registry.assets.register.reading.cells import Row, Sheet
from registry.errors import Invalid, RegistryError
from registry.kinds import Sector
from registry.permissions import Role
from registry.spreadsheet import SheetColumn, WorkSheet, write_xlsx
from registry.text import N_, Labelled

#: So many first passwords are made within one request.
MOST_PEOPLE = 100
FILE_NAME = N_("人员名册模板.xlsx")
_LOOKED_AT = 10
_MARKS = "*＊ （必填）(必填)\u3000"


class RosterColumn(Labelled):
    """A column of the roster by the name of the line's field; the label stands in the sheet."""

    USERNAME = "username", N_("用户名")
    NAME = "name", N_("姓名")
    POST = "post", N_("职务")
    UNIT = "unit", N_("所在单位")
    ROLE = "role", N_("角色")
    GRANT_UNIT = "grant_unit", N_("授权单位")
    SECTOR = "sector", N_("行业")
    BASIS = "basis", N_("依据")


_C = RosterColumn
FOR_ACCOUNTS = frozenset({_C.USERNAME, _C.NAME, _C.POST, _C.UNIT})
FOR_GRANTS = frozenset({_C.USERNAME, _C.ROLE, _C.BASIS})
#: What people write above a column instead of its label.
_ALSO: dict[str, RosterColumn] = {
    "账号": _C.USERNAME, "登录名": _C.USERNAME, "名字": _C.NAME, "岗位": _C.POST, "单位": _C.UNIT,
    "单位代码": _C.UNIT, "所在单位代码": _C.UNIT, "区域": _C.GRANT_UNIT, "授权区域": _C.GRANT_UNIT,
    "授权单位代码": _C.GRANT_UNIT, "管辖区域": _C.GRANT_UNIT, "授权依据": _C.BASIS,
}  # fmt: skip


class HeadingMissing(Invalid):
    """No row of the sheet names the columns that are needed."""

    message = N_("没有找到列名。这里至少要有这些列：%(columns)s。请用模板填写，或把列名改成模板里的叫法。")


class TooManyPeople(Invalid):
    """A roster is read whole or not at all, within one request."""

    message = N_("名册有 %(count)s 人，一次最多 %(most)s 人，请分成几份。")


class NobodyThere(Invalid):
    """The roster names nobody."""

    message = N_("名册里没有要办的人。")


@dataclass(frozen=True)
class RosterLine:
    """One person as written; ``number`` is the row of the file."""

    number: int
    username: str = ""
    name: str = ""
    post: str = ""
    unit: str = ""
    role: str = ""
    grant_unit: str = ""
    sector: str = ""
    basis: str = ""


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with one cell of a roster."""

    number: int
    column: RosterColumn
    text: str
    error: RegistryError


def read_lines(sheets: Iterable[Sheet], needed: frozenset[RosterColumn]) -> list[RosterLine]:
    """Return the people of the first sheet that has the columns. Raises HeadingMissing, TooManyPeople, NobodyThere."""
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:_LOOKED_AT]):
            columns = [_column(cell.text) for cell in row]
            if needed <= set(columns):
                return _lines(sheet.rows[index + 1 :], index + 2, columns)
    raise HeadingMissing(field="file", columns="、".join(one.label for one in RosterColumn if one in needed))


def _column(heading: str) -> RosterColumn | None:
    plain = heading.strip().strip(_MARKS)
    return next((one for one in RosterColumn if one.label == plain), None) or _ALSO.get(plain)


def _lines(rows: Sequence[Row], first: int, columns: Sequence[RosterColumn | None]) -> list[RosterLine]:
    found = [
        RosterLine(number, **{c.value: cell.text.strip() for c, cell in zip(columns, row, strict=False) if c})
        for number, row in enumerate(rows, first)
        if any(cell.text.strip() for cell in row)
    ]
    if not found:
        raise NobodyThere(field="file")
    if len(found) > MOST_PEOPLE:
        raise TooManyPeople(field="file", count=len(found), most=MOST_PEOPLE)
    return found


def as_cells(lines: Iterable[RosterLine]) -> str:
    """Write a roster as tab-separated cells, to be sent once more when it is confirmed."""
    out = StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow([column.label for column in RosterColumn])
    for line in lines:
        writer.writerow([getattr(line, column.value) for column in RosterColumn])
    return out.getvalue()


#: Label, what to write, an example.
_GUIDE: tuple[tuple[RosterColumn, str, str], ...] = (
    (_C.USERNAME, N_("必填。3 到 40 个小写字母、数字或 _ . -，以字母开头，不能与别人相同"), "he.yulan"),
    (_C.NAME, N_("必填。真实姓名"), "何玉兰"),
    (_C.POST, N_("必填。如报账员、乡镇监管员"), "报账员"),
    (_C.UNIT, N_("必填。12 位区划代码；单位名称不重复的也可以写名称"), "500240213203"),
    (_C.ROLE, N_("由安全管理员批量授权时读取，系统管理员开户时不看。空着就不授权"), Role.VILLAGE_CLERK.label),
    (_C.GRANT_UNIT, N_("角色在哪个单位有效，写法同上；空着就是所在单位"), ""),
    (_C.SECTOR, N_("只有行业主管部门监管员填"), ""),
    (_C.BASIS, N_("授权依据的文件或会议，有角色的必填"), "中益乡人民政府任职通知"),
)


def template() -> bytes:
    """Return the empty roster with drop-downs, and a sheet that explains every column."""
    offered = {
        _C.ROLE: tuple(role.label for role in Role),
        _C.SECTOR: tuple(sector.label for sector in Sector),
    }
    columns = tuple(SheetColumn(one.label, width=20, choices=offered.get(one, ())) for one in RosterColumn)
    heads = (SheetColumn(N_("这一列"), width=14), SheetColumn(N_("填法"), width=60), SheetColumn(N_("例子"), width=30))
    guide = [(column.label, text, example) for column, text, example in _GUIDE]
    out = BytesIO()
    write_xlsx([WorkSheet(N_("人员名册"), columns, ()), WorkSheet(N_("填写说明"), heads, guide)], out)
    return out.getvalue()
