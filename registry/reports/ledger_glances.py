"""What a reader compares with a paper of the ledger in hand: a few figures of each, told from its kept figures.

No person is named: the page of verification is open to everybody.
"""

from registry.money import format_yuan
from registry.reports.account_ledger import AccountLedger
from registry.reports.arrears_ledger import ArrearsLedger
from registry.reports.beneficiary_roll import BeneficiaryRoll
from registry.reports.contract_register import ContractRegister
from registry.reports.distribution_figures import DistributionSheet
from registry.reports.fund_account import FundAccount
from registry.reports.glances import Glance
from registry.reports.household_statement import HouseholdStatement
from registry.reports.income_ledger import IncomeLedger
from registry.reports.journal import Journal
from registry.reports.payout_sheet import PayoutSheet
from registry.reports.roll_change_sheet import RollChangeSheet
from registry.reports.statement_batch import StatementBatch
from registry.reports.trial_balance import TrialBalance, sums_of
from registry.reports.voucher_sheet import VoucherSheet
from registry.text import N_

_UNIT, _PERIOD = N_("单位"), N_("期间")


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}"


def of_journal(figures: Journal) -> Glance:
    """Return what a reader compares of a journal."""
    lines = [line for book in figures.books for line in book.lines]
    return (
        (_UNIT, figures.unit_name),
        (_PERIOD, figures.period_text),
        (N_("账簿"), _count(len(figures.books), N_("本"))),
        (N_("借方合计（元）"), format_yuan(sum(line.debit_fen or 0 for line in lines))),
        (N_("贷方合计（元）"), format_yuan(sum(line.credit_fen or 0 for line in lines))),
    )


def of_accounts(figures: AccountLedger) -> Glance:
    """Return what a reader compares of an account ledger."""
    entries = [entry for account in figures.accounts for entry in account.entries]
    return (
        (_UNIT, figures.unit_name),
        (_PERIOD, figures.period_text),
        (N_("科目"), _count(len(figures.accounts), N_("个"))),
        (N_("借方合计（元）"), format_yuan(sum(entry.debit_fen or 0 for entry in entries))),
        (N_("贷方合计（元）"), format_yuan(sum(entry.credit_fen or 0 for entry in entries))),
    )


def of_vouchers(figures: VoucherSheet) -> Glance:
    """Return what a reader compares of a sheet of vouchers."""
    lines = [line for voucher in figures.vouchers for line in voucher.lines]
    return (
        (_UNIT, figures.unit_name),
        (N_("核算单位"), figures.book_name),
        (N_("凭证"), "、".join(dict.fromkeys((figures.vouchers[0].number, figures.vouchers[-1].number)))),
        (N_("凭证张数"), _count(len(figures.vouchers), N_("张"))),
        (N_("借方合计（元）"), format_yuan(sum(line.debit_fen or 0 for line in lines))),
    )


def of_balances(figures: TrialBalance) -> Glance:
    """Return what a reader compares of a trial balance."""
    sums = [sums_of(book) for book in figures.books]
    return (
        (_UNIT, figures.unit_name),
        (_PERIOD, figures.period_text),
        (N_("账簿"), _count(len(figures.books), N_("本"))),
        (N_("本年累计借方（元）"), format_yuan(sum(each[4] or 0 for each in sums))),
        (N_("期末借方余额（元）"), format_yuan(sum(each[6] or 0 for each in sums))),
        (N_("反结账"), _count(sum(len(book.reopened) for book in figures.books), N_("次"))),
    )


def of_funds(figures: FundAccount) -> Glance:
    """Return what a reader compares of fund accounts."""
    return (
        (_UNIT, figures.unit_name),
        (_PERIOD, figures.period_text),
        (N_("专户"), _count(len(figures.funds), N_("个"))),
        (N_("期末结余（元）"), format_yuan(sum(fund.closing_fen for fund in figures.funds))),
    )


