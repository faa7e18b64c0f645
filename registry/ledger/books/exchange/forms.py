"""Forms of the exchange: which vouchers go out, and the file that comes back."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice

from registry.assets.register.cards.forms import NEEDED
from registry.ledger.books.exchange.services import ExchangeForm
from registry.web import BaseForm


class PeriodForm(BaseForm):
    """Which vouchers go out, and as what."""

    first = DateField(_l("从"), [NEEDED])
    last = DateField(_l("到"), [NEEDED])
    form = RadioField(_l("文件格式"), [NEEDED], choices=[SelectChoice(one.value, one.label) for one in ExchangeForm])


class BringForm(BaseForm):
    """The file with the platform's numbers."""

    file = FileField(_l("填好平台凭证号的文件"))
