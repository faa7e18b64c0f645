"""What the workbench shows first: every kind of work, one's own unit's work only, money to who works with money."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now, today
from registry.database import db, transaction
from registry.ledger.operation.contracts.kinds import ContractStatus
from registry.ledger.operation.contracts.models import Contract
from registry.permissions import Permission
from registry.workbench.money import money_figures
from registry.workbench.recent import list_recent
from registry.workbench.tasks import operation
from registry.workbench.tasks.task import Task
from registry.workbench.todo import QUESTIONS, Group, Question, first_of, page_of
from tests.factories import VILLAGE, confirmed, person
from tests.journeys.browser import Visitor
from tests.ledger.receipts.receiving import QUARTERS, RENT_FEN, checked, entered_receipt, let, posted, rent


def task(kind: str, days: int, subject: str) -> Task:
    return Task(kind, subject, "", None, now() - timedelta(days=days), "", "/", "")


@pytest.mark.usefixtures("app")
def test_one_of_every_kind_stands_before_the_second_of_a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = [
        [task("资产确认", 90 - n, f"卡片{n}") for n in range(9)],
        [task("欠款催缴", 5, "公司"), task("欠款催缴", 4, "合作社")],
        [task("复核发放单", 1, "发放单")],
    ]
    asked = tuple(
        Question(
            Permission.ASSET_READ, lambda _actor, most, rows=rows: rows[:most], lambda _actor, rows=rows: len(rows)
        )
        for rows in lists
    )
    monkeypatch.setitem(QUESTIONS, Group.MINE, asked)
    found = first_of(Group.MINE, person("auditor"), 5)
    assert [one.subject for one in found.tasks] == ["卡片0", "公司", "发放单", "卡片1", "卡片2"]
    assert (found.has_more, found.total) == (True, "12")
    assert [one.subject for one in first_of(Group.MINE, person("auditor"), 2).tasks] == ["卡片0", "公司", "发放单"]
    by_age = page_of(Group.MINE, person("auditor"), 5).tasks
    assert [one.subject for one in by_age] == [f"卡片{n}" for n in range(5)], "the pages go by age alone"
    whole = first_of(Group.MINE, person("auditor"), 12)
    assert (len(whole.tasks), whole.has_more, whole.total) == (12, False, "12")


def changed(contract_id: int, **values: object) -> None:
    """Bring a contract to a state of its life."""
    with transaction(VILLAGE):
        contract = db.session.get_one(Contract, contract_id)
        for name, value in values.items():
            setattr(contract, name, value)
        record(Action.IMPORTED, contract, by=person("village_clerk"))


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("signing", {"status": ContractStatus.AGREED.value}),
        ("renewals", {"ends_on": today() + timedelta(days=30)}),
        ("expired", {"ends_on": date(2026, 10, 31)}),
    ],
)
def test_what_a_units_own_clerk_does_is_no_work_of_the_clerks_above(
    app: Flask, question: str, values: dict[str, object]
) -> None:
    contract_id, _ = let(confirmed())
    changed(contract_id, **values)
    ask, count = getattr(operation, f"list_{question}"), getattr(operation, f"count_{question}")
    with app.test_request_context():
        told = {name: len(ask(person(name), 9)) for name in ("village_clerk", "township_clerk", "county_clerk")}
        assert told == {"village_clerk": 1, "township_clerk": 0, "county_clerk": 0}
        assert {name: count(person(name)) for name in told} == told


def test_who_works_with_money_sees_money_and_each_figure_leads_to_its_list(client: FlaskClient) -> None:
    store = confirmed()
    contract_id, _ = let(store, quarters=QUARTERS[:2])
    on = today()
    checked(entered_receipt(store, rent(1_000_000, contract_id, received_on=on), on=on), on=on)
    entered_receipt(store, rent(777, contract_id, received_on=on, bank_reference="乙"), on=on)
    visitor = Visitor(client, "cashier")
    text = visitor.open("/").text
    assert "在册资产" not in text, "a cashier's first figures are not those of assets"
    assert shown(text, "本年到账收益") == ("10,000.00", f"/income?region={VILLAGE}")
    assert shown(text, "逾期欠款") == ("50,000.00", f"/income/arrears?region={VILLAGE}")
    assert shown(text, "待审核收益") == ("1", f"/income?region={VILLAGE}&amp;status=SUBMITTED")
    for label, figure in (("本年到账收益", "10,000.00"), ("逾期欠款", "20,000.00"), ("待审核收益", "7.77")):
        assert figure in visitor.open(shown(text, label)[1].replace("&amp;", "&")).text
    assert shown(text, "待发放") == ("0.00", ""), "what is nothing leads nowhere"
    head = Visitor(client, "village_head").open("/").text
    assert shown(head, "待审核收益") == ("1", f"/income/review?region={VILLAGE}")
    assert shown(head, "在册资产")[0] == "1", "who confirms assets sees these too"
    assert head.index("本年到账收益") < head.index("在册资产")
    auditor = Visitor(client, "auditor").open("/").text
    assert auditor.index("在册资产") < auditor.index("本年到账收益")


def shown(text: str, label: str) -> tuple[str, str]:
    """Return the number of a card and where it leads."""
    found = re.search(rf'<span>{label}</span>(?:<a href="([^"]*)")?.*?class="big">([\d,.]+)', text, re.S)
    assert found, label
    return found[2], found[1] or ""


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("name", "sees"), [("custodian", False), ("municipal_supervisor", False), ("cashier", True),
                                            ("sector_officer", False), ("county_finance", True)])  # fmt: skip
def test_figures_of_money_are_of_whole_units_below_the_municipality(app: Flask, name: str, *, sees: bool) -> None:
    with app.test_request_context():
        assert (money_figures(person(name)) is not None) is sees


def test_recent_deeds_say_what_they_were_about_and_not_the_vouchers_they_brought_along(app: Flask) -> None:
    store = confirmed()
    posted(store, rent(RENT_FEN))
    with app.test_request_context():
        (done, *_) = list_recent(person("village_head"), 5)
        assert (done.label, done.about) == ("审核收益并记账", store.name)
        assert "记账" not in [one.label for one in list_recent(person("village_head"), 5)]
        entered = list_recent(person("village_clerk"), 5)
        assert ("登记收益", store.name) in [(one.label, one.about) for one in entered]
