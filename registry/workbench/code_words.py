"""The words behind the codes that stand in the trail: each is its own feature's."""

from sqlalchemy import select

from registry.accounts.models import User
from registry.assets.register.amendments.rules import CorrectionKind, CorrectionStatus, LegacyKind
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import RelationKind
from registry.assets.register.categories import (
    BY_CODE,
    AccountingSystem,
    IndustryClass,
    OperatingMode,
    Publicity,
    ReturnKind,
    TitleStatus,
    UseStatus,
)
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.projects.models import Project
from registry.assets.register.projects.rules import ProjectStatus
from registry.assets.register.registration import DatePrecision, DepreciationMethod, Stage, ValueKind
from registry.assets.register.sheets.fields import TableKind
from registry.assets.register.sheets.models import BatchStatus
from registry.database import db
from registry.evidence.rules import EvidenceKind, MediaType
from registry.kinds import Category, OwnerKind, Sector
from registry.parties.models import Party
from registry.permissions import Role
from registry.policy.parameters import Parameter
from registry.policy.procedures import ROUTES_BY_KEY
from registry.policy.rules import Bound, PolicyStatus
from registry.reports.catalogue import ReportName
from registry.text import Labelled

WORDS: dict[str, type[Labelled]] = {
    "accounting_system": AccountingSystem,
    "acquired_precision": DatePrecision,
    "category": Category,
    "depreciation_method": DepreciationMethod,
    "industry_class": IndustryClass,
    "level": FundingLevel,
    "media_type": MediaType,
    "operating_mode": OperatingMode,
    "owner_kind": OwnerKind,
    "publicity": Publicity,
    "report": ReportName,
    "return_kind": ReturnKind,
    "role": Role,
    "sector": Sector,
    "source": FundingSource,
    "stage": Stage,
    "title_status": TitleStatus,
    "use_status": UseStatus,
    "asset_relation.kind": RelationKind,
    "attachment.kind": EvidenceKind,
    "correction.kind": CorrectionKind,
    "correction.status": CorrectionStatus,
    "import_batch.kind": TableKind,
    "import_batch.status": BatchStatus,
    "legacy_fact.kind": LegacyKind,
    "party.kind": OwnerKind,
    "policy_route.status": PolicyStatus,
    "policy_value.bound": Bound,
    "policy_value.parameter": Parameter,
    "policy_value.status": PolicyStatus,
    "project.status": ProjectStatus,
    "value_change.kind": ValueKind,
}
#: People type the kind of a project as they like; subtypes and routes are named by tables of their own.
FREE = frozenset({"project.kind", "policy_route.route"})


def code_word(code: str, table: str, column: str) -> str:
    """Return the label of a code in a column of a table; a code that no feature knows any more stands for itself."""
    if column == "subtype":
        return BY_CODE[code].label if code in BY_CODE else code
    if column == "route":
        return ROUTES_BY_KEY[code].label if code in ROUTES_BY_KEY else code
    words = WORDS.get(f"{table}.{column}") or WORDS.get(column)
    return words(code).label if words and code in set(words) else code


_NAMED: dict[str, type[Asset | Party | Project | User]] = {
    "asset": Asset,
    "party": Party,
    "project": Project,
    "user": User,
}


def name_of_row(table: str, key: str) -> str:
    """Return the present name of a row that an event is about; empty for things without one."""
    model = _NAMED.get(table)
    if model is None or not key.isdigit():
        return ""
    return db.session.scalar(select(model.name).where(model.id == int(key))) or ""
