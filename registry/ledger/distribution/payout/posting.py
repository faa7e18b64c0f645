"""What payout posts into the owner's book: the fund, what is owed of each use, what was paid, what came back."""

from collections.abc import Mapping
from datetime import date

from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.kinds import Category
from registry.ledger.books.entries import BookDeed, Entry, Marks, Source
from registry.ledger.books.models import Book, Voucher
from registry.ledger.books.queries import is_reversed, vouchers_of
from registry.ledger.books.rules import Maker
from registry.ledger.books.services import open_book, post, reverse
from registry.ledger.distribution.payout.models import PayoutDue, PayoutLine, PayoutOrder, PayoutRound
from registry.ledger.distribution.payout.queries import list_dues, list_results
from registry.ledger.distribution.plans.models import Plan, PlanUse
from registry.ledger.distribution.plans.uses import USES, Posts
from registry.permissions import Actor

#: As long as a voucher has room for.
_MOST_SUMMARY = 200


def post_fund(plan: Plan, *, made_by: Maker, by: Actor, on: date) -> None:
    """Post the extraction of the fund, once for a plan."""
    if plan.fund_fen:
        summary = _said(BookDeed.FUND_EXTRACTED, plan.title)
        entry = Entry(BookDeed.FUND_EXTRACTED, plan.fund_fen, Source("plan", plan.id), summary=summary)
        post(_book(plan, by, on), entry, made_by=made_by, by=by, on=on)


def post_due(due: PayoutDue, order: PayoutOrder, *, by: Actor, on: date) -> None:
    """Post what is owed of one use under an order."""
    _post_due(due, order, due.amount_fen, made_by=order.maker, by=by, on=on)


def _post_due(due: PayoutDue, order: PayoutOrder, amount_fen: int, *, made_by: Maker, by: Actor, on: date) -> None:
    use, posts = due.use, _posts(due.use)
    entry = Entry(
        posts.due, amount_fen, Source("payout_due", due.id), _marks(use), _summary(order, use, posts.due),
        member=posts.is_members, category=_category(use, posts),
    )  # fmt: skip
    post(_book(order.plan, by, on), entry, made_by=made_by, by=by, on=on)


def post_round(order: PayoutOrder, told: PayoutRound, moved: Mapping[int, int], *, by: Actor, on: date) -> None:
    """Post what was paid of each use, and what came back, as results of one round."""
    uses = {use.id: use for use in order.plan.uses}
    for key, fen in sorted(moved.items()):
        use, posts = uses[key], _posts(uses[key])
        deed = posts.paid if fen > 0 else posts.returned
        entry = Entry(
            deed, abs(fen), Source("payout_round", told.id), _marks(use), _summary(order, use, deed), told.happened_on,
            member=posts.is_members,
        )  # fmt: skip
        post(_book(order.plan, by, on), entry, made_by=order.maker, by=by, on=on)


def lessen_dues(order: PayoutOrder, unpaid: Mapping[int, int], *, by: Actor, on: date) -> None:
    """Undo what is owed under an order in red, and post anew what of it was paid; ``unpaid`` is by use (fen)."""
    for due in list_dues(order.id):
        given_up = unpaid.get(due.use_id, 0)
        if not given_up:
            continue
        for voucher in vouchers_of(Source("payout_due", due.id)):
            if voucher.reverses_id is None and not is_reversed(voucher):
                reverse(voucher, order.plan.end_reason or order.number, made_by=order.maker, by=by, on=on)
        if due.amount_fen > given_up:
            _post_due(due, order, due.amount_fen - given_up, made_by=order.maker, by=by, on=on)


def vouchers_behind(line: PayoutLine) -> list[Voucher]:
    """Return what was posted for the use a line is of: what is owed, and each round that told of the line."""
    use = line.agreed.use
    sources = [Source("payout_due", due.id) for due in list_dues(line.order_id) if due.use_id == use.id]
    sources += [Source("payout_round", told.id) for _result, told in list_results(line.id)]
    found = [voucher for source in dict.fromkeys(sources) for voucher in vouchers_of(source)]
    return [
        one for one in found if one.source_table == "payout_due" or one.summary == _summary(line.order, use, one.about)
    ]


def _book(plan: Plan, by: Actor, on: date) -> Book:
    return open_book(plan.party, by=by, on=on)


def _posts(use: PlanUse) -> Posts:
    posts = USES[use.about].posts
    if posts is None:
        raise TypeError(f"{use.kind} has no lines and is never paid")
    return posts


def _marks(use: PlanUse) -> Marks:
    return Marks(use.asset_id, use.contract_id, use=use.kind)


def _category(use: PlanUse, posts: Posts) -> Category | None:
    """Return whose cost it is: that of the asset the use names, else what the kind of use usually is."""
    if use.asset_id is None:
        return posts.category
    return db.session.get_one(Asset, use.asset_id).kind


def _summary(order: PayoutOrder, use: PlanUse, deed: BookDeed) -> str:
    return _said(deed, use.label, order.number, order.plan.title)


def _said(deed: BookDeed, *about: str) -> str:
    """Say what happened, of what, under which order and plan."""
    return f"{deed.label}：{'，'.join(about)}"[:_MOST_SUMMARY]
