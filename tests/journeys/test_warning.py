"""A contract runs out unnoticed: the county is warned, the township hands it to the village, the renewal ends it."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from registry.ledger.operation.contracts.models import Contract
from registry.supervision.warnings.models import RiskWarning, WarningHandOff
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import EndWay
from tests.assets.title.making import storehouse
from tests.journeys.days import Calendar
from tests.journeys.desks import stored
from tests.journeys.test_case_agreed import visitor
from tests.journeys.test_lease import ENDS, SECOND, drafted, signed
from tests.supervision.warnings.scenery import ask_all, follow


def test_a_contract_that_ran_out_unnoticed_is_warned_of_handed_on_renewed_and_gone(
    any_app: Flask, calendar: Calendar
) -> None:
    app, number = any_app, storehouse()
    first = signed(app, drafted(app, number), calendar)
    ask_all(calendar.today)
    assert expired() == []

    calendar.turn_to(ENDS + timedelta(days=3))
    ask_all(calendar.today)
    (warning,) = expired()
    handed_to_the_village(app, warning.id, calendar)
    renewed_after_its_end(app, first, calendar)
    follow(calendar.today)
    assert expired() == []
    (over,) = stored(select(WarningHandOff))
    assert (over.ended_by, over.warning.closed_at is not None) == (EndWay.GONE, True)
    town = visitor(app, "township_supervisor")
    text = town.open(f"/warnings/{warning.id}").text
    assert "原因已在" in text
    assert "预警已消除" in text
    assert "上级交办的预警" not in visitor(app, "village_clerk").open("/todo").text


def expired() -> list[RiskWarning]:
    rows = select(RiskWarning).where(RiskWarning.risk == Risk.CONTRACT_EXPIRED.value, RiskWarning.closed_at.is_(None))
    return stored(rows)


def handed_to_the_village(app: Flask, warning_id: int, calendar: Calendar) -> None:
    """The supervisor sees it on the home page and hands it on; the village has it on its desk, late later on."""
    town = visitor(app, "township_supervisor")
    assert "程度：高" in town.open("/").text
    assert "合同到期未续" in town.open("/warnings").text
    assert "到期日期" in town.open(f"/warnings/{warning_id}").text
    town.open(town.link(f"/warnings/{warning_id}/hand-off"))
    assert "续签，或结束合同收回资产。" in town.page.text
    town.send(due_on=calendar.today)
    assert town.page.status_code == 422
    assert "办理期限要在今天以后" in town.page.text
    town.send(due_on=calendar.today + timedelta(days=5), text="请尽快开会定下来。")
    assert "已交办" in town.page.text
    assert "上级交办的预警" in visitor(app, "village_clerk").open("/todo").text
    calendar.wait(6)
    for username in ("township_supervisor", "county_agriculture"):
        assert "交办超期" in visitor(app, username).open("/todo").text
    assert "交办超期" not in visitor(app, "municipal_supervisor").open("/todo").text


def renewed_after_its_end(app: Flask, contract_id: int, calendar: Calendar) -> None:
    clerk = visitor(app, "village_clerk")
    clerk.open(f"/contracts/{contract_id}")
    clerk.open(clerk.link("/follow/RENEWAL"))
    clerk.send(**SECOND)
    assert "草稿已保存" in clerk.page.text
    newest = stored(select(Contract.id).order_by(Contract.id.desc()))[0]
    signed(app, newest, calendar)
