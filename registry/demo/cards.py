"""The cards of the demo county: each row of the table as the registration its clerk would have typed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from registry.assets.register.categories import (
    INTERESTS,
    Nature,
    OperatingMode,
    ReturnKind,
    TitleStatus,
    UseStatus,
)
from registry.assets.register.registration import (
    DatePrecision,
    InterestFacts,
    OwnerFact,
    PartialDate,
    Registration,
)
from registry.demo.keeping import accounting, custodian, industry_class, publicity, supervisor
from registry.demo.places import UnitRow, credit_code_of, owners_of, resident_id, units
from registry.demo.projects import projects
from registry.demo.rows import AssetRow, interests, papers
from registry.demo.tables import COLON, GO_LIVE, day_of, labelled, money, quantity_milli, read
from registry.kinds import Category, OwnerKind

_PRECISIONS = {10: DatePrecision.DAY, 7: DatePrecision.MONTH, 4: DatePrecision.YEAR}
#: Days from the forming of an asset to its entry in the register, and to its certificate.
_ENTRY, _CERTIFICATE = timedelta(days=25), timedelta(days=60)
_MICRO = 1_000_000


@dataclass(frozen=True)
class Card:
    """A card to be entered: what is said, on which day, and what became of it."""

    row: AssetRow
    facts: Registration
    entered_on: date


@cache
def cards() -> tuple[Card, ...]:
    """Return every card in the order of the table."""
    return tuple(_card(index, row) for index, row in enumerate(read("assets", AssetRow)))


def acquired_of(text: str) -> PartialDate:
    """Read a day, a month or a year."""
    return PartialDate(date.fromisoformat(f"{text}-01-01"[:10]), _PRECISIONS[len(text)])


def _card(index: int, row: AssetRow) -> Card:
    acquired = acquired_of(row.acquired)
    facts = _registration(index, row, acquired)
    # What stood before go-live is entered in the first two months; nothing is entered before its certificate.
    entered_on = acquired.day + _ENTRY if acquired.day >= GO_LIVE else GO_LIVE + timedelta(days=4 + index % 60)
    return Card(row, facts, max(entered_on, facts.certificate_on or entered_on))


def _registration(index: int, row: AssetRow, acquired: PartialDate) -> Registration:
    facts = _thing(index, row, acquired)
    used = labelled(UseStatus, row.use) if row.use else UseStatus.IN_USE
    facts = _finished(facts, index, used)
    return _titled(_run(facts, row, used), index, row)


def _thing(index: int, row: AssetRow, acquired: PartialDate) -> Registration:
    """Return what an asset is, what it cost and where it stands."""
    funding, owners, subtype = money(row.money), _owners(index, row), row.subtype
    value_fen = sum(line.amount_fen for line in funding)
    quantity, unit = quantity_milli(row.quantity)
    place, detail = _location(row)
    project = projects().get(row.project)
    return Registration(
        region_code=row.unit.code,
        name=row.name,
        category=subtype.category,
        subtype=subtype.code,
        original_value_fen=value_fen,
        total_investment_fen=value_fen,
        acquired=acquired,
        owners=owners,
        funding=funding,
        plan_document=funding[0].document_no,
        project_name=project.name if project else "",
        project_number=project.number if project else "",
        location_code=place.code,
        location_detail=detail,
        longitude_e6=_micro(place.longitude, index * 37),
        latitude_e6=_micro(place.latitude, index * 53),
        quantity_milli=quantity,
        unit=unit or subtype.unit,
        scale=row.scale,
        interest=_interest(row, value_fen),
    )


def _finished(facts: Registration, index: int, used: UseStatus) -> Registration:
    """Add acceptance and first use, where the day is known and the work is done."""
    if facts.acquired.precision is not DatePrecision.DAY or used is UseStatus.UNDER_CONSTRUCTION:
        return facts
    in_use_on = facts.acquired.day + timedelta(days=20 + index * 7 % 40)
    return replace(facts, accepted_on=facts.acquired.day, in_use_on=in_use_on)


def _run(facts: Registration, row: AssetRow, used: UseStatus) -> Registration:
    """Add who cares for it, who runs it and how."""
    return replace(
        facts,
        custodian=custodian(row),
        operator=row.operator,
        supervisor=supervisor(row),
        use_status=used.value,
        operating_mode=labelled(OperatingMode, row.mode).value if row.mode else "",
        industry_class=industry_class(row.subtype, used, facts.acquired.day),
        accounting_system=accounting(facts.owners, row.stage).value,
        publicity=publicity(row, facts.original_value_fen).value,
    )


def _titled(facts: Registration, index: int, row: AssetRow) -> Registration:
    """Add title, certificate and archives."""
    paper = papers()[_paper_use(row, facts.owners)]
    title = labelled(TitleStatus, row.title) if row.title else TitleStatus.CONFIRMED
    facts = replace(facts, title_status=title.value, archives=paper.archives, gbt14885_code=paper.gbt14885_code)
    if title is not TitleStatus.CONFIRMED or not paper.certificate:
        return facts
    issued_on = max(GO_LIVE, facts.acquired.day) + _CERTIFICATE + timedelta(days=index % 9)
    number = paper.number.format(year=issued_on.year, serial=101 + index)
    return replace(facts, certificate_kind=paper.certificate, certificate_number=number, certificate_on=issued_on)


def _owners(index: int, row: AssetRow) -> tuple[OwnerFact, ...]:
    if row.subtype.category is not Category.HOUSEHOLD:
        return owners_of(row.owners, row.unit)
    return (OwnerFact(OwnerKind.HOUSEHOLD, row.owners, region_code=row.unit.code, resident_id=resident_id(index)),)


def _location(row: AssetRow) -> tuple[UnitRow, str]:
    """Return the unit in which an asset stands, which need not be the one that manages it, and where there."""
    if COLON not in row.place:
        return row.unit, row.place
    place, detail = row.place.split(COLON)
    return units()[place], detail


def _micro(degrees: str, spread: int) -> int:
    whole, part = degrees.split(".")
    return int(whole) * _MICRO + int(part.ljust(6, "0")) + (spread % 41 - 20) * 150


def _paper_use(row: AssetRow, owners: tuple[OwnerFact, ...]) -> str:
    subtype = row.subtype
    if subtype.category is Category.HOUSEHOLD:
        return "HOUSEHOLD"
    if subtype.nature in INTERESTS:
        return "INTEREST"
    if subtype.nature is Nature.LIVING:
        return "LIVING"
    if subtype.real_estate:
        return "ESTATE"
    return "STATE" if owners[0].kind in {OwnerKind.STATE, OwnerKind.TOWNSHIP} else "COLLECTIVE"


def _interest(row: AssetRow, value_fen: int) -> InterestFacts:
    terms = interests().get((row.unit_name, row.name))
    if terms is None:
        return InterestFacts()
    return InterestFacts(
        investee=terms.investee,
        investee_code=credit_code_of(terms.investee),
        share_bp=_hundredths(terms.share),
        principal_fen=value_fen,
        rate_bp=_hundredths(terms.rate),
        return_kind=labelled(ReturnKind, terms.returns).value,
        starts_on=day_of(terms.starts),
        ends_on=day_of(terms.ends),
        exit_terms=terms.exit_terms,
    )


def _hundredths(text: str) -> int | None:
    return int(text.replace(".", "")) if text else None
