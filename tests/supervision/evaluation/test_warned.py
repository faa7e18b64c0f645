"""Warnings that stand are frozen beside the evidence for those who score and confirm, and bring no points."""

from datetime import date

from flask import Flask

from registry.clock import now
from registry.database import db, transaction
from registry.ledger.operation.contracts.models import ContractAsset
from registry.supervision.evaluation.criteria import Criterion, Fact
from registry.supervision.evaluation.models import Evaluation, EvaluationLine
from registry.supervision.evaluation.rules import find_mark
from registry.supervision.evaluation.services import void_evaluation
from registry.supervision.evaluation.showing import known_facts, told, warned
from registry.supervision.warnings.models import RiskWarning
from registry.supervision.warnings.risks import ROWS, Risk
from tests.factories import COUNTY, TODAY, VILLAGE, confirmed, person
from tests.ledger.receipts.receiving import let
from tests.supervision.evaluation.scoring import lines_of, opened
from tests.supervision.warnings.deeds import card
from tests.supervision.warnings.scenery import ask_all, deed, sound_world, the_asset


def told_of(line: EvaluationLine, username: str) -> list[tuple[str, int]]:
    """What a reader is told of the warnings of a line."""
    return [(one.row.risk.value, one.number) for one in warned(line, person(username)) or []]


def risk_facts(line: EvaluationLine) -> tuple[tuple[str, Fact], ...]:
    return find_mark(line.marks, Criterion.RISK).measured.facts


def warn(risk: Risk, key: int) -> None:
    """Let a warning of a thing stand."""
    row = ROWS[risk]
    warning = RiskWarning(
        region_code=VILLAGE, sector="AGRICULTURE", risk=risk.value, severity=row.severity.value,
        subject=row.subject.value, subject_id=key, title="x", page_key="x", figures="{}", opened_at=now(),
    )  # fmt: skip
    db.session.add(warning)


def watched(left_on: date | None = None) -> int:
    """An asset of which the title is disputed, let under a contract whose rent is overdue; its evaluation."""
    key = sound_world()
    contract_id, _dues = let(the_asset(key))
    with deed():
        card(title_status="DISPUTED")(the_asset(key))
    ask_all()
    with deed():
        for one in db.session.query(RiskWarning).filter(RiskWarning.risk != Risk.OWNER_DISPUTED.value):
            one.closed_at = now()
        warn(Risk.ARREARS_LONG, contract_id)
        db.session.query(ContractAsset).one().ended_on = left_on
    return opened()


def test_what_stands_of_an_asset_and_its_contract_is_frozen_and_scores_nothing(any_app: Flask) -> None:
    evaluation_id = watched()
    (line,) = lines_of(evaluation_id)
    for reviewer in ("county_clerk", "county_agriculture"):
        assert told_of(line, reviewer) == [("ARREARS_LONG", 1), ("OWNER_DISPUTED", 1)]
    mark = find_mark(line.marks, Criterion.RISK)
    assert (mark.measured.done, mark.measured.of) == (1, 1)
    assert "尚未消除的预警" not in [one.label for one in told(mark.measured.facts)]
    earned = line.earned_cents
    with deed():
        db.session.query(RiskWarning).update({RiskWarning.closed_at: now()})
    (line,) = lines_of(evaluation_id)
    assert len(told_of(line, "county_clerk")) == 2
    with transaction(COUNTY):
        void_evaluation(db.session.get_one(Evaluation, evaluation_id), "范围选错", by=person("county_clerk"))
    (again,) = lines_of(opened())
    assert (told_of(again, "county_clerk"), again.earned_cents) == ([], earned)


def test_what_is_warned_of_a_contract_that_the_asset_has_left_is_not_its_own(app: Flask) -> None:
    (line,) = lines_of(watched(left_on=TODAY))
    assert told_of(line, "county_clerk") == [("OWNER_DISPUTED", 1)]


def test_who_may_not_read_the_books_is_told_nothing_of_money(app: Flask) -> None:
    (line,) = lines_of(watched())
    assert told_of(line, "custodian") == [("OWNER_DISPUTED", 1)]
    facts = known_facts(risk_facts(line), person("custodian"))
    assert facts["warned"] == facts["warned_OWNER_DISPUTED"] == 1
    assert "warned_ARREARS_LONG" not in facts
    assert known_facts(risk_facts(line), person("county_clerk")) == dict(risk_facts(line))


def test_where_nobody_asked_for_warnings_nothing_is_said_of_them(app: Flask) -> None:
    confirmed()
    (line,) = lines_of(opened())
    assert warned(line, person("county_clerk")) is None
    assert "warned" not in known_facts(risk_facts(line), person("county_clerk"))
