"""Every kind of disposal carried out, on both databases: what leaves, what stays, and what the books say of it."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from registry.assets.register.cards.parts import current_owners
from registry.assets.register.registration import InterestFacts, OwnerFact
from registry.assets.register.rights.queries import list_children
from registry.database import db, transaction
from registry.disposal.kinds import MEANINGS, DisposalKind, DisposalStatus
from registry.disposal.procedure.execution import EquityTerms, Incoming
from registry.disposal.rules import Recipient
from registry.kinds import OwnerKind
from registry.ledger.books.queries import find_book
from registry.ledger.operation.dues.queries import list_dues_of
from registry.ledger.operation.equity.kinds import ReturnKind
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.equity.queries import list_held_by_card
from registry.ledger.operation.equity.services import confirm_equity, enter_equity
from tests.approvals.notices.boards import kept
from tests.disposal.execution.doing import (
    accounts_of,
    balance,
    book_opened,
    carried_out,
    lines,
    party,
    request_state,
    sums_hold,
)
from tests.disposal.scenery import BUYER, EFFECTIVE_ON, approved_case, asset_of, case_of, lines_of, machine, request_of
from tests.disposal.selling import priced
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, person
from tests.ledger.equity.test_equity import FACTS

_K = DisposalKind
SHARES = InterestFacts("潼南柠檬产业有限公司", "91110000600037341L", 1_000, 4_000_000, None, "PERFORMANCE",
                       date(2020, 1, 1), date(2029, 12, 31), "期满由公司回购")  # fmt: skip
TERMS = EquityTerms(date(2026, 11, 20), date(2036, 11, 19))
SIBLINGS = Recipient(OwnerKind.VILLAGE_COLLECTIVE, "坪坝村股份经济合作社", "", SIBLING_VILLAGE)


def shares(name: str = "柠檬公司股权") -> str:
    """A confirmed card of equity worth 40,000; its number."""
    return machine(name, subtype="EQUITY", unit="股", interest=SHARES)


def done(kind: DisposalKind, number: str, **told: object) -> int:
    """Lead a case of a kind over its whole way and carry it out; its id."""
    said: dict[str, object] = {"report_fen": 3_000_000, "agreed_fen": 3_000_000} if _is_agreed(kind) else {}
    if kind is _K.ALLOCATION:
        said["recipient"] = SIBLINGS
    case_id = approved_case(kind, number, **said)  # type: ignore[arg-type]
    if MEANINGS[kind].pricing == "OPENED":
        priced(case_id, 4_200_000)
    if kind is _K.SWAP:
        told.setdefault("incoming", Incoming("新烘干机", "MACHINERY", 1_000, "台"))
    if kind is _K.IN_KIND:
        told.setdefault("terms", TERMS)
    carried_out(case_id, **told)
    return case_id


def _is_agreed(kind: DisposalKind) -> bool:
    return MEANINGS[kind].pricing == "AGREED"


@pytest.mark.parametrize("kind", DisposalKind)
def test_every_kind_is_carried_out_whole(any_app: Flask, kind: DisposalKind) -> None:
    is_equity = kind in {_K.EQUITY_EXIT, _K.EQUITY_BUY_BACK, _K.MONEY_LOSS, _K.DEBT_LOSS}
    number = shares() if is_equity else machine()
    book = book_opened()
    case_id = done(kind, number, cost_fen=12_345)
    asset, case = asset_of(number), case_of(case_id)
    assert (case.state, case.done_on) == (DisposalStatus.DONE, TODAY)
    assert request_state(request_of(case_id)) == "EXECUTED"
    removed = case.meaning.removes
    assert (asset.stage, asset.closed_on) == (("DISPOSED", EFFECTIVE_ON) if removed else ("CONFIRMED", None))
    # Nothing of it stays in clearance, nor waits for a decision; what was held is held no longer.
    assert (balance(book, "154"), balance(book, "181")) == (0, 0)
    held = balance(book, "151", asset.id) or balance(book, "141", asset.id)
    assert held == (0 if removed else 4_000_000)
    assert sums_hold()
    assert bool(accounts_of(case_id)) is (case.meaning.has_proceeds and kind not in {_K.SCRAP, _K.SWAP})


def test_scrap_still_fetches_something_and_the_rest_is_a_loss(app: Flask) -> None:
    number = machine()
    book_opened()
    case_id = done(_K.SCRAP, number, income_fen=50_000, cost_fen=10_000)
    # Net value 1,233,334 by November: 50,000 − 10,000 − 1,233,334.
    assert lines(case_id)[-2:] == ["DISPOSAL_LOSS 借515 1193334", "DISPOSAL_LOSS 贷154 1193334"]
    assert accounts_of(case_id) == [("华溪村股份经济合作社", "EARMARKED", 50_000, 10_000, 50_000)]


def test_a_loss_is_found_compensated_and_the_rest_written_off(app: Flask) -> None:
    number = machine()
    book_opened()
    case_id = done(_K.LOSS, number, income_fen=1_000_000)
    assert lines(case_id)[2:] == [
        "LOSS_FOUND 借181 1233334", "LOSS_FOUND 借152 2766666", "LOSS_FOUND 贷151 4000000",
        "LOSS_COMPENSATED 借112 1000000", "LOSS_COMPENSATED 贷181 1000000",
        "LOSS_APPROVED 借515 233334", "LOSS_APPROVED 贷181 233334",
    ]  # fmt: skip
    assert accounts_of(case_id) == []


def test_a_swap_brings_in_a_card_that_another_person_confirms(app: Flask) -> None:
    number = machine()
    book = book_opened()
    case_id = done(_K.SWAP, number, income_fen=500_000)
    old, line = asset_of(number), lines_of(case_id)[0]
    child = list_children(old.id)[0]
    assert (child.name, child.stage, child.link.kind, child.asset_no) == (
        "新烘干机", "SUBMITTED", "SWAP", asset_of(child.asset_no).asset_no
    )  # fmt: skip
    new = asset_of(child.asset_no)
    assert (line.new_asset_id, new.original_value_fen, new.poverty_fund_fen) == (new.id, 2_500_000, 2_500_000)
    assert balance(book, "151", new.id) == 2_500_000
    # Worth 3,000,000 against a net value of 1,233,334.
    assert lines(case_id)[-2:] == ["DISPOSAL_GAIN 借154 1766666", "DISPOSAL_GAIN 贷504-DISPOSAL_GAIN 1766666"]
    assert accounts_of(case_id)[0][2:] == (500_000, 0, 500_000)


def test_what_is_put_into_a_company_becomes_shares_with_terms_and_dues(app: Flask) -> None:
    number = machine()
    book = book_opened()
    fixed = replace(TERMS, returns=ReturnKind.FIXED, yearly_fen=150_000, principal_due_on=date(2036, 12, 31))
    case_id = done(_K.IN_KIND, number, terms=fixed)
    card = asset_of(list_children(asset_of(number).id)[0].asset_no)
    assert (card.stage, card.subtype, card.original_value_fen, card.title_status) == (
        "CONFIRMED", "EQUITY", 3_000_000, "CONFIRMED"
    )  # fmt: skip
    held = list_held_by_card([card.id])
    assert [(one.capital_fen, one.share_bp, one.contribution, one.status) for one in held] == [
        (3_000_000, 2_000, "IN_KIND", "HELD")
    ]
    assert [one.amount_fen for one in list_dues_of(equity_id=held[0].id) if one.kind == "PRINCIPAL"] == [3_000_000]
    assert held[0].entered_by_id != held[0].confirmed_by_id
    assert lines(case_id)[2:] == [
        "EQUITY_CONTRIBUTED 借141 3000000", "EQUITY_CONTRIBUTED 借152 2766666", "EQUITY_CONTRIBUTED 贷151 4000000",
        "EQUITY_CONTRIBUTED 贷311-FUND 1766666",
    ]  # fmt: skip
    assert (balance(book, "141", card.id), balance(book, "141", asset_of(number).id)) == (3_000_000, 0)


def held(number: str) -> int:
    """Enter what the shares of a card pay, and confirm it; the equity's id."""
    facts = replace(FACTS, holder_id=party("华溪村股份经济合作社").id, capital_fen=4_000_000, asset_no=number)
    file = kept("pink")
    with transaction(VILLAGE):
        equity_id = enter_equity(facts, [file], by=person("village_clerk"), on=TODAY).id
    with transaction(VILLAGE):
        confirm_equity(db.session.get_one(Equity, equity_id), by=person("village_head"))
    return equity_id


