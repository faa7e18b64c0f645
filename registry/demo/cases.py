"""The cases of the demo county: of title, opened and filled in; of public posts, proposed."""

from typing import NamedTuple

from registry.approvals.requests.queries import find_request
from registry.assets.custody.kinds import PaySource
from registry.assets.custody.posts.rules import PostFacts
from registry.assets.custody.posts.services import propose_post
from registry.assets.register.cards.models import Asset
from registry.assets.title.cases.content import asked_of
from registry.assets.title.cases.models import TitleCase
from registry.assets.title.cases.opening import Opening, open_case
from registry.assets.title.cases.queries import list_lines
from registry.assets.title.cases.services import CaseFacts, Found, Proposed, decide_lines, propose_owners, set_papers
from registry.assets.title.documents import DocumentState, Paper, TitleDocument
from registry.assets.title.rules import Condition, LineDecision, Verification
from registry.audit.services import thing_of
from registry.demo.places import CLERKS, UnitRow, credit_code, resident_id, units
from registry.demo.tables import COLON, labelled, split
from registry.demo.telling import Telling
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, attach
from registry.kinds import OwnerKind, TitleDeed
from registry.money import Unit, parse_fen
from registry.parties.rules import PartyFacts
from registry.permissions import Actor

_SEEN = Found(Verification.MATCHES, LineDecision.CONFIRMED, condition=Condition.GOOD)
_NO_LAND = Paper(DocumentState.NOT_APPLICABLE, "不是不动产，或不需要办理不动产登记")
_PRESENT = Paper(DocumentState.PRESENT)


class CaseRow(NamedTuple):
    """A case of title: its assets, who brings it in, who owns together by what they invested, which paper lacks."""

    key: str
    deed: str
    unit_name: str
    names: str
    opened_on: str
    username: str
    giver: str
    spans: str
    owners: str
    lacks: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


class PostRow(NamedTuple):
    """A person proposed for a public post; ``number`` makes up the identity numbers of the two."""

    key: str
    unit_name: str
    title: str
    duties: str
    name: str
    head_name: str
    number: str
    proposed_on: str
    starts_on: str
    ends_on: str
    pay: str
    basis: str


def tell_case(row: CaseRow, told: Telling) -> None:
    """Open a case of title; what becomes of it is told move by move."""
    facts = CaseFacts(giver=row.giver, spans_villages=bool(row.spans))
    numbers = tuple(asset.asset_no for asset in told.assets_of(row.unit, row.names))
    opening = Opening(labelled(TitleDeed, row.deed), numbers, facts)
    told.cases[row.key] = open_case(opening, by=starter(row, told), on=told.day(row.opened_on))


def starter(row: CaseRow, told: Telling) -> Actor:
    """Return who brings a case in: the sector's officer where the table names one, else the unit's clerk."""
    return told.staff.named(row.username) if row.username else told.staff.holding(CLERKS[row.unit.level], row.unit)


def fill_in(row: CaseRow, case: TitleCase, told: Telling) -> None:
    """Note what was found on the spot, who shall hold the assets and which papers are there; attach a scan."""
    by, lines = starter(row, told), list_lines(case.id)
    decide_lines(case, lines, _SEEN, by=by)
    if row.owners:
        propose_owners(case, lines, [_invested(entry) for entry in split(row.owners)], by=by)
    lacking, _colon, reason = row.lacks.partition(COLON)
    papers = {paper: _paper(paper, [line.asset for line in lines]) for paper in asked_of(case)}
    if lacking:
        papers[labelled(TitleDocument, lacking)] = Paper(DocumentState.ABSENT, reason)
    set_papers(case, papers, by=by)
    attach([told.pictures["批复"]], Caption(EvidenceKind.APPROVAL, case.title), to=thing_of(case), by=by)


def _paper(paper: TitleDocument, assets: list[Asset]) -> Paper:
    is_land = any(asset.subtype_row.real_estate for asset in assets)
    return _PRESENT if is_land or paper is not TitleDocument.REAL_ESTATE else _NO_LAND


def _invested(entry: str) -> Proposed:
    """Read 全兴村 90: the village whose collective invested so many 万元."""
    name, amount = entry.split(" ")
    unit = units()[name]
    code = credit_code(unit.credit_prefix, unit.serial)
    party = PartyFacts(OwnerKind.VILLAGE_COLLECTIVE, unit.owner, unit.code, code)
    return Proposed(party, invested_fen=parse_fen(amount, Unit.WAN))


def tell_post(row: PostRow, told: Telling) -> None:
    """Propose a person for a public post; the notice and the township's answer are told move by move."""
    unit, on, number = units()[row.unit_name], told.day(row.proposed_on), int(row.number)
    by = told.staff.holding(CLERKS[unit.level], unit)
    post = propose_post(_post_facts(row, unit, number, told), by=by, on=on, policy=told.policy(unit.code, on))
    told.posts[row.key] = post
    request = find_request("public_post", str(post.id))
    if request is not None:
        told.requests[row.key] = request


def _post_facts(row: PostRow, unit: UnitRow, number: int, told: Telling) -> PostFacts:
    starts_on, ends_on = told.day(row.starts_on), told.day(row.ends_on)
    return PostFacts(
        region_code=unit.code, title=row.title, duties=row.duties, name=row.name, resident_id=resident_id(number),
        head_name=row.head_name, head_resident_id=resident_id(number + 1), starts_on=starts_on, ends_on=ends_on,
        pay_fen=parse_fen(row.pay), pay_source=PaySource.POST_SUBSIDY, basis=row.basis,
    )  # fmt: skip
