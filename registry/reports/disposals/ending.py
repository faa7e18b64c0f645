"""Last chapters of a dossier: what it fetched, how it was carried out, what was posted, what became of the money."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from registry.approvals.meetings.models import Meeting
from registry.assets.register.cards.models import Asset
from registry.assets.register.projects.models import Project
from registry.assets.register.rules import percent
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.prices.kinds import PriceVerdict, TradeWay
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.procedure.models import DisposalExecution
from registry.disposal.proceeds.kinds import UseStatus
from registry.disposal.proceeds.models import Proceeds, ProceedsReceipt, ProceedsUse
from registry.kinds import OwnerKind
from registry.ledger.books.models import Book, Voucher
from registry.ledger.books.queries import list_postings
from registry.money import capital_amount, format_yuan
from registry.permissions import Actor, Permission
from registry.places.queries import full_name
from registry.reports.bookkeeping import shown_name, told_lines
from registry.reports.disposals.carried import gains_of
from registry.reports.disposals.casefile import CaseFile
from registry.reports.disposals.deciding import request_sections
from registry.reports.disposals.naming import ratio_text, yuan
from registry.reports.disposals.sections import Chapter, Section, Shape, day, facts, moment, table, texts
from registry.scope import within
from registry.text import N_

# ---- What it fetched


def prices(file: CaseFile) -> Chapter:
    """Tell every result of a trade with its public record, and each approval it had to get anew."""
    sections = [section for row in file.prices for section in _price(file, row)]
    return Chapter(N_("成交和重新审批"), tuple(sections))


def _price(file: CaseFile, row: DisposalPrice) -> list[Section]:
    renewed = [one for one in file.price_requests if one.case_id == str(row.id)]
    return [
        facts(N_("第 %(round)s 次成交结果") % {"round": row.round}, _traded(row)),
        *texts(N_("说明"), [(N_("备注"), row.note)]),
        *(section for request in renewed for section in request_sections(file, request)),
    ]


def _traded(row: DisposalPrice) -> Iterator[tuple[str, str]]:
    bounds = N_("低于 %(accept)s%% 重新审批，低于 %(suspend)s%% 中止") % {
        "accept": percent(row.accept_bp), "suspend": percent(row.suspend_bp)
    }  # fmt: skip
    yield from (
        (N_("交易方式"), TradeWay(row.way).label),
        (N_("成交日期"), day(row.opened_on)),
        (N_("交易平台"), row.platform),
        (N_("交易登记号"), row.record_no),
        (N_("竞买人数"), "" if row.bidders is None else str(row.bidders)),
        (N_("受让方"), row.buyer_name),
        (N_("受让方代码"), row.buyer_code),
        (N_("受让方类型"), OwnerKind(row.buyer_kind).label),
        (N_("成交价"), f"{yuan(row.price_fen)}（{capital_amount(row.price_fen)}）"),
        (N_("对照的价值"), yuan(row.base_fen)),
        (N_("成交价占价值"), ratio_text(row.price_fen, row.base_fen)),
        (N_("当日的线"), bounds),
        (N_("结论"), PriceVerdict(row.verdict).label),
        (N_("登记"), f"{row.entered_by_text}　{moment(row.entered_at)}"),
    )


# ---- How it was carried out


def execution(file: CaseFile) -> Chapter:
    """Tell from which day it counts, to whom it was handed over, at which price and cost, and by whom."""
    row = file.execution
    if row is None:
        return Chapter(N_("执行和移交"), ())
    gain = gains_of([DisposalCase.id == file.case.id]).get(file.case.id)
    came = [] if gain is None else [(N_("净收益") if gain >= 0 else N_("净损失"), yuan(abs(gain)))]
    note = texts(N_("说明"), [(N_("备注"), row.note)])
    return Chapter(N_("执行和移交"), (facts(N_("执行"), [*_done(row), *came]), *note))


def _done(row: DisposalExecution) -> Iterator[tuple[str, str]]:
    yield from (
        (N_("生效日期"), day(row.effective_on)),
        (N_("移交日期"), day(row.handed_over_on)),
        (N_("接收方"), row.recipient_name),
        (N_("接收方签字人"), row.recipient_signed_by),
        (N_("价款"), yuan(row.price_fen)),
        (N_("清理费用"), yuan(row.cost_fen)),
        (N_("价款是否付清"), (N_("已付清") if row.is_paid else N_("没有付清")) if row.price_fen else ""),
        (N_("单据号"), row.paper_no),
        (N_("准备人"), row.prepared_by_text),
        (N_("执行人"), row.by_text),
        (N_("执行时间"), moment(row.at)),
    )


# ---- What was posted


def vouchers(file: CaseFile, actor: Actor) -> Chapter:
    """Tell every voucher of the case that the reader may see, whole; say how many stand in books elsewhere."""
    ids = [voucher.id for voucher in file.vouchers]
    reached = set(db.session.scalars(select(Voucher.id).where(Voucher.id.in_(ids), within(Voucher, actor, _P))))
    sections = [section for voucher in file.vouchers if voucher.id in reached for section in _voucher(voucher)]
    hidden = len(ids) - len(reached)
    other = N_("另有 %(count)s 张凭证在管辖范围以外的账簿里") % {"count": hidden}
    return Chapter(
        N_("记账凭证"), (*sections, *texts(N_("其他账簿"), [(N_("说明"), other if hidden else "")]))
    )  # fmt: skip


_P = Permission.PRINT


def _voucher(voucher: Voucher) -> list[Section]:
    book = db.session.get_one(Book, voucher.book_id)
    lines = told_lines(book, [(voucher, one) for one in list_postings(voucher)])
    rows = (
        (line.account_text, line.about, *(format_yuan(fen) if fen else "" for fen in (line.debit_fen, line.credit_fen)))
        for line in lines
    )
    values = {"label": voucher.label, "day": voucher.booked_on, "book": book.party.name}
    title = N_("%(label)s　%(day)s　%(book)s") % values + (N_("（红字冲销）") if voucher.reverses_id else "")
    total = (N_("合计"), voucher.summary, format_yuan(voucher.debit_fen), format_yuan(voucher.credit_fen))
    people = (N_("制单、复核"), f"{voucher.made_by_text}；{voucher.checked_by_text}", "", "")
    return table(Shape.LEGS, title, [*rows, people], total)


# ---- What became of the money


def proceeds(file: CaseFile, actor: Actor) -> Chapter:
    """Tell of each owner's account what came in, what it was used for again, and what is left."""
    ids = [one.id for one in file.proceeds]
    reached = set(db.session.scalars(select(Proceeds.id).where(Proceeds.id.in_(ids), within(Proceeds, actor, _P))))
    sections = [section for one in file.proceeds if one.id in reached for section in _account(file, one)]
    return Chapter(N_("处置收入和使用"), tuple(sections))


