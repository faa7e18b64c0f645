"""Figures of the ledger's papers made by hand: a village that leases its herb garden and hands out what it earns."""

from registry.reports.account_ledger import Account, AccountLedger, Entry
from registry.reports.arrears_ledger import ArrearsLedger, DueLine
from registry.reports.beneficiary_roll import BeneficiaryRoll, ClassCount, RollRow
from registry.reports.contract_register import ContractLine, ContractRegister
from registry.reports.distribution_figures import DistributionSheet, ShareRow, Step, UseRow
from registry.reports.fund_account import Fund, FundAccount, FundEntry
from registry.reports.household_statement import HouseholdStatement, StatementFact, StatementLine
from registry.reports.income_ledger import IncomeLedger, IncomeLine, IncomePart
from registry.reports.journal import Journal, JournalBook, JournalLine
from registry.reports.payout_sheet import PayoutRow, PayoutSheet
from registry.reports.roll_change_sheet import ChangeRow, RollChangeSheet
from registry.reports.statement_batch import StatementBatch
from registry.reports.trial_balance import BalanceBook, BalanceLine, TrialBalance
from registry.reports.voucher_sheet import VoucherFigures, VoucherLine, VoucherSheet

UNIT, CODE, NAME = "石柱土家族自治县　中益乡　华溪村", "500240213203", "华溪村"
PERIOD, RANGE = "2026 年度，截至 2026-11-23", "已记账凭证"
HEAD = (UNIT, CODE, NAME, PERIOD, RANGE)
BOOK, BANK = "华溪村股份经济合作社", "农商行中益支行"
RED = 9


def journal(count: int = 40) -> Journal:
    """Vouchers of two lines, one a reversal, and a book without any."""
    lines = []
    for index in range(count):
        day, number, red = f"2026-{1 + index // 4:02d}-{5 + index % 4 * 5:02d}", f"记-{index + 1:04d}", index == RED
        fen = (1_234_500 + index * 100) * (-1 if red else 1)
        words = "冲销 记-0004：金额录错" if red else f"收到黄精种植基地租金（第 {index + 1} 笔）"
        people = ("谭某", "马某", red)
        lines.append(JournalLine(day, number, words, "102", "银行存款", BANK, fen, None, *people))
        lines.append(JournalLine(day, number, words, "501", "经营收入", "租金收入", None, fen, *people))
    return Journal(*HEAD, (JournalBook(BOOK, tuple(lines)), JournalBook("偏岩坝组", ())))


def account_ledger(count: int = 40, opening_fen: int = 8_630_000) -> AccountLedger:
    """The bank account of that journal, with a payment after every second receipt."""
    entries = []
    for line in journal(count).books[0].lines[::2]:
        entries.append(Entry(line.day, line.voucher, line.summary, "经营收入", line.debit_fen, None, line.is_red))
        if len(entries) % 3 == 0:
            entries.append(Entry(line.day, line.voucher, "支付管护费", "公益支出", None, 420_000))
    return AccountLedger(*HEAD, "2026-01-01", (Account(BOOK, "102", f"银行存款　{BANK}", opening_fen, tuple(entries)),))


def voucher_sheet() -> VoucherSheet:
    """A voucher, its reversal, and one of nine lines."""
    summary = "收到黄精种植基地一季度租金，石柱土家族自治县黄精产业发展有限公司转账"
    sides = (
        VoucherLine(summary, "银行存款", BANK, 4_860_050, None),
        VoucherLine(summary, "应收款", "黄精公司", None, 4_860_050),
    )
    back = tuple(
        VoucherLine(
            "冲销记字第 0012 号",
            one.account,
            one.detail,
            one.debit_fen and -one.debit_fen,
            one.credit_fen and -one.credit_fen,
        )
        for one in sides
    )
    paid = tuple(VoucherLine(f"发放第 {i} 户分红", "应付款", f"第 {i} 户", 10_000 * i, None) for i in range(1, 9))
    long = (*paid, VoucherLine("发放分红", "银行存款", BANK, None, 360_000))
    people = ("谭某某", "马某某", "收益登记 18")
    return VoucherSheet(
        UNIT, CODE, BOOK, "2026 年 3 月",
        (
            VoucherFigures("记字第 0012 号", "2026 年 3 月 5 日", sides, 2, *people, reversed_by="记字第 0013 号"),
            VoucherFigures("记字第 0013 号", "2026 年 3 月 8 日", back, 0, *people, reversal="记字第 0012 号"),
            VoucherFigures("记字第 0014 号", "2026 年 3 月 9 日", long, 12, *people),
        ),
    )  # fmt: skip


