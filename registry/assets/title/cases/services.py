"""Opening a case and filling it in: its assets, what was found of each, who shall hold them, which papers are there."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.assets.register.registration import WHOLE_BP
from registry.assets.register.rights.rules import Part, check_parts
from registry.assets.title.cases.content import papers_text, parts_text
from registry.assets.title.cases.models import TitleCase, TitleLine, TitleOwner
from registry.assets.title.cases.queries import list_lines
from registry.assets.title.documents import Papers
from registry.assets.title.owning import by_investment
from registry.assets.title.rules import (
    EDITABLE,
    CaseStatus,
    Condition,
    LineDecision,
    NotEditable,
    Verification,
)
from registry.audit.actions import Action
from registry.audit.services import record
from registry.codes import is_credit_code
from registry.database import db
from registry.errors import Invalid, Missing
from registry.kinds import TitleDeed
from registry.parties.models import Party
from registry.parties.rules import BadCreditCode, NameMissing, PartyFacts
from registry.parties.services import ensure_party
from registry.permissions import Actor
from registry.regions import log_of
from registry.text import N_


class GiverMissing(Invalid):
    """A hand-over names who hands over."""

    message = N_("请填写移交单位（建设单位）。")


class BasisMissing(Invalid):
    """A name that changes, and an error put right, stand on a document and a reason."""

    message = N_("请写明原因和依据文号。")


class ForeignOwner(Invalid):
    """A new holder is registered in the county whose case it is."""

    message = N_("“%(name)s”属于别的区县，请由那里先登记。")


@dataclass(frozen=True)
class CaseFacts:
    """What is said of a case as a whole."""

    title: str = ""
    giver: str = ""
    reason: str = ""
    document_no: str = ""
    spans_villages: bool = False
    merged_name: str = ""
    new_name: str = ""
    new_credit_code: str = ""


def fill(case: TitleCase, facts: CaseFacts) -> None:
    """Write what is said of a case as a whole; the caller records."""
    case.giver, case.reason, case.document_no = facts.giver.strip(), facts.reason.strip(), facts.document_no.strip()
    case.spans_villages, case.merged_name = facts.spans_villages, facts.merged_name.strip()
    case.new_name, case.new_credit_code = facts.new_name.strip(), facts.new_credit_code.strip()
    if facts.title.strip():
        case.title = facts.title.strip()


def check_editable(case: TitleCase) -> None:
    """Raise NotEditable unless the case is a draft or was sent back."""
    if case.state not in EDITABLE:
        raise NotEditable(status=case.state.label)


def change_case(case: TitleCase, facts: CaseFacts, *, by: Actor) -> None:
    """Change what is said of the case as a whole. Raises NotEditable."""
    check_editable(case)
    fill(case, facts)
    record(Action.TITLE_CHANGED, case, by=by)


@dataclass(frozen=True)
class Found:
    """What was found of assets on the spot, and what the case does with them."""

    verification: Verification
    decision: LineDecision
    reason: str = ""
    condition: Condition | None = None
    condition_note: str = ""


def decide_lines(case: TitleCase, lines: Sequence[TitleLine], found: Found, *, by: Actor) -> None:
    """Note for these lines what was found and whether they are taken in. Raises NotEditable."""
    check_editable(case)
    for line in lines:
        line.verification, line.decision = found.verification.value, found.decision.value
        line.reason = found.reason.strip()
        if found.condition is not None:
            line.condition, line.condition_note = found.condition.value, found.condition_note.strip()
    record(Action.TITLE_CHANGED, case, by=by)


def drop_lines(case: TitleCase, lines: Sequence[TitleLine], *, by: Actor) -> None:
    """Take assets out of a case that nobody has decided on yet; of a case sent back they are left out instead."""
    check_editable(case)
    if case.state is not CaseStatus.DRAFT:
        raise NotEditable(status=case.state.label)
    for line in lines:
        db.session.delete(line)
    record(Action.TITLE_CHANGED, case, by=by)


def check_holders_open(case: TitleCase) -> None:
    """Raise NotEditable if the deed of a case leaves holders as they are."""
    if case.kind in {TitleDeed.OWNER_NAME, TitleDeed.SPLIT, TitleDeed.MERGER}:
        raise NotEditable(N_("更名、分拆、合并不改变所有权人。"))


@dataclass(frozen=True)
class Proposed:
    """A holder as people write it: a share, or what it invested."""

    party: PartyFacts
    share_bp: int | None = None
    invested_fen: int | None = None


def propose_owners(case: TitleCase, lines: Sequence[TitleLine], owners: Sequence[Proposed], *, by: Actor) -> None:
    """Propose the same holders for these lines; shares go by investment where amounts are given."""
    check_editable(case)
    check_holders_open(case)
    shares = by_investment([one.invested_fen for one in owners]) or [
        one.share_bp if one.share_bp is not None else WHOLE_BP if len(owners) == 1 else 0 for one in owners
    ]
    for one in owners:
        if log_of(one.party.region_code) != log_of(case.region_code):
            raise ForeignOwner(field="owners", name=one.party.name)
    parties = [ensure_party(one.party) for one in owners]
    if not owners or min(shares) <= 0 or len({party.id for party in parties}) != len(parties):
        raise Invalid(N_("每个权利人写一次，份额要大于 0。"), field="owners")
    for line in lines:
        line.owners = [
            TitleOwner(
                region_code=case.region_code, party_id=party.id, party=party, share_bp=share,
                invested_fen=one.invested_fen,
            )
            for party, share, one in zip(parties, shares, owners, strict=True)
        ]  # fmt: skip
    record(Action.TITLE_CHANGED, case, by=by)


def set_papers(case: TitleCase, papers: Papers, *, by: Actor) -> None:
    """Note which papers are there. Raises NotEditable."""
    check_editable(case)
    case.documents = papers_text(papers)
    record(Action.TITLE_CHANGED, case, by=by)


def set_parts(case: TitleCase, parts: Sequence[Part], *, by: Actor) -> None:
    """Say into what the asset is split. Raises NotEditable and what check_parts raises."""
    check_editable(case)
    lines = list_lines(case.id)
    if case.kind is not TitleDeed.SPLIT or not lines:
        raise Missing
    asset = lines[0].asset
    check_parts(asset.original_value_fen, asset.quantity_milli, parts)
    case.parts = parts_text(parts)
    record(Action.TITLE_CHANGED, case, by=by)


def check_facts(case: TitleCase, party: Party | None) -> None:
    """Raise unless the case says as a whole what its deed needs."""
    if case.kind is TitleDeed.HAND_OVER and not case.giver:
        raise GiverMissing(field="giver")
    if case.kind in {TitleDeed.ERROR, TitleDeed.OWNER_NAME} and not (case.reason and case.document_no):
        raise BasisMissing(field="reason")
    if case.kind is TitleDeed.MERGER and not case.merged_name:
        raise NameMissing(field="merged_name")
    if case.kind is TitleDeed.OWNER_NAME:
        if not case.new_name or party is None or (case.new_name, case.new_credit_code) == (party.name, ""):
            raise NameMissing(field="new_name")
        if case.new_credit_code and not is_credit_code(case.new_credit_code):
            raise BadCreditCode(field="new_credit_code", code=case.new_credit_code)
