"""What every report is called; the name stands in addresses, events and on the console."""

from registry.reports import (
    account_ledger,
    arrears_ledger,
    asset_card,
    beneficiary_roll,
    classified_ledger,
    contract_register,
    count_report,
    count_sheet,
    custody_roster,
    distribution_sheet,
    duty_list,
    evaluation_sheet,
    finding_ledger,
    fund_account,
    hand_over_sheet,
    household_statement,
    income_ledger,
    journal,
    labels,
    ledger_set,
    notice_poster,
    patrol_sheet,
    payout_sheet,
    policy_sheet,
    roll_change_sheet,
    sample_sheet,
    statement_batch,
    subsidy_list,
    summary,
    title_certificate,
    title_register,
    trial_balance,
    voucher_sheet,
)
from registry.reports.boards import paper as board_paper
from registry.reports.disposals import approval_sheet, dossier, register
from registry.reports.months import period_tables
from registry.reports.trail import titles
from registry.text import Labelled


class ReportName(Labelled):
    """The reports; the name stands in addresses, events and on the console."""

    LEDGER = "ledger", classified_ledger.TITLE
    SUMMARY = "summary", summary.TITLE
    CARD = "card", asset_card.TITLE
    LABELS = "labels", labels.TITLE
    NOTICE = "notice", notice_poster.TITLE
    POLICY = "policy", policy_sheet.TITLE
    TITLE_REGISTER = "title-register", title_register.TITLE
    TITLE_CERTIFICATE = "title-certificate", title_certificate.TITLE
    HAND_OVER_SHEET = "hand-over-sheet", hand_over_sheet.TITLE
    CUSTODY = "custody", custody_roster.TITLE
    PATROL_SHEET = "patrol-sheet", patrol_sheet.BLANK_TITLE
    PATROL_LOG = "patrol-log", patrol_sheet.TITLE
    INCOME = "income", income_ledger.TITLE
    ARREARS = "arrears", arrears_ledger.TITLE
    CONTRACTS = "contracts", contract_register.TITLE
    JOURNAL = "journal", journal.TITLE
    ACCOUNT_LEDGER = "account-ledger", account_ledger.TITLE
    TRIAL_BALANCE = "trial-balance", trial_balance.TITLE
    VOUCHERS = "vouchers", voucher_sheet.TITLE
    FUND_ACCOUNT = "fund-account", fund_account.TITLE
    ROLL = "roll", beneficiary_roll.TITLE
    ROLL_CHANGE = "roll-change", roll_change_sheet.TITLE
    DISTRIBUTION_PLAN = "distribution-plan", distribution_sheet.TITLE
    DISTRIBUTION_RESULT = "distribution-result", distribution_sheet.RESULT_TITLE
    PAYOUT_SHEET = "payout-sheet", payout_sheet.TITLE
    HOUSEHOLD_STATEMENT = "household-statement", household_statement.TITLE
    HOUSEHOLD_STATEMENTS = "household-statements", statement_batch.TITLE
    DISPOSAL_SHEET = "disposal-sheet", approval_sheet.TITLE
    DISPOSAL_DOSSIER = "disposal-dossier", dossier.TITLE
    DISPOSAL_REGISTER = "disposals", register.TITLE
    COUNT_SHEET = "count-sheet", count_sheet.TITLE
    COUNT_REPORT = "count-report", count_report.TITLE
    DUTY_LIST = "duty-list", duty_list.TITLE
    FINDINGS = "findings", finding_ledger.TITLE
    SAMPLE_SHEET = "sample-sheet", sample_sheet.TITLE
    EDIT_LOG = "edit-log", titles.EDIT_LOG
    LEAVING = "leaving", titles.LEAVING
    REVEALS = "reveals", titles.REVEALS
    BOOKS_THEN = "books-then", titles.BOOKS_THEN
    LEDGER_SET = "ledger-set", ledger_set.TITLE
    EVALUATION = "evaluation", evaluation_sheet.TITLE
    SUBSIDY_LIST = "subsidy-list", subsidy_list.TITLE
    PERIOD_TABLES = "period-tables", period_tables.TITLE
    BOARD = "board", board_paper.TITLE
