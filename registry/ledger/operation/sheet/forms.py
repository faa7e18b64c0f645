"""The form around a sheet; its rows are many and alike, so they are read from the request by their asset."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField

from registry.ledger.operation.sheet.rules import RECORDED, Offer, Typed
from registry.money import plain_yuan
from registry.web import BaseForm

_NAMES = tuple(one.name for one in fields(Typed))


class SheetForm(BaseForm):
    """What was pasted, and whether amounts that look entered already are others."""

    paste = TextAreaField(_l("从 Excel 或 WPS 粘贴"), render_kw={"rows": 4})
    twice = BooleanField(_l("看起来登记过的，确实是另一笔钱"))


def typed_rows(sent: Mapping[str, str], offers: Sequence[Offer]) -> list[tuple[Offer, Typed]]:
    """Return what was typed for each asset of the sheet; a field is called by its name and the asset's key."""
    return [(offer, Typed(**{name: sent.get(f"{name}-{offer.asset_id}", "") for name in _NAMES})) for offer in offers]


def offered_rows(offers: Sequence[Offer]) -> list[tuple[Offer, Typed]]:
    """Return what the rows begin with before anybody types."""
    return [(one, Typed(plain_yuan(one.suggested_fen) if one.suggested_fen else "", payer=one.payer)) for one in offers]


def unchanged_rows(offers: Sequence[Offer]) -> list[tuple[Offer, Typed]]:
    """Return the rows that a period which went as agreed records: what is due, and 0 where nothing is to come."""
    recorded = [one for one in offers if one.unchanged in RECORDED]
    return [(one, Typed(plain_yuan(one.suggested_fen or 0), payer=one.payer)) for one in recorded]
