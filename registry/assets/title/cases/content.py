"""What is decided on: the lines and holders of a case as canonical JSON; and what will change when it is agreed to."""

from collections.abc import Sequence
from typing import cast

from registry.assets.register.amendments.comparing import Difference
from registry.assets.register.rights.rules import Part
from registry.assets.register.rules import percent
from registry.assets.title.cases.models import TitleCase, TitleLine, TitleOwner
from registry.assets.title.cases.queries import has_interests
from registry.assets.title.documents import DocumentState, Paper, Papers, TitleDocument, asked_for
from registry.audit.canonical import JsonValue, decode, encode
from registry.kinds import TitleDeed
from registry.text import N_


def content_of(case: TitleCase, lines: Sequence[TitleLine]) -> JsonValue:
    """Return exactly what is decided on: nothing in it changes unless the decision would be another."""
    return {
        "deed": case.deed,
        "giver": case.giver,
        "reason": case.reason,
        "document_no": case.document_no,
        "new_name": case.new_name,
        "new_credit_code": case.new_credit_code,
        "merged_name": case.merged_name,
        "spans_villages": case.spans_villages,
        "documents": decode(case.documents),
        "parts": decode(case.parts),
        "lines": [_line(line) for line in lines],
    }


def _line(line: TitleLine) -> JsonValue:
    asset = line.asset
    return {
        "asset_no": asset.asset_no,
        "name": asset.name,
        "value_fen": asset.original_value_fen,
        "verification": line.verification,
        "decision": line.decision,
        "reason": line.reason,
        "condition": line.condition,
        "owners": [_owner(owner) for owner in line.owners],
    }


def _owner(owner: TitleOwner) -> JsonValue:
    return {
        "party": owner.party_id,
        "kind": owner.party.kind,
        "name": owner.party.name,
        "share_bp": owner.share_bp,
        "invested_fen": owner.invested_fen,
    }


def papers_of(case: TitleCase) -> Papers:
    """Return what is said of the papers of a case."""
    told = cast("dict[str, list[str]]", decode(case.documents))
    return {TitleDocument(name): Paper(DocumentState(state), reason) for name, (state, reason) in told.items()}


def asked_of(case: TitleCase) -> tuple[TitleDocument, ...]:
    """Return the papers a case is asked for."""
    return asked_for(case.kind, case.asset_category, is_interest=has_interests(case.id))


def papers_text(papers: Papers) -> str:
    """Write what is said of papers as it is kept."""
    told: dict[str, JsonValue] = {name.value: [one.state.value, one.reason] for name, one in papers.items()}
    return encode(told)


def parts_of(case: TitleCase) -> list[Part]:
    """Return into what an asset shall be split."""
    told = cast("list[dict[str, int | str | None]]", decode(case.parts))
    return [Part(str(one["name"]), int(one["value_fen"] or 0), _whole(one["quantity_milli"])) for one in told]


def _whole(value: int | str | None) -> int | None:
    return int(value) if value is not None else None


def parts_text(parts: Sequence[Part]) -> str:
    """Write parts as they are kept."""
    told: list[JsonValue] = [
        {"name": one.name, "value_fen": one.value_fen, "quantity_milli": one.quantity_milli} for one in parts
    ]
    return encode(told)


def owners_words(owners: Sequence[TitleOwner]) -> str:
    """Name proposed holders with their shares."""
    if len(owners) == 1:
        return owners[0].party.name
    return "；".join(f"{owner.party.name} {percent(owner.share_bp)}%" for owner in owners)


_BECOMES = {
    TitleDeed.FIRST_TITLE: N_("已确权"),
    TitleDeed.HAND_OVER: N_("待移交"),
    TitleDeed.ERROR: N_("已更正"),
}


def as_if_approved(case: TitleCase, lines: Sequence[TitleLine]) -> list[Difference]:
    """Return what the register will say otherwise once the case is agreed to."""
    taken = [line for line in lines if line.is_in]
    if case.kind is TitleDeed.OWNER_NAME:
        old = taken[0].owners[0].party if taken and taken[0].owners else None
        names = Difference(N_("权利人名称"), old.name if old else "", case.new_name)
        return [names, Difference(N_("涉及资产"), "", N_("%(count)s 项") % {"count": len(taken)})]
    if case.kind is TitleDeed.SPLIT:
        return [Difference(taken[0].asset.name, N_("一项"), "；".join(one.name for one in parts_of(case)))]
    if case.kind is TitleDeed.MERGER:
        return [Difference(line.asset.name, N_("单独一项"), case.merged_name) for line in taken]
    return [_difference(case, line) for line in taken]


def _difference(case: TitleCase, line: TitleLine) -> Difference:
    new = owners_words(line.owners)
    return Difference(line.asset.name, line.asset.owner_text, f"{new}（{_BECOMES[case.kind]}）")
