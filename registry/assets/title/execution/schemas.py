"""What is carried out once a case is agreed to, as JSON."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, validate

from registry.assets.register.categories import AccountingSystem
from registry.assets.title.cases.candidates import MOST_LINES
from registry.assets.title.certificates.rules import MAX_REAL_ESTATE
from registry.rest.fields import Strict, choice, text

MOST_FILES = 20


class BookNumber(Strict):
    """Under which number the system carries an asset."""

    asset_no = text(30, needed=True, least=1)
    number = text(40, needed=True, least=1)


class RegistrationEntry(Strict):
    """The day of the certificates, and the system in whose books the assets are entered."""

    issued_on = fields.Date(required=True)
    system = choice(AccountingSystem, load_default=AccountingSystem.NONE.value)
    numbers = fields.List(fields.Nested(BookNumber), load_default=list, validate=validate.Length(max=MOST_LINES))


class HandOverArguments(Strict):
    """The day from which the assets are in the hands of their owner."""

    handed_over_on = fields.Date(required=True)


class SignedSheets(Strict):
    """The signed and sealed sheet, page by page."""

    file = fields.List(Upload(), required=True, validate=validate.Length(min=1, max=MOST_FILES))


class RealEstateEntry(Strict):
    """The entry in the land register."""

    number = text(MAX_REAL_ESTATE, needed=True, least=1)
    registered_on = fields.Date(required=True)


class BooksEntry(Strict):
    """Under which number a system carries an asset."""

    system = choice(AccountingSystem, needed=True)
    number = text(40, needed=True, least=1)


class BooksRow(Strict):
    """Under which number a system carries an asset, as the register holds it."""

    asset_no = fields.String(required=True)
    system = choice(AccountingSystem, needed=True)
    number = fields.String(required=True)


def one_number_each(numbers: list[dict[str, Any]]) -> dict[str, str]:
    """Return the numbers in the books by asset; of an asset that is named twice the last one counts."""
    return {one["asset_no"]: one["number"] for one in numbers}
