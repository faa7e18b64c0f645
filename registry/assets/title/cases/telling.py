"""Cases of title and their lines, written out for programs."""

from collections.abc import Iterable
from typing import Any

from registry.assets.title.cases.content import asked_of, papers_of, parts_of
from registry.assets.title.cases.models import TitleCase, TitleLine, TitleOwner
from registry.assets.title.cases.queries import Tally, tallies_of
from registry.assets.title.cases.schemas import CaseCard, CaseRow, CaseWords, LineRow
from registry.assets.title.cases.submitting import find_case_request
from registry.rest.calls import Body

_NOTHING = Tally(0, 0, 0, 0)
_PLAIN = (
    "id", "version_id", "deed", "status", "region_code", "category", "owner_kind", "sector", "project_id",
    "opened_by_text", "opened_at", "submitted_at", "approved_on", "done_on", "end_reason",
)  # fmt: skip
_TALLY = ("lines", "taken_in", "left_out", "value_fen")
_LINE = ("version_id", "verification", "decision", "reason", "condition", "condition_note")
_WORDS = tuple(CaseWords().fields)


def case_rows(cases: Iterable[TitleCase]) -> list[Body]:
    """Return cases as a list gives them."""
    found = [*cases]
    tallies = tallies_of([case.id for case in found])
    rows: list[Body] = CaseRow(many=True).dump([_plain(case, tallies.get(case.id, _NOTHING)) for case in found])
    return rows


def case_card(case: TitleCase) -> Body:
    """Return a case as the API gives it."""
    papers, request = papers_of(case), find_case_request(case)
    told = [(one, papers.get(one)) for one in asked_of(case)]
    card: Body = CaseCard().dump(
        {
            **_plain(case, tallies_of([case.id]).get(case.id, _NOTHING)),
            "papers": [
                {"document": one, "state": said.state if said else "", "reason": said.reason if said else ""}
                for one, said in told
            ],
            "parts": parts_of(case),
            "request_id": request.id if request else None,
        }
    )
    return card


def _plain(case: TitleCase, tally: Tally) -> dict[str, Any]:
    plain = {name: getattr(case, name) for name in _PLAIN}
    counted = {name: getattr(tally, name) for name in _TALLY}
    return {**plain, **counted, "facts": {name: getattr(case, name) for name in _WORDS}}


def line_rows(lines: Iterable[TitleLine]) -> list[Body]:
    """Return lines of a case as the API gives them."""
    rows: list[Body] = LineRow(many=True).dump([_line(line) for line in lines])
    return rows


def _line(line: TitleLine) -> dict[str, Any]:
    plain, asset = {name: getattr(line, name) for name in _LINE}, line.asset
    owners = [_owner(owner) for owner in line.owners]
    said = {"asset_no": asset.asset_no, "name": asset.name, "original_value_fen": asset.original_value_fen}
    return {**plain, **said, "owners": owners}


def _owner(owner: TitleOwner) -> dict[str, Any]:
    party = owner.party
    return {
        "party_id": party.id, "kind": party.kind, "name": party.name, "region_code": party.region_code,
        "share_bp": owner.share_bp, "invested_fen": owner.invested_fen,
    }  # fmt: skip
