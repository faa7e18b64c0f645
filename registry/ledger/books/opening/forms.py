"""Forms of how a book begins and follows the cards."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, FieldList, FormField, HiddenField, SelectField
from wtforms.validators import AnyOf

from registry.assets.register.cards.forms import NEEDED
from registry.ledger.books.drafts.forms import LineForm, LinesForm
from registry.ledger.books.opening.rules import Difference
from registry.parties.models import Party
from registry.web import BaseForm


class OwnerForm(BaseForm):
    """Whose book is opened."""

    party_id = SelectField(_l("为谁开账"), [NEEDED], coerce=int)

    def offer(self, owners: list[tuple[Party, str]]) -> None:
        """Offer owners without a book, with the name of their unit."""
        self.party_id.choices = [(party.id, f"{party.name}（{unit}）") for party, unit in owners]


class OpeningForm(LinesForm):
    """Balances that no card gives."""

    lines = FieldList(FormField(LineForm), min_entries=12, max_entries=40)


class FollowForm(BaseForm):
    """Which differences are entered, and on which day."""

    difference = HiddenField(validators=[AnyOf([one.value for one in Difference])])
    booked_on = DateField(_l("入账日期"), [NEEDED])