def of_contracts(figures: ContractRegister) -> Glance:
    """Return what a reader compares of a register of contracts."""
    return (
        (_UNIT, figures.unit_name),
        (_PERIOD, figures.period_text),
        (N_("合同"), _count(len(figures.lines), N_("份"))),
        (N_("已收合计（元）"), format_yuan(sum(line.received_fen for line in figures.lines))),
        (N_("欠款合计（元）"), format_yuan(sum(line.owed_fen for line in figures.lines))),
    )


def of_income(figures: IncomeLedger) -> Glance:
    """Return what a reader compares of an income ledger."""
    own = figures.parts[0].lines
    return (
        (_UNIT, figures.unit_name),
        (_PERIOD, figures.period_text),
        (N_("收款"), _count(len(own), N_("笔"))),
        (N_("收益合计（元）"), format_yuan(sum(line.income_fen or 0 for line in own))),
        (N_("代收、往来合计（元）"), format_yuan(sum(line.passing_fen or 0 for line in own))),
    )


def of_arrears(figures: ArrearsLedger) -> Glance:
    """Return what a reader compares of a ledger of dues."""
    return (
        (_UNIT, figures.unit_name),
        (_PERIOD, figures.period_text),
        (N_("应收"), _count(len(figures.lines), N_("笔"))),
        (N_("应收合计（元）"), format_yuan(sum(line.due_fen for line in figures.lines))),
        (N_("欠款合计（元）"), format_yuan(sum(line.owed_fen for line in figures.lines))),
    )


def of_distribution(figures: DistributionSheet) -> Glance:
    """Return what a reader compares of a plan or its result."""
    return (
        (_UNIT, figures.unit_name),
        (N_("方案编号"), figures.number),
        (N_("分配总额（元）"), format_yuan(sum(use.amount_fen for use in figures.uses))),
        (N_("已发放（使用）（元）"), format_yuan(sum(use.paid_fen for use in figures.uses))),
        (N_("分配到户"), _count(len(figures.shares), N_("笔"))),
    )


def of_payout(figures: PayoutSheet) -> Glance:
    """Return what a reader compares of a payout sheet."""
    return (
        (_UNIT, figures.unit_name),
        (N_("发放单号"), figures.number),
        (N_("笔数"), _count(len(figures.rows), N_("笔"))),
        (N_("金额合计（元）"), format_yuan(sum(row.amount_fen for row in figures.rows))),
    )


def of_roll(figures: BeneficiaryRoll) -> Glance:
    """Return what a reader compares of a roll."""
    return (
        (_UNIT, figures.unit_name),
        (_PERIOD, figures.period_text),
        (N_("户数"), _count(len(figures.rows), N_("户"))),
        (N_("人口"), _count(sum(row.size for row in figures.rows), N_("人"))),
    )


def of_roll_change(figures: RollChangeSheet) -> Glance:
    """Return what a reader compares of a sheet of changes."""
    changes = _count(len(figures.rows), N_("项"))
    return ((_UNIT, figures.unit_name), (N_("标题"), figures.title), (N_("调整"), changes))


def of_statement(figures: HouseholdStatement) -> Glance:
    """Return what a reader compares of a household's statement."""
    return (
        (_UNIT, figures.unit_name),
        (_PERIOD, figures.period_text),
        (N_("应得合计（元）"), format_yuan(sum(line.allotted_fen for line in figures.lines))),
        (N_("已发合计（元）"), format_yuan(sum(line.paid_fen for line in figures.lines))),
    )


def of_statements(figures: StatementBatch) -> Glance:
    """Return what a reader compares of the statements of a unit's households."""
    lines = [line for one in figures.statements for line in one.lines]
    return (
        (_UNIT, figures.unit_name),
        (_PERIOD, figures.period_text),
        (N_("户数"), _count(len(figures.statements), N_("户"))),
        (N_("应得合计（元）"), format_yuan(sum(line.allotted_fen for line in lines))),
        (N_("已发合计（元）"), format_yuan(sum(line.paid_fen for line in lines))),
    )
