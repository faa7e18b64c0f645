"""A loss that came suddenly: in the books at once, decided on by the same way, taken back where it is refused."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from registry.approvals.requests.states import Verdict
from registry.assets.register.rights.models import UseChange
from registry.database import db, transaction
from registry.disposal.cases.opening import Opening, change_case, decide_line
from registry.disposal.kinds import DisposalKind, DisposalStatus, Extent, Ground, LineDecision
from registry.disposal.procedure.deed_queries import is_overdue, list_undecided_losses
from registry.disposal.procedure.losses import record_loss
from registry.disposal.procedure.refusals import HappenedAtOddDay, NotSudden, PhotoMissing
from registry.disposal.procedure.submitting import withdraw_case
from registry.disposal.refusals import SuddenStays
from registry.disposal.rules import Part
from registry.errors import RegistryError
from registry.ledger.books.opening.queries import list_differences
from tests.approvals.notices.boards import kept
from tests.disposal.execution.doing import balance, book_opened, carried_out, lines, sums_hold
from tests.disposal.scenery import asset_of, case_of, lead, lines_of, machine, policy, request_of, say, submit, words
from tests.factories import TODAY, VILLAGE, person

HAPPENED = date(2026, 11, 8)


def recorded(number: str, kind: DisposalKind = DisposalKind.LOSS, **changes: object) -> int:
    """Record a fire, on the day after; the case's id."""
    about = words(kind, ground=Ground.DISASTER, title="粉碎机烧毁", reason="电线短路起火，机器全毁。")
    opening = replace(Opening(about, (number,)), **changes)  # type: ignore[arg-type]
    file = kept("black")
    with transaction(VILLAGE):
        on = date(2026, 11, 9)
        return record_loss(opening, HAPPENED, [file], by=person("village_clerk"), on=on, policy=policy()).id


def test_a_fire_is_in_the_books_at_once_and_written_off_when_every_level_agreed(any_app: Flask) -> None:
    number = machine()
    book = book_opened()
    case_id = recorded(number)
    case, asset = case_of(case_id), asset_of(number)
    assert (case.state, case.is_sudden, case.decide_by) == (DisposalStatus.DRAFT, True, date(2026, 12, 8))
    assert (asset.stage, asset.use_status) == ("CONFIRMED", "DAMAGED")
    assert db.session.query(UseChange).filter_by(asset_id=asset.id, basis=case.number).count() == 1
    assert lines(case_id)[2:] == ["LOSS_FOUND 借181 1233334", "LOSS_FOUND 借152 2766666", "LOSS_FOUND 贷151 4000000"]
    assert list_differences(book, TODAY) == []
    assert [one.id for one in list_undecided_losses(person("village_clerk"))] == [case_id]
    assert (is_overdue(case, date(2026, 12, 8)), is_overdue(case, date(2026, 12, 9))) == (False, True)
    submit(case_id, on=date(2026, 11, 9))
    lead(case_id)
    carried_out(case_id, sheet=False, income_fen=200_000)
    assert lines(case_id)[5:] == [
        "LOSS_COMPENSATED 借112 200000", "LOSS_COMPENSATED 贷181 200000",
        "LOSS_APPROVED 借515 1033334", "LOSS_APPROVED 贷181 1033334",
    ]  # fmt: skip
    assert (balance(book, "181"), asset_of(number).closed_on) == (0, HAPPENED)
    assert not is_overdue(case_of(case_id), date(2027, 1, 1))
    assert sums_hold()


def test_what_is_refused_comes_back_into_the_books(app: Flask) -> None:
    number = machine()
    book = book_opened()
    case_id = recorded(number)
    submit(case_id, on=date(2026, 11, 9))
    found = lead(case_id, until="TOWNSHIP_SUPERVISOR")
    say(found, Verdict.REJECT, "township_supervisor", TODAY, "还能修")
    assert case_of(case_id).state is DisposalStatus.REJECTED
    assert (balance(book, "181"), balance(book, "151"), balance(book, "152")) == (0, 4_000_000, -2_766_666)
    assert asset_of(number).stage == "CONFIRMED"
    assert request_of(case_id).status == "REJECTED"


def test_what_is_given_up_comes_back_as_well(app: Flask) -> None:
    number = machine()
    book = book_opened()
    case_id = recorded(number)
    with transaction(VILLAGE):
        by = person("village_clerk")
        withdraw_case(case_of(case_id), "登记错了机器", by=by, on=TODAY, policy=policy())
    assert balance(book, "181") == 0
    assert balance(book, "151") == 4_000_000


def test_of_a_part_that_is_lost_the_books_wait_until_it_is_decided(app: Flask) -> None:
    number = machine(quantity_milli=10_000)
    book_opened()
    part = {number: Part(Extent.QUANTITY, quantity_milli=4_000)}
    case_id = recorded(number, parts=part)
    assert lines(case_id) == []
    assert asset_of(number).use_status == "IN_USE"
    submit(case_id, on=date(2026, 11, 9))
    lead(case_id)
    carried_out(case_id, sheet=False)
    assert "LOSS_FOUND 贷151 1600000" in lines(case_id)


def test_scrapping_moves_nothing_before_it_is_decided(app: Flask) -> None:
    number = machine()
    book_opened()
    assert lines(recorded(number, DisposalKind.SCRAP)) == []


def test_what_is_in_the_books_already_is_not_taken_apart(app: Flask) -> None:
    case_id = recorded(machine())
    with pytest.raises(SuddenStays), transaction(VILLAGE):
        case = case_of(case_id)
        decide_line(lines_of(case_id)[0], case, LineDecision.LEFT_OUT, "不办了", Part(), by=person("village_clerk"),
                    on=TODAY)  # fmt: skip
    with pytest.raises(SuddenStays), transaction(VILLAGE):
        change_case(case_of(case_id), words(DisposalKind.SCRAP), by=person("village_clerk"))


@pytest.mark.parametrize(
    ("kind", "happened", "files", "refusal"),
    [
        (DisposalKind.SALE, HAPPENED, 1, NotSudden),
        (DisposalKind.LOSS, date(2026, 11, 24), 1, HappenedAtOddDay),
        (DisposalKind.LOSS, HAPPENED, 0, PhotoMissing),
    ],
)
def test_a_loss_is_proved_and_lies_behind(
    app: Flask, kind: DisposalKind, happened: date, files: int, refusal: type[RegistryError]
) -> None:
    number, photos = machine(), [kept("black")] * files
    with pytest.raises(refusal), transaction(VILLAGE):
        opening = Opening(words(kind), (number,))
        record_loss(opening, happened, photos, by=person("village_clerk"), on=TODAY, policy=policy())
    assert asset_of(number).use_status == "IN_USE"
