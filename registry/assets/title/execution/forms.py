"""Forms of what follows agreement."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import DateField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from registry.assets.register.cards.forms import NEEDED, choices
from registry.assets.register.categories import AccountingSystem
from registry.web import BaseForm

_DAY = DataRequired(_l("这一项必填。"))
MOST_FILES = 20


class RegisterForm(BaseForm):
    """The day of the certificates, and the system in whose books the assets are entered."""

    day = DateField(_l("发证日期"), [_DAY])
    system = SelectField(_l("纳入哪个资产管理系统"), choices=lambda: choices(AccountingSystem))


class SheetForm(BaseForm):
    """The signed sheet of a hand-over."""

    day = DateField(_l("移交日期"), [_DAY])
    file = MultipleFileField(
        _l("签字盖章的移交清单"),
        [FileRequired(_l("请选择文件。")), Length(max=MOST_FILES, message=_l("一次最多 20 个文件。"))],
    )


class RealEstateForm(BaseForm):
    """The entry in the land register."""

    number = StringField(_l("不动产权证号"), [NEEDED, Length(max=60)])
    registered_on = DateField(_l("登记日期"), [_DAY])


class BooksForm(BaseForm):
    """Under which number a system carries the asset."""

    system = SelectField(_l("资产管理系统"), [NEEDED], choices=lambda: choices(AccountingSystem))
    number = StringField(_l("系统中的编号"), [NEEDED, Length(max=40)])