def _account(file: CaseFile, one: Proceeds) -> list[Section]:
    told = (
        (N_("归属"), one.goes_to.label),
        (N_("单位"), full_name(one.region_code)),
        (N_("应得价款"), yuan(one.due_fen)),
        (N_("清理费用"), yuan(one.cost_fen)),
        (N_("已到账"), yuan(one.received_fen)),
        (N_("已使用"), yuan(one.used_fen)),
        (N_("余额"), yuan(one.balance_fen)),
        (N_("使用期限"), day(one.use_by)),
    )
    receipts = [row for row in file.receipts if row.proceeds_id == one.id]
    came = (
        (day(row.received_on), row.paper_no, f"{row.prepared_by_text}；{row.by_text}", format_yuan(row.amount_fen))
        for row in receipts
    )
    uses = [row for row in file.uses if row.proceeds_id == one.id]
    return [
        facts(shown_name(one.party.kind, one.party.name), told),
        *table(Shape.RECEIPTS, N_("到账"), came, ("", "", N_("合计"), format_yuan(_sum(receipts)))),
        *table(Shape.USES, N_("使用"), map(_use, uses)),
    ]


def _sum(rows: Sequence[ProceedsReceipt]) -> int:
    return sum(row.amount_fen for row in rows)


def _use(row: ProceedsUse) -> tuple[str, ...]:
    state = "" if row.state is UseStatus.CONFIRMED else f"（{row.state.label}）"
    people = "；".join(filter(None, (row.entered_by_text, row.confirmed_by_text, row.undo_by_text, row.undone_by_text)))
    return day(row.used_on), row.about.label + state, _whereto(row), people, format_yuan(row.amount_fen)


def _whereto(row: ProceedsUse) -> str:
    asset = db.session.get(Asset, row.asset_id) if row.asset_id else None
    project = db.session.get(Project, row.project_id) if row.project_id else None
    meeting = db.session.get(Meeting, row.meeting_id) if row.meeting_id else None
    told = (
        f"{asset.name}　{asset.asset_no}" if asset else "",
        project.name if project else "",
        f"{meeting.body_name} {day(meeting.held_on)}" if meeting else "",
        row.document_no,
        row.note,
        row.undo_reason,
    )
    return "；".join(filter(None, told))
