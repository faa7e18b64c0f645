"""The summary at the top of a form names the field of every message and links to it."""

from typing import Any

import pytest
from flask import Flask
from wtforms import DateField, FieldList, Form, FormField, HiddenField, StringField

from registry.errors import Invalid
from registry.fields import Needed
from registry.web import BaseForm

NEEDED = [Needed("这一项必填。")]


class Row(Form):  # type: ignore[misc]
    """A row of a table."""

    amount = StringField("金额", NEEDED)


class Stage(Form):  # type: ignore[misc]
    """A group of fields under one heading."""

    held_on = StringField("日期", NEEDED)


class Told(BaseForm):
    """One field of every kind."""

    version = HiddenField(validators=NEEDED)
    paid_on = DateField("到账日期", NEEDED)
    payer = StringField("付款人名称", [Needed("请填写付款人名称。")])
    rows = FieldList(FormField(Row), min_entries=2)
    named = FieldList(FormField(Row), label="资金", min_entries=1)
    words = FieldList(StringField("列名", NEEDED), min_entries=1)
    stage = FormField(Stage, "党员大会审议")


def filled(app: Flask, **typed: str) -> Told:
    """The form as it was sent."""
    with app.test_request_context(method="POST", data=typed):
        form = Told(meta={"csrf": False})
        form.validate()
        return form


GOOD = {"version": "1", "paid_on": "2026-11-01", "payer": "山蜜公司", "rows-0-amount": "1", "rows-1-amount": "1",
        "named-0-amount": "1", "words-0": "x", "stage-held_on": "x"}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "anchor", "said"),
    [
        ("paid_on", "paid_on", "到账日期：这一项必填。"),
        ("payer", "payer", "请填写付款人名称。"),
        ("version", "version", "这一项必填。"),
        ("rows-1-amount", "rows-1-amount", "第 2 行 金额：这一项必填。"),
        ("named-0-amount", "named-0-amount", "资金 第 1 行 金额：这一项必填。"),
        ("words-0", "words-0", "第 1 行 列名：这一项必填。"),
        ("stage-held_on", "stage-held_on", "党员大会审议 日期：这一项必填。"),
    ],
)
def test_a_message_names_its_field(app: Flask, name: str, anchor: str, said: str) -> None:
    assert filled(app, **GOOD).problems == []
    form = filled(app, **{**GOOD, name: ""})
    with app.test_request_context():
        assert form.problems == [(anchor, said)]


def test_what_cannot_be_read_is_not_called_missing(app: Flask) -> None:
    form = filled(app, **{**GOOD, "paid_on": "昨天"})
    with app.test_request_context():
        assert form.problems == [("paid_on", "到账日期：不是有效的日期值。")]


def test_what_a_rule_refuses_is_named_at_the_top_and_not_beside_its_field(app: Flask) -> None:
    form = filled(app, **GOOD)
    with app.test_request_context():
        refusals: list[dict[str, Any]] = [{}, {"field": "paid_on"}, {"field": "rows"}, {"field": "named"}]
        for one in refusals:
            form.refuse(Invalid("不行。", **one))
        assert form.problems == [
            ("", "不行。"), ("paid_on", "到账日期：不行。"), ("rows", "不行。"), ("named", "资金：不行。"),
        ]  # fmt: skip
    assert form.paid_on.errors == ["不行。"]
