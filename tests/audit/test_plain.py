"""Events in plain words: labels for everything, values as people write them."""

import pytest
from sqlalchemy import String
from sqlalchemy.orm import Mapper

from registry.app import create_app  # noqa: F401 - loads every model
from registry.audit.actions import Action
from registry.audit.asked import Asked, NotACondition, chips, escaped, parse, query
from registry.audit.events import Deed, Place, Thing, payload
from registry.audit.labels import COLUMNS, OF_TABLE, TABLES, column_label
from registry.audit.plain import _CODES, Said, Verb, plain, say
from registry.changes import Audited, Change
from registry.database import marked_tables
from registry.permissions import Actor
from registry.reports.code_words import FREE, WORDS, code_word

#: Codes that are named by tables of their own.
OF_OWN_TABLE = frozenset({"duty", "route_key", "subtype"})
AUDITED = marked_tables(Audited)
CELLS = [(table, column.name) for table, model in sorted(AUDITED.items()) for column in model.__table__.columns]
ACTOR = Actor(7, "冉启明", "报账员", "500240213203", "华溪村")


def event(before, after, **deed):
    """The payload of one event that changed one card."""
    change = Change("asset", "12", "500240213203", 2, before, after)
    told = Deed(
        Action.ASSET_CORRECTED, Thing("asset", "12", "500240213203"), ACTOR,
        "2026-11-23T16:30:00.000000Z", "d" * 32, "r1", **deed,
    )  # fmt: skip
    return payload(told, Place(500240, 3, "0" * 64, "500240213203", 2), [change], {"address": "10.0.0.1"})


@pytest.mark.parametrize(("table", "column"), CELLS)
def test_every_audited_column_has_a_chinese_label(table, column):
    assert table in TABLES
    assert column_label(table, column) != column


def test_a_column_nobody_named_would_be_noticed():
    assert column_label("asset", "no_such_column") == "no_such_column"


def test_no_label_is_left_of_a_column_that_is_gone():
    assert set(COLUMNS) <= {column for _table, column in CELLS} | {"written", "uploaded_at", "uploaded_by_id"}
    assert set(OF_TABLE) <= set(CELLS)


@pytest.mark.parametrize(
    ("table", "column"), [cell for cell in CELLS if cell[1] in _CODES and cell[1] not in OF_OWN_TABLE]
)
def test_every_code_has_words_of_its_feature(table, column):
    assert column in WORDS or f"{table}.{column}" in {*WORDS, *FREE}


def test_what_has_words_is_said_as_a_code_and_a_reason_of_ones_own_is_not():
    worded = [(table, column) for table, column in CELLS if column in WORDS or f"{table}.{column}" in WORDS]
    assert [cell for cell in worded if say(cell[1], "X", cell[0]).kind != "code"] == []
    assert say("reason", "OTHER", "roll_change_line").kind == "code"
    assert say("reason", "OTHER", "payout_order").kind == "text"


@pytest.mark.parametrize(
    ("code", "table", "column", "word"),
    [
        ("OPERATING", "asset", "category", "经营性资产"),
        ("STORAGE", "asset", "subtype", None),
        ("TITLE.HAND_OVER", "policy_route", "route", "建成移交"),
        ("NO.SUCH.ROUTE", "policy_route", "route", "NO.SUCH.ROUTE"),
        ("notice_days_village", "policy_value", "parameter", "村级公示天数"),
        ("VILLAGE_CLERK", "user_grant", "role", "村报账员"),
        ("GONE_LONG_AGO", "asset", "category", "GONE_LONG_AGO"),
        ("旅游", "project", "kind", "旅游"),
    ],
)
def test_a_code_is_said_in_the_words_of_its_feature(code, table, column, word):
    found = code_word(code, table, column)
    assert found == word if word else found not in {"", code}


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("original_value_fen", 128_640_000, Said("text", "1,286,400.00 元")),
        ("amount_fen", -5, Said("text", "-0.05 元")),
        ("share_bp", 3350, Said("text", "33.50%")),
        ("quantity_milli", 1500, Said("text", "1.5")),
        ("quantity_milli", 20_000, Said("text", "20")),
        ("longitude_e6", 108_123_400, Said("text", "108.1234")),
        ("latitude_e6", 30_000_000, Said("text", "30")),
        ("longitude_e6", -5, Said("text", "-0.000005")),
        ("is_legacy", 1, Said("word", "是")),
        ("is_legacy", 0, Said("word", "否")),
        ("acquired_on", "2019-10-26", Said("text", "2019-10-26")),
        ("entered_at", "2026-11-23T16:30:00.000000Z", Said("text", "2026-11-24 00:30:00")),
        ("phone", {"sha256": "0" * 64}, Said("word", "已封存")),
        ("category", "OPERATING", Said("code", "OPERATING")),
        ("location_code", "500240213203", Said("unit", "500240213203")),
        ("month", 2026 * 12 + 10, Said("month", "2026-11")),
        ("closed_month", 2025 * 12 + 11, Said("month", "2025-12")),
        ("closed_month", 2026 * 12, Said("month", "2026-01")),
        ("month", 202611, Said("month", "2026-11")),
        ("month", 202612, Said("month", "2026-12")),
        ("plan_from_month", 0, Said("text", "0")),
        ("closed_month", None, Said("text", "—")),
        ("service_months", 240, Said("text", "240")),
        ("name", None, Said("text", "—")),
        ("name", "", Said("text", "—")),
        ("remarks", "长" * 201, Said("long", "长" * 201)),
    ],
)
def test_a_value_is_said_as_people_write_it(column, value, said):
    assert say(column, value) == said