def test_equity_is_left_with_its_principal_and_what_was_still_due_falls(app: Flask) -> None:
    number = shares()
    book = book_opened()
    equity_id = held(number)
    case_id = done(_K.EQUITY_EXIT, number)
    equity = db.session.get_one(Equity, equity_id)
    assert (equity.status, equity.exited_on, equity.returned_fen) == ("EXITED", EFFECTIVE_ON, 3_000_000)
    assert {one.status for one in list_dues_of(equity_id=equity_id) if one.kind == "PRINCIPAL"} == {"VOID"}
    assert lines(case_id) == [
        "PRINCIPAL_RETURNED 借102 3000000", "PRINCIPAL_RETURNED 贷141 3000000",
        "INVESTMENT_LOSS 借502 1000000", "INVESTMENT_LOSS 贷141 1000000",
    ]  # fmt: skip
    assert balance(book, "141", asset_of(number).id) == 0


def test_what_is_allocated_goes_on_in_the_register_of_whoever_gets_it(app: Flask) -> None:
    number = machine()
    book = book_opened()
    case_id = done(_K.ALLOCATION, number)
    old = asset_of(number)
    new = asset_of(list_children(old.id)[0].asset_no)
    assert (old.stage, new.stage, new.region_code, new.name) == ("DISPOSED", "CONFIRMED", SIBLING_VILLAGE, old.name)
    assert [(one.party.name, one.share_bp) for one in current_owners(new.id)] == [(SIBLINGS.name, 10_000)]
    assert (new.original_value_fen, new.poverty_fund_fen) == (old.original_value_fen, old.poverty_fund_fen)
    assert new.net_value_fen(TODAY) == old.net_value_fen(TODAY)
    assert (new.title_status, new.certificate_number, new.handed_over_on) == ("UNCONFIRMED", "", EFFECTIVE_ON)
    assert old.certificate_number
    assert lines_of(case_id)[0].new_asset_id == new.id
    assert lines(case_id, book)[2:] == [
        "ASSET_TRANSFERRED_OUT 借311-FUND 1233334", "ASSET_TRANSFERRED_OUT 借152 2766666",
        "ASSET_TRANSFERRED_OUT 贷151 4000000",
    ]  # fmt: skip
    assert find_book(party(SIBLINGS.name).id) is None
    assert sums_hold()