def trial_balance(*, off_fen: int = 0) -> TrialBalance:
    """A book whose September was opened again; ``off_fen`` makes it uneven."""
    lines = (
        BalanceLine("102", "银行存款", 0, 12_345_678, 500_000, 200_000, 1_500_000, 700_000),
        BalanceLine("10201", BANK, 1, 12_345_678, 500_000, 200_000, 1_500_000, 700_000),
        BalanceLine("311", "公积公益金", 0, -12_345_678 + off_fen, 0, 0, 0, 0),
        BalanceLine("501", "经营收入", 0, 0, 0, 500_000, 0, 1_500_000),
        BalanceLine("511", "经营支出", 0, 0, 200_000, 0, 700_000, 0),
    )
    reopened = ("2026-09 结账后又反结账（2026-10-12，马某申请、冉某同意：补记一笔租金）",)
    return TrialBalance(*HEAD, (BalanceBook(BOOK, "未结账", lines, reopened),))


def contract_register(count: int = 25) -> ContractRegister:
    """Contracts of one tenant, every fourth in arrears."""
    return ContractRegister(
        *HEAD,
        tuple(
            ContractLine(
                f"HT{CODE}-2026-{i:04d}", "黄精种植基地租赁合同（含冷链仓储设施）", "黄精种植基地等 3 项", BOOK,
                "石柱土家族自治县黄精产业有限公司", "出租", "公开竞标", "2024-01-01", "2028-12-31", "固定金额，按季",
                4_860_000 + i, 1_000_000, 12_150_000, 11_000_000, 0 if i % 4 else 1_150_000, "履行中", NAME,
            )
            for i in range(1, count + 1)
        ),
    )  # fmt: skip


def income_ledger(count: int = 40) -> IncomeLedger:
    """Rent and deposits of two villages, the last line a reversal; nothing that others reported."""
    lines = tuple(
        IncomeLine(
            f"2026-{1 + i % 11:02d}-10", f"{CODE}J2018{i:05d}K", "黄精种植基地", BOOK,
            "租金、承包费" if i % 5 else "收取押金", "黄精公司", "2026-01～03", 4_860_000 + i if i % 5 else None,
            None if i % 5 else 100_000, f"记-{i:04d}", "中益乡", NAME if i <= count // 2 else "盐井村",
        )
        for i in range(1, count)
    )  # fmt: skip
    back = IncomeLine("2026-11-20", f"{CODE}J201800001K", "黄精种植基地", BOOK, "租金、承包费", "黄精公司",
                      "2026-01～03", -4_860_001, None, "记-0099", "中益乡", "盐井村", True)  # fmt: skip
    parts = (
        IncomePart("第一部分　公共所有资产的收益", (*lines, back)),
        IncomePart("第二部分　其他所有者上报的收益", ()),
    )
    return IncomeLedger(*HEAD, parts)


def arrears_ledger(count: int = 21) -> ArrearsLedger:
    """Quarterly rent, every third unpaid in part, the last written off."""
    lines = tuple(
        DueLine(f"HT{CODE}-2026-{i:04d}", "黄精产业有限公司", "黄精种植基地", "租金、承包费", "2026-01～03",
                "2026-03-31", 1_215_000, 1_215_000 if i % 3 else 200_000, 0, 0 if i % 3 else 1_015_000,
                0 if i % 3 else 237, "" if i % 3 else "书面催收", NAME)
        for i in range(1, count)
    )  # fmt: skip
    gone = DueLine("历史", "谭某", "旧厂房", "租金、承包费", "2019", "2019-12-31", 500_000, 0, 500_000, 0, 0, "", NAME)
    return ArrearsLedger(*HEAD, ("提醒", "书面催收", "乡镇督办"), (*lines, gone))