def test_only_what_changed_is_told_with_old_and_new():
    before = {"id": 12, "name": "旧名", "original_value_fen": 100, "version_id": 1, "region_code": "500240213203"}
    told = plain(event(before, {**before, "name": "新名", "version_id": 2}, reason="写错了"))
    (row,) = told.rows
    assert (row.verb, row.label, row.name) == (Verb.CHANGED, "资产", "新名")
    assert [(line.label, line.before.text, line.after.text) for line in row.lines] == [("资产名称", "旧名", "新名")]
    assert (told.who, told.post, told.unit_name, told.reason) == ("冉启明", "报账员", "华溪村", "写错了")
    assert (told.at, told.subject, told.facts) == ("2026-11-24 00:30:00", "新名", (("来源地址", "10.0.0.1"),))


def test_a_new_row_tells_what_it_holds_and_not_what_is_empty():
    (row,) = plain(event(None, {"id": 12, "name": "渠", "remarks": "", "batch_id": 3, "version_id": 1})).rows
    assert (row.verb, [line.column for line in row.lines]) == (Verb.ADDED, ["name"])


def test_an_emptied_column_is_told():
    (row,) = plain(event({"remarks": "有", "batch_id": 3}, {"remarks": None, "batch_id": None})).rows
    assert [(line.column, line.after.text) for line in row.lines] == [("batch_id", "—"), ("remarks", "—")]


def test_conditions_survive_the_address():
    asked = parse({"region": "500240213203", "who": "冉", "action": "ASSET_CORRECTED", "day_from": "2026-01-01",
                   "day_to": "2026-01-31", "thing": "asset:12", "before": "77"})  # fmt: skip
    assert parse(query(asked)) == asked
    assert (asked.since, asked.until) == ("2025-12-31T16:00:00.000000Z", "2026-01-31T16:00:00.000000Z")
    assert [chip.label for chip in chips(asked)] == ["单位", "办理人", "事项", "从", "到", "对象"]
    assert all(chip.without.before is None for chip in chips(asked))
    assert query(Asked()) == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("region", "50024"),
        ("region", "５００２４０２１３２０３"),
        ("action", "DROP"),
        ("day_from", "yesterday"),
        ("thing", "asset"),
        ("thing", "pg_class:1"),
        ("thing", "asset:' OR 1=1"),
        ("before", "0"),
        ("before", "-1"),
        ("after", "9" * 20),
        ("who", "长" * 21),
    ],
)
def test_what_is_no_condition_is_refused_and_not_ignored(name, text):
    with pytest.raises(NotACondition):
        parse({name: text})


def test_a_name_is_looked_for_as_typed():
    assert escaped('50%_"\\') == '50\\%\\_\\\\"\\\\\\\\'


def test_every_sealed_column_is_text_that_a_digest_can_stand_for():
    for model in AUDITED.values():
        mapper: Mapper = model.__mapper__
        for name in model.__sealed__:
            assert isinstance(mapper.column_attrs[name].columns[0].type, String)
