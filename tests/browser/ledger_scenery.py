"""A village's ledger in every state that has a page of its own: contracts, money, households, plans, books."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from registry.approvals.requests.models import ApprovalRequest
from registry.assets.register.categories import IndustryClass, OperatingMode
from registry.database import db, transaction
from registry.ledger.books.drafts.services import make_reversal
from registry.ledger.books.drafts.services import send_back as send_draft_back
from registry.ledger.books.models import Book, Voucher, VoucherDraft
from registry.ledger.books.periods.services import ask_reopening, begin_close
from registry.ledger.books.rules import month_of
from registry.ledger.distribution.payout.queries import lines_by_serial
from registry.ledger.distribution.payout.rules import Method, ResultFacts, ResultKind
from registry.ledger.distribution.payout.services import prepare_order
from registry.ledger.distribution.rolls.asking import ChangeFacts, ask_change
from registry.ledger.distribution.rolls.changes import LineFacts, ReasonCode
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.ledger.operation.arrears.rules import Demand, DemandWay, GivingUp
from registry.ledger.operation.arrears.services import note_demand, propose_write_off
from registry.ledger.operation.contracts.deciding import submit_contract
from registry.ledger.operation.contracts.kinds import AwardWay, ShareBasis
from registry.ledger.operation.contracts.terms import Legacy, Rent
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.plan import Period
from registry.ledger.operation.dues.queries import list_dues_of
from registry.ledger.operation.kinds import RentKind
from registry.ledger.operation.receipts.models import Receipt
from registry.ledger.operation.receipts.services import send_back_receipt
from registry.ledger.operation.reviews.rules import ReviewFacts
from registry.ledger.operation.reviews.services import review_asset
from registry.parties.households.models import Household
from registry.parties.households.services import send_back_household
from registry.policy.queries import policy_for
from tests.assets.title.making import asset_of, storehouse
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.ledger.books.keeping import closed, facts, reopened
from tests.ledger.books.keeping import drafted as voucher_drafted
from tests.ledger.contracts import making
from tests.ledger.equity.test_equity import given, held
from tests.ledger.payout.paying import paid, released, told
from tests.ledger.plans.planning import RENT, USES, agreed, plan_of, worked
from tests.ledger.plans.planning import drafted as plan_drafted
from tests.ledger.receipts.receiving import entered_receipt, let, posted, rent
from tests.ledger.rolls.people import enrolled, on_roll

CLERK, HEAD = "village_clerk", "village_head"
LONG_NAME = "石柱土家族自治县中益乡华溪村冷链物流仓库及附属制冷、配电设施（一期、二期合并）"
LONG_OPERATOR = "石柱土家族自治县山蜜冷链物流与农产品深加工发展有限责任公司"
JANUARY = month_of(date(2026, 1, 1))


def ledger() -> dict[str, str]:
    """Build all of it; each thing's number or id by the name that pages call it."""
    names = of_plans() | of_contracts() | of_equity() | of_people()
    names |= of_money(names) | of_books()
    draft = plan_drafted(title="2026年度补充分配方案")
    return names | {"draft_plan": str(draft), "draft_use": str(plan_of(draft).uses[0].id)}


def of_plans() -> dict[str, str]:
    """A plan that is being paid: an order done, one with a line that failed, one to release; work, verified and not."""
    lent = confirmed()
    contract_id, _ = let(lent)
    posted(lent, rent(RENT, contract_id))
    households = [on_roll(serial) for serial in (1, 2, 3)]
    uses = (replace(one, label=f"{one.label}（按章程第二十八条和成员代表大会决议）") for one in USES)
    plan_id = agreed(plan_drafted(*uses))
    first, second, third = (_ordered(plan_id, place) for place in range(3))
    paid(released(first))
    released(second)
    told(second, ResultFacts(min(lines_by_serial(second)), ResultKind.FAILED, reason="账号与户名不符"))
    done, failed = (min(lines_by_serial(one).values(), key=lambda line: line.serial) for one in (first, second))
    return {
        "plan": str(plan_id), "done": str(first), "paying": str(second), "prepared": str(third),
        "paid_line": str(done.id), "failed_line": str(failed.id), "agreed_line": str(done.plan_line_id),
        "household": str(households[0]), "head_of_household": _head_of(households[0]),
        "other_household": str(households[1]), "work": str(worked(households[0])),
        "to_verify": str(worked(households[1], verified=False)), "plan_request": _request("plan"),
    }  # fmt: skip


