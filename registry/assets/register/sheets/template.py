"""The empty workbook people fill in: headings with drop-downs, and a sheet that explains every column."""

from io import BytesIO

from registry.assets.register.sheets.columns import COLUMNS
from registry.assets.register.sheets.fields import label_of
from registry.spreadsheet import SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

LEDGER, GUIDE = N_("台账"), N_("填写说明")
FILE_NAME = N_("扶贫项目资产台账模板.xlsx")


def template() -> bytes:
    """Return the template: a ledger without rows, and the guide beside it."""
    ledger = WorkSheet(LEDGER, tuple(column.sheet_column() for column in COLUMNS), ())
    heads = (
        SheetColumn(N_("这一列"), width=22),
        SheetColumn(N_("是否必填"), width=10),
        SheetColumn(N_("填法"), width=60),
        SheetColumn(N_("例子"), width=60),
    )
    rows = [
        (label_of(column.key), N_("必填") if column.required else "", column.hint, column.example)
        for column in COLUMNS
        if not column.hidden
    ]
    out = BytesIO()
    write_xlsx([ledger, WorkSheet(GUIDE, heads, rows)], out)
    return out.getvalue()
