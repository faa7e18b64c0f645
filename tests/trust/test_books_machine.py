"""Check 4: drafts, posting, undoing, closing and reopening over HTTP, in any order, against a model of plain values."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from registry.clock import today
from registry.database import db
from registry.ledger.books.models import Posting, Reopening, Voucher, VoucherDraft
from registry.ledger.books.rules import month_of
from registry.ledger.books.soundness import unsound
from registry.onetime import new_key
from tests.factories import PASSWORD
from tests.ledger.books.keeping import book_of

JANUARY = month_of(date(2026, 1, 1))
#: Deed → the accounts it debits and credits, written anew and not read from the product's table.
DEEDS = {
    "ADMIN_COST": ("513", "102"),
    "SUBSIDY_RECEIVED": ("102", "503"),
    "GRANT_RECEIVED": ("102", "241"),
    "FUND_SPENT": ("311", "102"),
}


@dataclass
class Draft:
    """A draft as the model knows it."""

    id: int
    deed: str
    fen: int
    month: int
    undoes: int | None = None


class Bookkeeping(RuleBasedStateMachine):
    """One book, three persons, and what a model says of every answer."""

    app: Flask
    clients: dict[str, FlaskClient]
    made = 0

    @initialize()
    def begin(self) -> None:
        type(self).made += 1
        self.book = book_of(f"第{self.made}村股份经济合作社").id
        self.closed, self.asked = JANUARY - 1, False
        self.drafts: list[Draft] = []
        self.vouchers: dict[int, Draft] = {}
        self.undone: set[int] = set()
        self.balances: dict[str, int] = defaultdict(int)

    def send(self, who: str, url: str, **data: object) -> int:
        answer = self.clients[who].post(url, data={"one_time_key": new_key(), "proof_of_self": PASSWORD, **data})
        self.answer = answer
        return answer.status_code

    @rule(deed=st.sampled_from(sorted(DEEDS)), fen=st.integers(1, 10**9), month=st.integers(1, 11))
    def make(self, deed: str, fen: int, month: int) -> None:
        day = date(2026, month, 20)
        form = {"deed": deed, "booked_on": day.isoformat(), "amount": f"{fen // 100}.{fen % 100:02d}", "summary": "x"}
        status = self.send("clerk", f"/books/{self.book}/drafts/new", **form)
        if month_of(day) <= self.closed:
            assert status == 409
            return
        assert status == 303, self.answer.text
        draft_id = int(self.answer.location.rsplit("/", 1)[1])
        self.drafts.append(Draft(draft_id, deed, fen, month_of(day)))

    @precondition(lambda self: self.drafts)
    @rule(data=st.data())
    def check(self, data: st.DataObject) -> None:
        draft = data.draw(st.sampled_from(self.drafts))
        status = self.send("head", f"/books/drafts/{draft.id}/check", answer="post")
        if draft.month <= self.closed:
            assert status == 409
            return
        assert status == 303, self.answer.text
        self.drafts.remove(draft)
        number = len(self.vouchers) + 1
        assert self.voucher(number).number == number
        self.vouchers[number] = draft
        sign = 1 if draft.undoes is None else -1
        debited, credited = DEEDS[draft.deed]
        self.balances[debited] += sign * draft.fen
        self.balances[credited] -= sign * draft.fen
        if draft.undoes is not None:
            self.undone.add(draft.undoes)

    @precondition(lambda self: self.drafts)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        draft = data.draw(st.sampled_from(self.drafts))
        assert self.send("head", f"/books/drafts/{draft.id}/withdraw") == 403
        assert self.send("clerk", f"/books/drafts/{draft.id}/withdraw") == 303
        self.drafts.remove(draft)

    @precondition(lambda self: self.vouchers)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.vouchers)))
        wanted = self.vouchers[number]
        status = self.send("clerk", f"/vouchers/{self.voucher(number).id}/reverse", reason="记错")
        waits = any(draft.undoes == number for draft in self.drafts)
        if wanted.undoes is not None or number in self.undone or waits:
            assert status == 409
            return
        assert status == 303, self.answer.text
        draft_id = int(self.answer.location.rsplit("/", 1)[1])
        self.drafts.append(Draft(draft_id, wanted.deed, wanted.fen, month_of(today()), number))

    @rule()
    def close(self) -> None:
        month = self.closed + 1
        waits = any(draft.month == month for draft in self.drafts)
        is_over = month < month_of(today())
        status = self.send("clerk", f"/books/{self.book}/periods/{month}/begin")
        if waits or not is_over:
            assert status in {409, 422}
            return
        assert status == 303, self.answer.text
        assert self.send("head", f"/books/{self.book}/periods/{month}/close") == 303
        self.closed = month

    @precondition(lambda self: self.closed >= JANUARY)
    @rule(agreed=st.booleans())
    def reopen(self, agreed: bool) -> None:
        assert self.send("clerk", f"/books/{self.book}/periods/{self.closed}/reopen", reason="漏记") == 303
        wish = self.read(select(func.max(Reopening.id)))
        answer = {"answer": "agree" if agreed else "refuse", "opinion": "看过"}
        assert self.send("head", f"/books/reopenings/{wish}/answer", **answer) == 403
        assert self.send("above", f"/books/reopenings/{wish}/answer", **answer) == 303
        self.closed -= agreed

    def read(self, rows: object) -> object:
        db.session.rollback()
        return db.session.scalar(rows)  # type: ignore[call-overload]

    def voucher(self, number: int) -> Voucher:
        found = self.read(select(Voucher).where(Voucher.book_id == self.book, Voucher.number == number))
        assert isinstance(found, Voucher)
        return found

    @invariant()
    def the_books_are_those_of_the_model(self) -> None:
        if not hasattr(self, "book"):
            return
        db.session.rollback()
        assert unsound() == []
        moved = func.sum(Posting.debit_fen - Posting.credit_fen)
        rows = select(Posting.account, moved).where(Posting.book_id == self.book).group_by(Posting.account)
        held = {account: int(fen) for account, fen in db.session.execute(rows) if fen}
        assert held == {account: fen for account, fen in self.balances.items() if fen}
        waiting = select(func.count()).where(
            VoucherDraft.book_id == self.book, VoucherDraft.state.in_(("MADE", "SENT_BACK"))
        )
        assert db.session.scalar(waiting) == len(self.drafts)
        db.session.rollback()


def test_the_books_follow_the_model_whatever_happens(any_app: Flask, full: bool) -> None:
    Bookkeeping.app, Bookkeeping.clients = any_app, {}
    for who, username in (("clerk", "village_clerk"), ("head", "village_head"), ("above", "township_supervisor")):
        client = any_app.test_client()
        client.post("/login", data={"username": username, "password": PASSWORD})
        Bookkeeping.clients[who] = client
    run_state_machine_as_test(
        Bookkeeping,
        settings=settings(
            max_examples=60 if full else 4, stateful_step_count=40 if full else 14, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
