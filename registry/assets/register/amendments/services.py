"""Changing a confirmed card: light fields at once with a reason; value, category, quantity, owners by two persons."""

from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import sha256

from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.queries import find_open_correction
from registry.assets.register.amendments.rules import (
    AlreadyWaiting,
    CorrectionKind,
    CorrectionStatus,
    NotDecidable,
    NothingChanged,
    ReasonMissing,
    SeenOldContent,
    check_above,
    check_effective,
    check_owners_free,
    check_value_change,
)
from registry.assets.register.cards.care import check_not_by_paper
from registry.assets.register.cards.index import moving
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import change_value
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.cards.schemas import FundingSchema, registration_from_json, registration_to_json
from registry.assets.register.cards.services import rewrite
from registry.assets.register.categories import TitleStatus
from registry.assets.register.registration import FundingFact, Registration, Stage, ValueKind
from registry.assets.register.rules import (
    NotConfirmedYet,
    check_registration,
    check_second_person,
    needs_second_person,
    netted,
)
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue, decode, encode
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Forbidden, Invalid
from registry.permissions import Actor
from registry.text import N_


def changed_fields(asset: Asset, facts: Registration) -> dict[str, tuple[object, object]]:
    """Return the fields of a card that a registration says otherwise, with both values; the unit itself stays."""
    old, new = registration_of(asset), replace(facts, region_code=asset.region_code)
    pairs = {one.name: (getattr(old, one.name), getattr(new, one.name)) for one in fields(Registration)}
    pairs["owners"] = (_owner_keys(old), _owner_keys(new))
    pairs["funding"] = (set(netted(old.funding)), set(netted(new.funding)))
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1] and not _left_to_default(name, new)}


def _left_to_default(name: str, new: Registration) -> bool:
    """Say whether a field was left empty on purpose, to mean the subtype's usual value."""
    return name in {"service_months", "depreciation", "sector", "unit", "project_year"} and not getattr(new, name)


def _owner_keys(facts: Registration) -> set[tuple[str, str, int]]:
    return {(owner.kind.value, owner.name, owner.share_bp) for owner in facts.owners}


def ask_correction(
    asset: Asset,
    facts: Registration,
    *,
    reason: str,
    by: Actor,
    on: date,
    document_no: str = "",
    batch_id: int | None = None,
) -> Correction:
    """Correct a confirmed card. Light changes are written at once; weighty ones wait for the level above.

    Raises NothingChanged, ReasonMissing, AlreadyWaiting and what check_registration raises.
    """
    if asset.state is not Stage.CONFIRMED:
        raise NotConfirmedYet
    if not reason.strip():
        raise ReasonMissing(field="reason")
    check_registration(facts, on=on)
    changed = changed_fields(asset, facts)
    if not changed:
        raise NothingChanged
    check_owners_free(TitleStatus(asset.title_status), changed)
    check_not_by_paper(asset.id, changed)
    content: dict[str, JsonValue] = {
        "fields": [*sorted(changed)],
        "registration": registration_to_json(facts),
        "before": registration_to_json(registration_of(asset)),
    }
    correction = _new_correction(asset, CorrectionKind.CORRECTION, content, reason, on, by)
    correction.document_no, correction.batch_id = document_no, batch_id
    if needs_second_person(changed):
        return _wait(correction, asset, by)
    _decided(correction, CorrectionStatus.APPLIED, by, "")
    _apply_correction(asset, facts, on=on)
    record(Action.ASSET_CORRECTED, asset, by=by, reason=reason.strip(), content=digest_of(correction))
    return correction


@dataclass(frozen=True)
class ValueFacts:
    """A change of value from a day on, with the money lines that sum to it."""

    kind: ValueKind
    effective_on: date
    lines: tuple[FundingFact, ...]
    reason: str
    document_no: str = ""


def ask_value_change(asset: Asset, facts: ValueFacts, *, by: Actor, on: date) -> Correction:
    """Ask for an enlargement, major repair, partial loss or revaluation; the level above confirms."""
    if asset.state is not Stage.CONFIRMED:
        raise NotConfirmedYet
    if not facts.reason.strip():
        raise ReasonMissing(field="reason")
    check_value_change(facts.kind, sum(line.amount_fen for line in facts.lines), asset.original_value_fen)
    check_effective(facts.effective_on, acquired_on=asset.acquired_on, on=on)
    lines: JsonValue = FundingSchema(many=True).dump(facts.lines)
    content: dict[str, JsonValue] = {"kind": facts.kind.value, "lines": lines}
    correction = _new_correction(asset, CorrectionKind.VALUE, content, facts.reason, facts.effective_on, by)
    correction.document_no = facts.document_no
    return _wait(correction, asset, by)


