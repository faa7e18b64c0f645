"""Cases of disposal, their lines, gates and prices, written out for programs."""

from collections.abc import Iterable, Sequence
from typing import Any

from registry.approvals.requests.queries import find_request
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.cases.opening import TABLE, plans_of
from registry.disposal.gates.kinds import Asked
from registry.disposal.gates.models import GateAnswers
from registry.disposal.gates.queries import answers_of
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.procedure.schemas import AskedRow, CaseCard, CaseRow, GateRow, LineRow, PriceRow
from registry.rest.calls import Body


def case_rows(cases: Iterable[DisposalCase]) -> list[Body]:
    """Return cases as a list gives them."""
    rows: list[Body] = CaseRow(many=True).dump([_row(case, CaseRow) for case in cases])
    return rows


def _row(case: DisposalCase, schema: type[CaseRow], **more: Any) -> dict[str, Any]:
    names = (field.attribute or name for name, field in schema().fields.items())
    plain = {name: getattr(case, name) for name in names if name not in more and hasattr(case, name)}
    return {**plain, "owner": case.owner.name, **more}


def case_card(case: DisposalCase) -> Body:
    """Return a case as the API gives it."""
    request = find_request(TABLE, str(case.id))
    to = {
        "kind": case.recipient_kind, "name": case.recipient_name, "credit_code": case.recipient_code,
        "region_code": case.recipient_region or None,
    }  # fmt: skip
    told = _row(
        case, CaseCard, recipient=to if case.recipient_name else None, weights=sorted(case.weights.split()),
        plans=[{"gate": gate, "plan": plan} for gate, plan in plans_of(case).items()],
        request_id=str(request.id) if request else None,
    )  # fmt: skip
    card: Body = CaseCard().dump(told)
    return card


def line_rows(lines: Iterable[DisposalLine]) -> list[Body]:
    """Return lines of a case as the API gives them."""
    rows: list[Body] = LineRow(many=True).dump([_line(line) for line in lines])
    return rows


def _line(line: DisposalLine) -> dict[str, Any]:
    names = (field.attribute or name for name, field in LineRow().fields.items())
    plain = {name: getattr(line, name) for name in names if hasattr(line, name)}
    return {**plain, "asset_no": line.asset.asset_no, "name": line.asset.name}


def gate_rows(asked: Sequence[Asked]) -> list[Body]:
    """Return how gates answer, in words."""
    rows: list[Body] = GateRow(many=True).dump([_gate(one) for one in asked])
    return rows


def _gate(asked: Asked) -> dict[str, Any]:
    said, params = asked.answer.said, asked.answer.params
    return {
        "gate": asked.gate.value,
        "outcome": asked.outcome.value,
        "said": said % params if params else said,
        "plan": params.get("plan", ""),
        "blocks": asked.blocks,
        "blocks_later": asked.blocks_later,
    }


def asked_rows(kept: Iterable[GateAnswers]) -> list[Body]:
    """Return how gates stood each time they were asked."""
    plain = ("moment", "passed", "arranged", "failed", "asked_by_text", "asked_at")
    rows: list[Body] = AskedRow(many=True).dump(
        [{**{name: getattr(row, name) for name in plain}, "gates": gate_rows(answers_of(row))} for row in kept]
    )
    return rows


def price_row(row: DisposalPrice) -> Body:
    """Return a result of a trade."""
    told: Body = PriceRow().dump(row)
    return told