def _ordered(plan_id: int, place: int) -> int:
    """An order of one use of a plan."""
    with transaction(VILLAGE):
        plan, policy = plan_of(plan_id), policy_for(VILLAGE, TODAY)
        uses = [plan.uses[place].id]
        return prepare_order(plan, 1, uses, Method.BANK, by=person(CLERK), on=TODAY, policy=policy).id


def _head_of(household_id: int) -> str:
    return str(db.session.get_one(Household, household_id).stays[0].person_id)


def _request(table: str) -> str:
    """The newest request about something of a table."""
    rows = select(ApprovalRequest.id).where(ApprovalRequest.case_table == table).order_by(ApprovalRequest.id.desc())
    return str(db.session.scalars(rows).first())


def of_contracts() -> dict[str, str]:
    """Contracts from draft to running: for a fixed rent, for a share of the result, own running, one of the past."""
    store = storehouse(LONG_NAME)
    company = replace(making.COMPANY, name=LONG_OPERATOR)
    runs = making.running(store, said=making.terms(starts_on=date(2026, 3, 1), ends_on=date(2027, 1, 31),
                                                   operator=company)).id  # fmt: skip
    free, deciding = making.drafted(storehouse("三号库")), making.drafted(storehouse("四号库"))
    making.submitted(deciding)
    waiting = making.drafted(storehouse("五号库"))
    making.submitted(waiting)
    making.agreed(waiting)
    by_share = making.rent(kind=RentKind.SHARE, yearly_fen=0, share_bp=1_250, share_basis=ShareBasis.NET, deposit_fen=0)
    share = making.running(
        storehouse("六号库"), said=making.terms(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), rent=by_share)
    ).id
    own = making.terms(mode=OperatingMode.SELF_RUN, responsible="王兴安", award=AwardWay.NONE,
                       rent=Rent(RentKind.SHARE), operator=None, officers=())  # fmt: skip
    past = making.drafted(storehouse("八号库"), said=making.terms(
        starts_on=date(2024, 1, 1), legacy=Legacy(date(2023, 12, 20), date(2027, 1, 1), 450_000),
        ends_on=date(2027, 12, 31), award_note="",
    ))  # fmt: skip
    with transaction(VILLAGE):
        submit_contract(making.contract_of(past), by=person(CLERK), on=TODAY, policy=making.policy())
    with transaction(VILLAGE):
        review = ReviewFacts(2026, IndustryClass.UPGRADE, "设备老化，制冷效率低", "更换制冷机组，引入合作方")
        review_asset(asset_of(store), review, by=person(CLERK), on=TODAY, policy=making.policy())
    return {
        "store": store, "runs": str(runs), "draft": str(free), "deciding": str(deciding), "agreed": str(waiting),
        "share": str(share), "own": str(making.running(storehouse("七号库"), said=own).id), "past": str(past),
        "free": storehouse("九号库"), "due": str(list_dues_of(contract_id=runs)[0].id),
        "unstated": str(list_dues_of(contract_id=share)[0].id), "contract_request": str(making.request_of(deciding).id),
    }  # fmt: skip


def of_equity() -> dict[str, str]:
    """Equity of which a household holds a right."""
    equity_id = held()
    right = given(equity_id, "谭正国", 5)
    return {"equity": str(equity_id), "right": str(right), "dividend": str(list_dues_of(equity_id=equity_id)[0].id)}


