"""The file that goes to the bank, and its answer read back."""

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.register.sheets.exporting import ExportForm
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.ledger.distribution.payout.files import HeadsMissing, ResultUnread, bank_file, read_results
from registry.ledger.distribution.payout.rules import (
    OrderStatus,
)
from tests.factories import VILLAGE, person
from tests.ledger.payout.paying import order_of, released, told
from tests.ledger.payout.test_payout_services import FAILED, PAID


def test_the_banks_file_holds_accounts_and_its_answer_is_read_back(any_app: Flask) -> None:
    order_id = released()
    with transaction(VILLAGE):
        data = bank_file(order_of(order_id), ExportForm.CSV, "交农商行代发", by=person("cashier"))
    text = data.decode("utf-8-sig")
    assert "6217003700000000001" in text
    event = db.session.scalars(select(TrailEvent).order_by(TrailEvent.seq.desc())).first()
    assert event is not None
    assert (event.action, "6217003700000000001" in event.payload) == ("PAYOUT_EXPORTED", False)
    lines = text.splitlines()
    answered = [lines[0], *(line.removesuffix(",,,") + ",成功,流水1," for line in lines[1:])]
    answered[1] = lines[1].removesuffix(",,,") + ",失败,,账号不符"
    results = read_results("\n".join(answered).encode(), "结果.csv")
    assert [(one.serial, one.kind) for one in results] == [(1, FAILED), *((n, PAID) for n in range(2, 8))]
    told(order_id, *results)
    assert order_of(order_id).state is OrderStatus.PAYING


def test_a_file_without_its_headings_or_with_strange_words_is_refused(app: Flask) -> None:
    with pytest.raises(HeadsMissing):
        read_results("姓名,金额\n谭正国,1".encode(), "x.csv")
    with pytest.raises(ResultUnread):
        read_results("序号,结果\n1,大概成了".encode(), "x.csv")


def test_the_banks_answer_is_read_with_english_headings_and_words(app: Flask) -> None:
    text = "No.,Amount（元）,Result,Serial number,Reason for failure\n1,5.00,Succeeded,L1,\n2,6.00,FAILED,,closed\n"
    results = read_results(text.encode(), "result.csv")
    assert [(one.serial, one.kind, one.amount_fen) for one in results] == [(1, PAID, 500), (2, FAILED, 600)]
    assert results[1].reason == "closed"
