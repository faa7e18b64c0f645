"""Forms of an import: the file, the columns, the confirmation."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FileField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from registry.assets.register.cards.typed import read_year
from registry.assets.register.funding import FundingKind, FundingLevel, FundingSource
from registry.assets.register.reading.cells import Sheet
from registry.assets.register.sheets.checking import Upload
from registry.assets.register.sheets.choosing import Choices, kept_mapping
from registry.assets.register.sheets.fields import FIELDS, IGNORED, Hint, TableKind, funding_key, funding_of, label_of
from registry.assets.register.sheets.heading_texts import Confidence
from registry.assets.register.sheets.headings import Column, Heading
from registry.fields import ParsedField
from registry.kinds import Category
from registry.money import Unit
from registry.text import N_
from registry.web import BaseForm

PASTED_NAME = N_("粘贴的单元格")
_UNITS = ((Unit.YUAN, _l("元")), (Unit.WAN, _l("万元")), (Unit.YI, _l("亿元")))
_ACCEPTED = ".xlsx,.xls,.ods,.csv,.txt"


class UploadForm(BaseForm):
    """A file, or cells pasted from one."""

    file = FileField(_l("台账文件"), render_kw={"accept": _ACCEPTED})
    pasted = TextAreaField(_l("粘贴单元格"), render_kw={"rows": 6, "spellcheck": "false"})

    def to_upload(self) -> Upload | None:
        """Return what was handed in; None when it was nothing."""
        if self.file.data and self.file.data.filename:
            return Upload(self.file.data.read(), str(self.file.data.filename))
        text = self.pasted.data or ""
        return Upload(text.encode(), PASTED_NAME, is_pasted=True) if text.strip() else None


class ColumnsForm(BaseForm):
    """What each column is, and what stands where the table says nothing."""

    sheet = SelectField(_l("工作表"), [Optional()])
    kind = SelectField(_l("这张表列的是"), [Optional()])
    unit = SelectField(_l("金额单位（表里没写时）"), [Optional()])
    region_code = SelectField(_l("所在单位（表里没写时）"), [Optional()])
    category = SelectField(_l("类别（表里没写时）"), [Optional()])
    project_year = ParsedField(_l("项目年度（表里没写时）"), [Optional()], read=read_year, write=str)
    owner_of_unit = BooleanField(_l("没写产权人的，村里的归本村集体，乡镇的归乡镇人民政府"))
    mapping = FieldList(SelectField(_l("对应"), [Optional()], validate_choice=False))
    headings = FieldList(StringField(_l("列名")))

    def offer(self, sheets: Sequence[Sheet], units: Sequence[tuple[str, str]], heading: Heading | None) -> None:
        """Fill the choices, with an empty one first where nothing need be chosen."""
        empty = SelectChoice("", _l("按表里写的"))
        self.sheet.choices = [SelectChoice(sheet.name, sheet.name) for sheet in sheets]
        self.kind.choices = [
            SelectChoice("", _l("自动判断")),
            *(SelectChoice(kind.value, _l(kind.label)) for kind in (TableKind.ASSETS, TableKind.PROJECTS)),
        ]
        self.unit.choices = [empty, *(SelectChoice(unit.name, label) for unit, label in _UNITS)]
        self.region_code.choices = [empty, *(SelectChoice(code, name) for code, name in units)]
        self.category.choices = [empty, *(SelectChoice(member.value, _l(member.label)) for member in Category)]
        kind = heading.kind if heading else TableKind.UNKNOWN
        for entry in self.mapping:
            entry.choices = field_choices(kind, str(entry.data or ""))

    def show(self, choices: Choices, sheet: Sheet, heading: Heading | None) -> None:
        """Show what was chosen, or what was recognised."""
        self.sheet.data, self.kind.data = sheet.name, choices.kind.value if choices.kind else ""
        self.unit.data, self.region_code.data = choices.unit.name if choices.unit else "", choices.region_code
        self.category.data = choices.category.value if choices.category else ""
        self.project_year.data, self.owner_of_unit.data = choices.project_year, choices.owner_of_unit
        for column in heading.columns if heading else ():
            self.headings.append_entry(column.text)
            self.mapping.append_entry(column.field or (IGNORED if is_left_out(column) else ""))

    def to_choices(self) -> Choices:
        """Return the decisions."""
        pairs = {
            str(heading.data): str(entry.data)
            for heading, entry in zip(self.headings, self.mapping, strict=False)
            if heading.data and entry.data
        }
        return Choices(
            sheet=self.sheet.data or "",
            kind=TableKind(self.kind.data) if self.kind.data else None,
            unit=Unit[self.unit.data] if self.unit.data else None,
            region_code=self.region_code.data or "",
            category=Category(self.category.data) if self.category.data else None,
            project_year=self.project_year.data,
            owner_of_unit=bool(self.owner_of_unit.data),
            mapping=kept_mapping(pairs),
        )


def is_left_out(column: Column) -> bool:
    """Say whether a person decided that a column is not brought in."""
    return column.field is None and column.confidence is Confidence.REMEMBERED


def field_choices(kind: TableKind, chosen: str) -> list[SelectChoice]:
    """Return what a column may be in a table of this kind, sources of money last."""
    foreign = {TableKind.ASSETS: Hint.PROJECTS, TableKind.PROJECTS: Hint.ASSETS, TableKind.UNKNOWN: None}[kind]
    found = [SelectChoice("", _l("没有选")), SelectChoice(IGNORED, _l("不导入这一列"))]
    fields = [field for field in FIELDS if field.hint is not foreign or field.key == "name"]
    found += [SelectChoice(field.key, _l(field.label), optgroup=str(_l("栏目"))) for field in fields]
    keys = [funding_key(FundingKind(source, FundingLevel.OTHER)) for source in FundingSource]
    if funding_of(chosen) is not None and chosen not in keys:
        keys.insert(0, chosen)
    return found + [SelectChoice(key, label_of(key), optgroup=str(_l("资金来源"))) for key in keys]


class ConfirmImportForm(BaseForm):
    """Which rows are brought in."""

    mode = StringField()
