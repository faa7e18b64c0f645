"""What is looked after, as JSON."""

from marshmallow import fields

from registry.assets.custody.patrols.rules import PatrolKind
from registry.kinds import Category
from registry.rest.fields import PageArguments, Strict, choice, code, listed, text


class KeptArguments(PageArguments):
    """Which assets a list shows: of a unit and below; those due for a kind of look, without a custodian, one's own."""

    region = code()
    kind = choice(PatrolKind, load_default=PatrolKind.SELF.value)
    due = fields.Boolean(load_default=False)
    uncared = fields.Boolean(load_default=False)
    mine = fields.Boolean(load_default=False)
    q = text(60, load_default="")


class KeptRow(Strict):
    """An asset with who keeps it, its last look of a kind, and the day by which the next is due."""

    asset_no = fields.String(required=True)
    name = fields.String(required=True)
    region_code = fields.String(required=True)
    category = choice(Category, needed=True)
    custodian = fields.String(required=True)
    last_on = fields.Date(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    overdue_days = fields.Integer(required=True)


KeptPage = listed(KeptRow)
