"""Projects and money lines as JSON, in and out."""

from typing import Any

from marshmallow import fields, post_load, validate

from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.projects.rules import EARLIEST_YEAR, MAX_NAME, ProjectFacts, ProjectStatus
from registry.assets.register.registration import FundingFact
from registry.kinds import Sector
from registry.rest.fields import Money, PageArguments, Strict, choice, code, listed, text, whole

LAST_YEAR = 2999
MOST_LINES = 200
#: What a revaluation books is no money that somebody gave.
_GIVEN = [source.value for source in FundingSource if source is not FundingSource.ADJUSTMENT]


class MoneyLine(Strict):
    """One line of money: who gave it, by which document, how much."""

    source = choice(FundingSource, needed=True)
    amount = Money(attribute="amount_fen", required=True)
    level = choice(FundingLevel)
    year = whole(EARLIEST_YEAR, LAST_YEAR, allow_none=True)
    document_no = text(80)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> FundingFact:
        level = FundingLevel(data.pop("level", FundingLevel.OTHER))
        return FundingFact(source=FundingSource(data.pop("source")), level=level, **data)


class GivenLine(MoneyLine):
    """One line of money that a project was given."""

    source = fields.String(required=True, validate=validate.OneOf(_GIVEN))


class ProjectEntry(Strict):
    """What is said of a project."""

    region_code = code(needed=True)
    name = text(MAX_NAME, needed=True, least=1)
    year = whole(EARLIEST_YEAR, LAST_YEAR, needed=True)
    lines = fields.List(fields.Nested(GivenLine), required=True, validate=validate.Length(min=1, max=MOST_LINES))
    number = text(40)
    kind = text(60)
    content = text(1000)
    department = text(100)
    owner_unit = text(100)
    period = text(60)
    sector = choice(Sector)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ProjectFacts:
        sector = Sector(data.pop("sector", Sector.AGRICULTURE))
        return ProjectFacts(**{**data, "lines": tuple(data["lines"])}, sector=sector)


class ProjectBody(Strict):
    """A project to be entered or changed."""

    project = fields.Nested(ProjectEntry, required=True)


class ProjectCard(Strict):
    """A project as the register holds it."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    status = choice(ProjectStatus, needed=True)
    reason = fields.String(required=True)
    total = Money(attribute="total_fen", required=True)
    project = fields.Nested(ProjectEntry, required=True)


class ProjectArguments(PageArguments):
    """Which projects a list shows."""

    region = code()
    year = fields.Integer(validate=validate.Range(EARLIEST_YEAR, LAST_YEAR))
    status = choice(ProjectStatus)
    q = text(60)


ProjectPage = listed(ProjectCard)