def _new_correction(
    asset: Asset, kind: CorrectionKind, content: dict[str, JsonValue], reason: str, effective_on: date, by: Actor
) -> Correction:
    if find_open_correction(asset.id) is not None:
        raise AlreadyWaiting
    correction = Correction(
        asset_id=asset.id, region_code=asset.region_code, kind=kind.value, status=CorrectionStatus.WAITING.value,
        reason=reason.strip(), effective_on=effective_on, content=encode(content), asset_version=asset.version_id,
        asked_by_id=by.id, asked_by_text=signature(by), asked_at=now(),
    )  # fmt: skip
    db.session.add(correction)
    return correction


def _wait(correction: Correction, asset: Asset, by: Actor) -> Correction:
    db.session.flush()
    record(Action.CORRECTION_ASKED, asset, by=by, reason=correction.reason, content=digest_of(correction))
    return correction


def confirm_correction(correction: Correction, asset: Asset, opinion: str, *, by: Actor, on: date) -> None:
    """Agree to a weighty change as a person of the level above, and write it."""
    _check_decision(correction, by)
    if asset.version_id != correction.asset_version:
        raise SeenOldContent
    _decided(correction, CorrectionStatus.APPLIED, by, opinion)
    if correction.kind == CorrectionKind.VALUE:
        _apply_value(asset, correction, on=on)
    else:
        _apply_correction(asset, proposed(correction), on=on, reason=correction.reason)
    record(Action.CORRECTION_CONFIRMED, asset, by=by, reason=opinion, content=digest_of(correction))


def refuse_correction(correction: Correction, asset: Asset, opinion: str, *, by: Actor) -> None:
    """Decline a weighty change; the card stays as it is."""
    _check_decision(correction, by)
    if not opinion.strip():
        raise Invalid(N_("不同意要写明理由。"), field="opinion")
    _decided(correction, CorrectionStatus.REFUSED, by, opinion.strip())
    record(Action.CORRECTION_REFUSED, asset, by=by, reason=opinion.strip(), content=digest_of(correction))


def void_correction(correction: Correction, asset: Asset, *, by: Actor) -> None:
    """Take back one's own change before anybody has decided on it."""
    if correction.status != CorrectionStatus.WAITING:
        raise NotDecidable
    if correction.asked_by_id != by.id:
        raise Forbidden
    _decided(correction, CorrectionStatus.VOID, by, "")
    record(Action.CORRECTION_VOIDED, asset, by=by, content=digest_of(correction))


def _check_decision(correction: Correction, by: Actor) -> None:
    if correction.status != CorrectionStatus.WAITING:
        raise NotDecidable
    check_second_person(correction.asked_by_id, by)
    check_above(correction.region_code, by)


def _decided(correction: Correction, status: CorrectionStatus, by: Actor, opinion: str) -> None:
    correction.status, correction.opinion = status.value, opinion
    correction.decided_by_id, correction.decided_by_text, correction.decided_at = by.id, signature(by), now()


def _apply_correction(asset: Asset, facts: Registration, *, on: date, reason: str = "") -> None:
    with moving([asset]):
        rewrite(asset, facts, on=on, reason=reason)


def _apply_value(asset: Asset, correction: Correction, *, on: date) -> None:
    kind, lines = said_lines(correction)
    with moving([asset]):
        change_value(
            asset, kind, lines, effective_on=correction.effective_on, on=on,
            reason=correction.reason, document=correction.document_no,
        )  # fmt: skip


def content_of(correction: Correction) -> dict[str, JsonValue]:
    """Return what a correction asks for."""
    content = decode(correction.content)
    if not isinstance(content, dict):
        raise TypeError("a correction's content is an object")
    return content


def proposed(correction: Correction) -> Registration:
    """Return the card as a correction would leave it."""
    return registration_from_json(content_of(correction)["registration"])  # type: ignore[arg-type]


def said_before(correction: Correction) -> Registration:
    """Return the card as it was when a correction was asked for."""
    return registration_from_json(content_of(correction)["before"])  # type: ignore[arg-type]


def said_lines(correction: Correction) -> tuple[ValueKind, tuple[FundingFact, ...]]:
    """Return why a change of value was asked for, and its money lines."""
    content = content_of(correction)
    lines: tuple[FundingFact, ...] = tuple(FundingSchema(many=True).load(content["lines"]))  # type: ignore[arg-type]
    return ValueKind(str(content["kind"])), lines


def digest_of(correction: Correction) -> str:
    """Return the digest of what was asked for; the decision's event carries the same one."""
    return sha256(correction.content.encode()).hexdigest()


def signature(by: Actor) -> str:
    """Write who acted as papers do: unit, post, name."""
    return f"{by.unit_name} {by.post} {by.name}".strip()