def distribution_sheet(count: int = 59) -> DistributionSheet:
    """A plan of three uses, one of them to households whose names are masked."""
    shares = tuple(
        ShareRow("偏岩坝组", "谭*铭", "谭*铭" if i % 9 else "马*", "帮扶分红", "12/12", 120_050 + i, 0,
                 120_050 + i if i % 5 else 0, "已发放" if i % 5 else "账号有误")
        for i in range(1, count + 1)
    )  # fmt: skip
    whole = sum(one.amount_fen for one in shares)
    return DistributionSheet(
        UNIT, CODE, "FP500240213203-2026-01", "2026 年度收益分配方案", BOOK, "2026-01 至 2026-11", "公示中",
        (
            Step("本期已到账收益", 12_000_000), Step("减：已入账成本费用", -500_000),
            Step("减：提取公积公益金（20.00%）", -2_300_000),
        ),
        (
            UseRow("帮扶分红", "固定分红", "按户平均", count, whole, sum(one.paid_fen for one in shares)),
            UseRow("公益性岗位报酬", "公益岗位", "按用工记录", 6, 9_200_000 - whole, 0),
        ),
        shares, ("公示期：2026-11-20 至 2026-11-30。",),
    )  # fmt: skip


def payout_sheet(count: int = 25) -> PayoutSheet:
    """An order of cash, every fourth drawn by an heir."""
    return PayoutSheet(
        UNIT, CODE, f"FF{CODE}-2026-0001", "2026 年度收益分配方案", "第 1 期", "现金发放", "村负责人 马某",
        tuple(
            PayoutRow(i, "谭𬭎铭" if i % 4 else "马培清", "" if i % 4 else "马某", "123X", "偏岩坝组", "帮扶分红",
                      "12/12", 120_050 + i, "待发放")
            for i in range(1, count + 1)
        ),
    )  # fmt: skip


def beneficiary_roll(count: int = 30) -> BeneficiaryRoll:
    """Households of one group."""
    return BeneficiaryRoll(
        *HEAD, (ClassCount("脱贫户", count), ClassCount("低保户", 0)),
        tuple(
            RollRow(f"{CODE}-{i:06d}", NAME, "偏岩坝组", "谭𬭎铭", "123X", "脱贫户", "2024-02-01", 4, 2, 4, 250,
                    i % 2 * 100, 12, "有")
            for i in range(1, count + 1)
        ),
    )  # fmt: skip


def roll_change_sheet() -> RollChangeSheet:
    """A death in a household."""
    row = ChangeRow("谭*铭", "偏岩坝组", "家庭成员去世", "2026-03-05", "4 人，成员股 2.50",
                    "3 人，成员股 2.50（待继承）", "2026-04-01", "")  # fmt: skip
    return RollChangeSheet(UNIT, CODE, "2026 年动态调整", "石柱府办〔2026〕3 号", "2026-03-10", "已生效", (row,))


def household_statement() -> HouseholdStatement:
    """A household that lost its class in March."""
    facts = (StatementFact("户主", "谭𬭎铭"), StatementFact("身份证后四位", "123X"), StatementFact("组别", "偏岩坝组"))
    line = StatementLine(
        "2026 年度收益分配方案", "帮扶分红", "按户平均", "3/12", 30_013, 90_037, 30_013, "2026-11-20", "已发放"
    )
    return HouseholdStatement(UNIT, CODE, 2026, PERIOD, facts, (line,), ("对分配有异议，可向村集体经济组织提出。",))


def fund_account() -> FundAccount:
    """A fund with an extraction, a road and its reversal."""
    entries = (
        FundEntry("2026-03-31", "记-0020", "提取公积公益金", "提取", "收益分配", 2_300_000, None),
        FundEntry("2026-05-31", "记-0031", "修复产业路", "公益支出", "银行存款", None, 900_000),
        FundEntry("2026-06-01", "记-0033", "冲销 记-0031", "公益支出", "银行存款", None, -900_000, True),
    )
    return FundAccount(*HEAD, "2026-01-01", (Fund(BOOK, "311 公积公益金", 8_600_000, entries),))


def statement_batch() -> StatementBatch:
    """The statements of two households."""
    one = household_statement()
    return StatementBatch(one.unit_name, one.region_code, one.period_text, (one, one))