def test_within_a_unit_the_card_stays_and_its_owner_changes(app: Flask) -> None:
    number = machine()
    group = Recipient(OwnerKind.GROUP_COLLECTIVE, "华溪村三组", "", VILLAGE)
    case_id = approved_case(_K.ALLOCATION, number, recipient=group)
    carried_out(case_id)
    asset = asset_of(number)
    assert (asset.stage, asset.owner_text, asset.owner_kind) == ("CONFIRMED", "华溪村三组", "GROUP_COLLECTIVE")
    assert (asset.title_status, asset.certificate_number) == ("UNCONFIRMED", "")
    assert lines_of(case_id)[0].new_asset_id == asset.id
    assert case_of(case_id).state is DisposalStatus.DONE


def test_a_donation_outside_leaves_the_register(app: Flask) -> None:
    number = machine()
    book_opened()
    case_id = done(_K.DONATION, number)
    assert asset_of(number).stage == "DISPOSED"
    assert list_children(asset_of(number).id) == []
    assert BUYER.name == case_of(case_id).recipient_name


def test_stopped_use_and_another_line_take_nothing_away(app: Flask) -> None:
    stopped, other = machine(), machine("粉碎机")
    book = book_opened()
    done(_K.STOP_USE, stopped)
    done(_K.CONVERSION, other)
    assert [(asset_of(one).use_status, asset_of(one).stage) for one in (stopped, other)] == [
        ("STOPPED", "CONFIRMED"), ("IN_USE", "CONFIRMED")
    ]  # fmt: skip
    assert asset_of(stopped).operating_mode == "NONE"
    assert balance(book, "151") == 8_000_000
    # A single owner given to by itself is told, not written.
    assert OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, asset_of(stopped).owner_text).name == "华溪村股份经济合作社"