def of_people() -> dict[str, str]:
    """A household that waits for its second person, one sent back, and a change that waits for its meeting."""
    waiting, moved, refused = enrolled(4), on_roll(5), enrolled(6)
    with transaction(VILLAGE):
        send_back_household(db.session.get_one(Household, refused), "户口本上是五人", by=person(HEAD))
    with transaction(VILLAGE):
        line = LineFacts(moved, ReasonCode.RISK_REMOVED, date(2026, 3, 17), new_class=BeneficiaryClass.LIFTED)
        asked = ChangeFacts(VILLAGE, "2026年第二次动态调整，3月17日民主评议会议记录", (line,))
        change = ask_change(asked, by=person(CLERK), on=TODAY, policy=policy_for(VILLAGE, TODAY)).id
    return {
        "unconfirmed": str(waiting),
        "refused": str(refused),
        "change": str(change),
        "change_request": _request("roll_change"),
    }


def of_money(names: dict[str, str]) -> dict[str, str]:
    """Rent in part, a debt demanded and to be given up, receipts posted, waiting and sent back, money in advance."""
    store, runs = asset_of(names["store"]), int(names["runs"])
    part = posted(store, rent(100_000, runs, received_on=date(2026, 4, 2)))
    waits = entered_receipt(store, rent(50_000, runs, received_on=date(2026, 5, 6), bank_reference="20260506-0017"))
    back = entered_receipt(store, rent(40_000, received_on=date(2026, 6, 7), note="凭证在村会计处"))
    with transaction(VILLAGE):
        send_back_receipt(db.session.get_one(Receipt, back.id), "请补一张收据，写明是哪一季度的租金", by=person(HEAD))
    due_id = list_dues_of(contract_id=runs)[0].id
    with transaction(VILLAGE):
        sent = Demand(DemandWay.LETTER, date(2026, 9, 1), date(2026, 9, 20), "邮寄，已签收")
        note_demand(db.session.get_one(Due, due_id), sent, [], by=person(CLERK), on=TODAY)
    with transaction(VILLAGE):
        facts_of_case = GivingUp(50_000, "公司已注销，法院终结执行")
        propose_write_off(
            db.session.get_one(Due, due_id), facts_of_case, [], by=person(CLERK), on=TODAY,
            policy=policy_for(VILLAGE, TODAY),
        )  # fmt: skip
    return {
        "arrears": str(due_id), "part": str(part.id), "waits": str(waits.id), "back": str(back.id),
        "write_off_request": _request("write_off"), "advance": str(_in_advance()),
    }  # fmt: skip


def _in_advance() -> int:
    """Money that was paid before its period began and is income since."""
    begins = TODAY + timedelta(days=2)
    mill = confirmed(name="莼菜加工车间")
    contract_id, _ = let(mill, quarters=(Period(begins, begins + timedelta(days=89), begins),), operator="石柱莼菜公司")
    return posted(mill, rent(contract_id=contract_id, earned_from=begins)).id


def of_books() -> dict[str, str]:
    """A voucher undone, drafts in every state, January opened again and closed anew, February asked to be closed."""
    book_id = db.session.scalars(select(Book.id).order_by(Book.id)).first() or 0
    voucher = db.session.scalars(select(Voucher).where(Voucher.book_id == book_id).order_by(Voucher.id)).first()
    assert voucher is not None
    voucher_id = voucher.id
    closed(book_id, JANUARY)
    agreed_wish = reopened(book_id, JANUARY).id
    closed(book_id, JANUARY)
    draft, mend = voucher_drafted(book_id).id, voucher_drafted(book_id, facts(summary="差旅费、会议费和误工补贴")).id
    with transaction(VILLAGE):
        send_draft_back(db.session.get_one(VoucherDraft, mend), "没有发票", by=person(HEAD))
    with transaction(VILLAGE):
        wish = ask_reopening(db.session.get_one(Book, book_id), JANUARY, "漏记一月份电费", by=person(CLERK)).id
        begin_close(db.session.get_one(Book, book_id), JANUARY + 1, by=person(CLERK), on=TODAY)
    with transaction(VILLAGE):
        red = make_reversal(db.session.get_one(Voucher, voucher_id), "记错村", by=person(CLERK), on=TODAY).id
    return {
        "book": str(book_id), "voucher": str(voucher_id), "voucher_draft": str(draft), "mend": str(mend),
        "red": str(red), "wish": str(wish), "agreed_wish": str(agreed_wish), "reopened": str(JANUARY),
    }  # fmt: skip
