"""Papers made from the trail: edits, a term of office, looks at personal data, books and assets as they stood."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.queries import last_seq
from registry.audit.services import record
from registry.database import db, transaction
from registry.errors import Missing
from registry.regions import log_of
from registry.reports import ledger_set
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.figures import read_figures
from registry.reports.ledger_set import LedgerSet
from registry.reports.paper import sheet as sheets
from registry.reports.paper.table import Line, Part, cut_pages
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.prints.models import Print
from registry.reports.prints.queries import find_print
from registry.reports.prints.services import file_bytes
from registry.reports.progress import heard_by
from registry.reports.trail import edit_log, leaving, reveal_log, then_book
from registry.reports.trail.groups import EDITS, Group, actions_of, group_of
from registry.reports.trail.period import BeginsLate
from tests.factories import COUNTY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, confirmed, person
from tests.ledger.books.keeping import book_of, posted
from tests.ledger.rolls.people import on_roll
from tests.reports.histories import Calendar, calendar, correct, pass_days
from tests.reports.printing import asked, printed, signed_in, township
from tests.reports.test_desk import send


@pytest.fixture(autouse=True)
def days(app: Flask) -> Iterator[type[Calendar]]:
    with calendar() as one:
        one.day = TODAY
        yield one


def person_id(username: str) -> int:
    found = person(username).id
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("action", "group"),
    [
        (Action.ASSET_SUBMITTED, Group.ENTERED),
        (Action.ASSET_CONFIRMED, Group.CONFIRMED),
        (Action.ASSET_CORRECTED, Group.CHANGED),
        (Action.ASSET_SENT_BACK, Group.UNDONE),
        (Action.STEP_AGREED, Group.DECIDED),
        (Action.HANDED_OVER, Group.HANDED_OVER),
        (Action.PRINTED, Group.PRINTED),
        (Action.PAYOUT_EXPORTED, Group.PRINTED),
        (Action.EXPORTED, Group.PRINTED),
        (Action.REVEALED, Group.LOOKED),
        (Action.KEY_USED, Group.MACHINE),
        (Action.USER_DISABLED, Group.PEOPLE),
        (Action.REGION_MERGED, Group.PEOPLE),
        (Action.DISPOSAL_CARRIED_OUT, Group.CARRIED_OUT),
        (Action.STOCKTAKE_CONFIRMED, Group.CONFIRMED),
    ],
)
def test_a_deed_belongs_to_one_kind_of_work(action: Action, group: Group) -> None:
    assert group_of(action) is group


def test_every_deed_belongs_to_exactly_one_kind() -> None:
    kinds = [actions_of((group,)) for group in Group]
    assert sorted(action for kind in kinds for action in kind) == sorted(Action)


def test_an_edit_log_counts_and_lists_who_did_what_and_what_was_changed() -> None:
    confirmed()
    correct("name")
    log = edit_log.collect(TOWNSHIP, NOTHING, actor=person("auditor"), on=TODAY)
    told = {(one.who, one.kind): one.count for one in log.counts}
    assert sum(told.values()) == len(log.lines)
    assert told["Village Clerk", "ENTERED"] >= 1
    assert told["Township Clerk", "CONFIRMED"] >= 1
    changed = [one.changes for one in log.lines if "中益冷藏库" in one.changes]
    assert any("中益冷链仓库→中益冷藏库" in one for one in changed), [one.changes for one in log.lines]


def test_no_column_of_an_edit_logs_counts_stands_empty() -> None:
    confirmed()
    correct("name")
    rows = list(edit_log.rows(edit_log.collect(TOWNSHIP, NOTHING, actor=person("auditor"), on=TODAY)))
    first, second = (row for row in rows if isinstance(row, Part))
    lines = [row for row in rows[: rows.index(second)] if isinstance(row, Line)]
    assert lines
    assert all(len(line.cells) == len(first.columns) and all(line.cells) for line in lines)
    # Both parts are as wide as the paper.
    deeds = edit_log._TABLE.columns
    assert sum(one.width for one in first.columns) == pytest.approx(sum(one.width for one in deeds))
    pages = list(cut_pages(edit_log._TABLE, rows, 400, lambda _line, columns: 20.0 if columns is deeds else 30.0))
    by_part = {page.part: page.columns for page in pages}
    assert by_part == {first.heading: first.columns, second.heading: deeds}
    counted = [one for page in pages if page.part == first.heading for one in page.rows]
    assert {tall for row, tall in counted if row in lines} == {30.0}


def test_an_edit_log_says_codes_and_units_in_words_and_no_code_stands_in_it() -> None:
    asset = confirmed()
    with transaction(asset.region_code):
        row = db.session.get_one(Asset, asset.id)
        row.use_status, row.location_code = "LEASED", SIBLING_VILLAGE
        record(Action.ASSET_CORRECTED, row, by=person("township_clerk"))
    log = edit_log.collect(TOWNSHIP, NOTHING, actor=person("auditor"), on=TODAY)
    said = "；".join(one.changes for one in log.lines)
    assert "使用状况：自用→出租" in said
    assert re.search(r"→[A-Z]{2}[A-Z_]+|→\d{12}", said) is None, said


def test_an_edit_log_of_one_person_one_kind_or_another_period_lists_only_those() -> None:
    confirmed()
    by = person("auditor")
    one = edit_log.collect(TOWNSHIP, Parameters(person_id=person_id("township_clerk")), actor=by, on=TODAY)
    assert {line.who for line in one.lines} == {"Township Clerk"}
    kind = edit_log.collect(TOWNSHIP, Parameters(kind="CONFIRMED"), actor=by, on=TODAY)
    assert {line.kind for line in kind.lines} == {"CONFIRMED"}
    eve = TODAY - timedelta(days=1)
    assert edit_log.collect(TOWNSHIP, NOTHING, actor=by, on=eve).lines == ()
    assert Group.LOOKED not in EDITS
    with pytest.raises(BeginsLate):
        edit_log.collect(TOWNSHIP, Parameters(since=TODAY.isoformat()), actor=by, on=eve)


def test_a_paper_of_a_foreign_unit_or_person_does_not_exist() -> None:
    by = person("auditor")
    with pytest.raises(Missing):
        edit_log.collect(OTHER_COUNTY, NOTHING, actor=by, on=TODAY)
    with pytest.raises(Missing):
        leaving.collect(COUNTY, Parameters(person_id=person_id("other_clerk")), actor=by, on=TODAY)


def test_an_extract_for_leaving_office_sorts_a_persons_deeds_and_names_the_offices() -> None:
    confirmed()
    printed(username="township_clerk")
    told = Parameters(person_id=person_id("township_clerk"), since="2026-01-01")
    found = leaving.collect(TOWNSHIP, told, actor=person("auditor"), on=TODAY)
    assert (found.name, [one.role for one in found.offices]) == ("Township Clerk", ["乡镇经办员"])
    assert {"CONFIRMED", "PRINTED"} <= {one.kind for one in found.lines}
    row = printed(asked(ReportName.LEAVING, TOWNSHIP, parameters=told), "auditor")
    assert file_bytes(row, "pdf").startswith(b"%PDF")
    assert "Township Clerk" not in row.glance


def test_looks_at_personal_data_are_listed_by_person_and_reason_and_name_nobody_looked_at(client: FlaskClient) -> None:
    household_id = on_roll()
    with signed_in(client, "township_supervisor"):
        answer = send(client, f"/households/{household_id}/reveal", "r", reason="核对身份证")
        assert answer.status_code in {200, 303}, answer.text
    log = reveal_log.collect(TOWNSHIP, NOTHING, actor=person("auditor"), on=TODAY)
    told = [(one.who, one.reason, one.is_refused) for one in log.lines]
    assert told == [("Township Supervisor", "核对身份证", False)]
    assert "谭正国" not in repr(log)
    assert reveal_log.collect(TOWNSHIP, Parameters(reason="审计"), actor=person("auditor"), on=TODAY).lines == ()
    with signed_in(client, "auditor"):
        fields = {"region_code": TOWNSHIP, "since": "2026-01-01", "on": TODAY.isoformat()}
        assert "核对身份证" in send(client, "/audit-desk/reveals", "a", **fields).text
        assert "没有人看过" in send(client, "/audit-desk/reveals", "b", **fields, reason="别的").text
        done = send(client, "/audit-desk/reveals", "c", **fields, print="1")
        assert done.headers["Location"].startswith("/prints/P")


def test_books_as_they_were_known_then_leave_out_what_was_posted_later(days: type[Calendar]) -> None:
    book_id = book_of().id
    posted(book_id)
    by, eve = person("auditor"), days.day
    before = then_book.collect(VILLAGE, NOTHING, actor=by, on=eve)
    pass_days(5)
    posted(book_id)
    assert then_book.collect(VILLAGE, NOTHING, actor=by, on=eve).books[0].lines == before.books[0].lines
    after = then_book.collect(VILLAGE, NOTHING, actor=by, on=days.day).books[0]
    assert after.vouchers == before.books[0].vouchers + 1
    assert sum(one.balance_fen for one in after.lines) == 0


def test_an_asset_is_shown_as_it_was_known_on_a_past_day(client: FlaskClient, days: type[Calendar]) -> None:
    number, day = confirmed().asset_no, days.day
    pass_days(3)
    correct("name")
    with signed_in(client, "auditor"):
        then = client.get(f"/audit-desk/then?asset_no={number}&on={day}").text
        now = client.get(f"/audit-desk/then?asset_no={number}&on={days.day}").text
        assert ("中益冷链仓库" in then, "中益冷藏库" in then) == (True, False)
        assert "中益冷藏库" in now
        told = re.findall(r"<dt>(.+?)</dt>", now)  # as a card is read, not by the alphabet of the columns
        assert told.index("资产编号") < told.index("资产名称") < told.index("购建日期")
        assert client.get(f"/audit-desk/then?asset_no={number}&on=2020-01-01").status_code == 422
        assert client.get("/audit-desk/then?asset_no=XX&on=2026-01-01").status_code == 422
        done = send(client, f"/assets/{number}/print", "p", on=day.isoformat())
        row = find_print(done.headers["Location"].rpartition("/")[2])
        assert row is not None
        assert f'"on":"{day}"' in row.parameters


def test_an_asset_as_it_stood_at_an_event_of_the_log_whatever_came_on_the_same_day(client: FlaskClient) -> None:
    asset = confirmed()
    number, entered = asset.asset_no, last_seq(log_of(COUNTY))
    correct("name")
    with signed_in(client, "auditor"):
        address = f"/audit-desk/then?asset_no={number}&on={TODAY}&seq="
        before = client.get(f"{address}{entered}").text
        assert (f"{number} 到日志第 {entered} 条时" in before, "中益冷藏库" in before) == (True, False)
        after = client.get(f"{address}{last_seq(log_of(COUNTY))}").text
        assert "中益冷藏库" in after
        assert "中益冷藏库" in client.get(address).text
        none = client.get(f"{address}999999")
        assert (none.status_code, "这本日志没有第 999999 条" in none.text) == (422, True)


def test_all_ledgers_of_a_unit_and_a_year_are_one_file_with_contents_and_one_row_of_page_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    township()
    told: list[tuple[int, int]] = []
    numbers: list[str] = []
    whole = sheets.Sheet._page_number

    def noting(self: sheets.Sheet) -> None:
        numbers.append(f"{self.document.page_count + 1}/{self.volume.pages}")
        whole(self)

    monkeypatch.setattr(sheets.Sheet, "_page_number", noting)
    with heard_by(lambda done, of: told.append((done, of))):
        row = printed(asked(ReportName.LEDGER_SET))
    data = file_bytes(row, "pdf")
    pages = len(re.findall(rb"/Type /Page\b", data))
    assert numbers[-pages:] == [f"{n}/{pages}" for n in range(1, pages + 1)]
    assert told[-1][0] == told[-1][1]
    assert [done for done, _of in told] == sorted(done for done, _of in told)
    assert file_bytes(row, "pdf") == data


def test_the_contents_of_a_set_name_each_ledger_with_its_first_page_and_digest() -> None:
    township()
    by = person("township_clerk")
    kept = REPORTS[ReportName.LEDGER_SET].gather(TOWNSHIP, NOTHING, actor=by, on=TODAY)
    figures = read_figures(LedgerSet, kept.text)
    places = [ledger_set.Place(2 + 3 * n, 3) for n in range(len(figures.members))]
    lines = [row for row in ledger_set.contents(figures, places) if hasattr(row, "cells")]
    assert [row.cells[2] for row in lines if row.cells[2]][:2] == ["2", "5"]
    assert {"扶贫项目资产分类台账", "序时账", "科目余额表"} <= {row.cells[1] for row in lines}


def test_a_set_can_be_asked_for_again_with_the_same_figures() -> None:
    township()
    one, other = printed(asked(ReportName.LEDGER_SET)), printed(asked(ReportName.LEDGER_SET))
    assert one.figures_digest == other.figures_digest
    assert one.serial != other.serial


@pytest.mark.parametrize("name", ["edit-log", "reveals", "books-then"])
def test_every_paper_of_the_desk_is_drawn_again_to_the_same_bytes(name: str) -> None:
    confirmed()
    row = printed(asked(ReportName(name)), "auditor")
    report, seen = REPORTS[ReportName(name)], {}
    for file_format in report.formats:
        seen[file_format] = file_bytes(row, file_format)
    assert all(seen.values())
    assert db.session.scalar(select(Print.id).where(Print.serial == row.serial)) == row.id
    assert date.fromisoformat("2026-01-01") < TODAY
    assert db.session.scalar(select(Asset.id)) is not None
