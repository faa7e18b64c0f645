"""Every report there is, read top to bottom: how its figures are read, kept, drawn and glanced at."""

from registry.permissions import Permission
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
    distribution_figures,
    distribution_sheet,
    duty_list,
    evaluation_sheet,
    finding_ledger,
    fund_account,
    glances,
    hand_over_sheet,
    household_statement,
    income_ledger,
    journal,
    labels,
    ledger_glances,
    ledger_set,
    notice_poster,
    patrol_sheet,
    payout_sheet,
    policy_sheet,
    roll_change_sheet,
    sample_sheet,
    statement_batch,
    stock_glances,
    subsidy_list,
    summary,
    title_certificate,
    title_register,
    trial_balance,
    voucher_sheet,
)
from registry.reports.boards import collecting, paper
from registry.reports.boards.figures import Board
from registry.reports.disposals import approval_drawing, approval_sheet, dossier, register
from registry.reports.months import period_tables
from registry.reports.names import ReportName
from registry.reports.report import PDF, XLSX, Report
from registry.reports.trail import edit_log, leaving, reveal_log, then_book

__all__ = ("PDF", "REPORTS", "XLSX", "Report", "ReportName")


Known = (
    Report[classified_ledger.ClassifiedLedger]
    | Report[summary.SummaryFigures]
    | Report[asset_card.AssetCardFigures]
    | Report[labels.LabelFigures]
    | Report[notice_poster.PosterFigures]
    | Report[policy_sheet.PolicySheet]
    | Report[title_register.TitleRegister]
    | Report[title_certificate.CertificateFigures]
    | Report[hand_over_sheet.HandOverFigures]
    | Report[custody_roster.CustodyRoster]
    | Report[patrol_sheet.BlankSheet]
    | Report[patrol_sheet.PatrolLog]
    | Report[income_ledger.IncomeLedger]
    | Report[arrears_ledger.ArrearsLedger]
    | Report[contract_register.ContractRegister]
    | Report[journal.Journal]
    | Report[account_ledger.AccountLedger]
    | Report[trial_balance.TrialBalance]
    | Report[voucher_sheet.VoucherSheet]
    | Report[fund_account.FundAccount]
    | Report[beneficiary_roll.BeneficiaryRoll]
    | Report[roll_change_sheet.RollChangeSheet]
    | Report[distribution_figures.DistributionSheet]
    | Report[payout_sheet.PayoutSheet]
    | Report[household_statement.HouseholdStatement]
    | Report[statement_batch.StatementBatch]
    | Report[approval_sheet.ApprovalSheet]
    | Report[dossier.Dossier]
    | Report[register.DisposalRegister]
    | Report[count_sheet.CountSheet]
    | Report[count_report.CountReport]
    | Report[duty_list.DutyList]
    | Report[finding_ledger.FindingLedger]
    | Report[sample_sheet.SampleSheet]
    | Report[edit_log.EditLog]
    | Report[leaving.Leaving]
    | Report[reveal_log.RevealLog]
    | Report[then_book.BooksThen]
    | Report[ledger_set.LedgerSet]
    | Report[evaluation_sheet.EvaluationSheet]
    | Report[subsidy_list.SubsidyList]
    | Report[period_tables.PeriodTables]
    | Report[Board]
)
_REPORTS: tuple[Known, ...] = (
    Report(
        ReportName.LEDGER, classified_ledger.ClassifiedLedger, Permission.PRINT, classified_ledger.collect,
        classified_ledger.draw, glances.of_ledger, sheet=classified_ledger.sheet,
    ),
    Report(
        ReportName.SUMMARY, summary.SummaryFigures, Permission.PRINT, summary.collect, summary.draw, glances.of_summary,
        sheet=summary.sheet,
    ),
    Report(
        ReportName.CARD, asset_card.AssetCardFigures, Permission.PRINT, asset_card.collect, asset_card.draw,
        glances.of_card, by_region=False,
    ),
    Report(
        ReportName.LABELS, labels.LabelFigures, Permission.PRINT, labels.collect, labels.draw, glances.of_labels,
        by_region=False,
    ),
    Report(
        ReportName.NOTICE, notice_poster.PosterFigures, Permission.PRINT, notice_poster.collect, notice_poster.draw,
        glances.of_notice, by_region=False,
    ),
    Report(
        ReportName.POLICY, policy_sheet.PolicySheet, Permission.PRINT, policy_sheet.collect, policy_sheet.draw,
        glances.of_policy,
    ),
    Report(
        ReportName.TITLE_REGISTER, title_register.TitleRegister, Permission.PRINT, title_register.collect,
        title_register.draw, glances.of_titles, sheet=title_register.sheet,
    ),
    Report(
        ReportName.TITLE_CERTIFICATE, title_certificate.CertificateFigures, Permission.PRINT, title_certificate.collect,
        title_certificate.draw, glances.of_certificate, by_region=False,
    ),
    Report(
        ReportName.HAND_OVER_SHEET, hand_over_sheet.HandOverFigures, Permission.PRINT, hand_over_sheet.collect,
        hand_over_sheet.draw, glances.of_hand_over, by_region=False,
    ),
    Report(
        ReportName.CUSTODY, custody_roster.CustodyRoster, Permission.PRINT, custody_roster.collect, custody_roster.draw,
        glances.of_custody, sheet=custody_roster.sheet,
    ),
    Report(
        ReportName.PATROL_SHEET, patrol_sheet.BlankSheet, Permission.PRINT, patrol_sheet.collect_blank,
        patrol_sheet.draw_blank, glances.of_blank_patrols,
    ),
    Report(
        ReportName.PATROL_LOG, patrol_sheet.PatrolLog, Permission.PRINT, patrol_sheet.collect, patrol_sheet.draw,
        glances.of_patrols, sheet=patrol_sheet.sheet,
    ),
    Report(
        ReportName.INCOME, income_ledger.IncomeLedger, Permission.PRINT, income_ledger.collect, income_ledger.draw,
        ledger_glances.of_income, sheet=income_ledger.sheet,
    ),
    Report(
        ReportName.ARREARS, arrears_ledger.ArrearsLedger, Permission.PRINT, arrears_ledger.collect, arrears_ledger.draw,
        ledger_glances.of_arrears, sheet=arrears_ledger.sheet,
    ),
    Report(
        ReportName.CONTRACTS, contract_register.ContractRegister, Permission.PRINT, contract_register.collect,
        contract_register.draw, ledger_glances.of_contracts, sheet=contract_register.sheet,
    ),
    Report(
        ReportName.JOURNAL, journal.Journal, Permission.PRINT, journal.collect, journal.draw, ledger_glances.of_journal,
        sheet=journal.sheet,
    ),
    Report(
        ReportName.ACCOUNT_LEDGER, account_ledger.AccountLedger, Permission.PRINT, account_ledger.collect,
        account_ledger.draw, ledger_glances.of_accounts, sheet=account_ledger.sheet,
    ),
    Report(
        ReportName.TRIAL_BALANCE, trial_balance.TrialBalance, Permission.PRINT, trial_balance.collect,
        trial_balance.draw, ledger_glances.of_balances, sheet=trial_balance.sheet,
    ),
    Report(
        ReportName.VOUCHERS, voucher_sheet.VoucherSheet, Permission.PRINT, voucher_sheet.collect, voucher_sheet.draw,
        ledger_glances.of_vouchers, by_region=False,
    ),
    Report(
        ReportName.FUND_ACCOUNT, fund_account.FundAccount, Permission.PRINT, fund_account.collect, fund_account.draw,
        ledger_glances.of_funds, sheet=fund_account.sheet,
    ),
    Report(
        ReportName.ROLL, beneficiary_roll.BeneficiaryRoll, Permission.PRINT, beneficiary_roll.collect,
        beneficiary_roll.draw, ledger_glances.of_roll, sheet=beneficiary_roll.sheet,
    ),
    Report(
        ReportName.ROLL_CHANGE, roll_change_sheet.RollChangeSheet, Permission.PRINT, roll_change_sheet.collect,
        roll_change_sheet.draw, ledger_glances.of_roll_change, by_region=False,
    ),
    Report(
        ReportName.DISTRIBUTION_PLAN, distribution_figures.DistributionSheet, Permission.PRINT,
        distribution_figures.collect, distribution_sheet.draw, ledger_glances.of_distribution,
        sheet=distribution_sheet.sheet, by_region=False,
    ),
    Report(
        ReportName.DISTRIBUTION_RESULT, distribution_figures.DistributionSheet, Permission.PRINT,
        distribution_figures.collect, distribution_sheet.draw_result, ledger_glances.of_distribution,
        sheet=distribution_sheet.sheet_result, by_region=False,
    ),
    Report(
        ReportName.PAYOUT_SHEET, payout_sheet.PayoutSheet, Permission.PRINT, payout_sheet.collect, payout_sheet.draw,
        ledger_glances.of_payout, sheet=payout_sheet.sheet, by_region=False,
    ),
    Report(
        ReportName.HOUSEHOLD_STATEMENT, household_statement.HouseholdStatement, Permission.PRINT,
        household_statement.collect, household_statement.draw, ledger_glances.of_statement, by_region=False,
    ),
    Report(
        ReportName.DISPOSAL_SHEET, approval_sheet.ApprovalSheet, Permission.PRINT, approval_sheet.collect,
        approval_drawing.draw, approval_drawing.glance, by_region=False,
    ),
    Report(
        ReportName.DISPOSAL_DOSSIER, dossier.Dossier, Permission.PRINT, dossier.collect, dossier.draw, dossier.glance,
        by_region=False, proves=dossier.logs,
    ),
    Report(
        ReportName.DISPOSAL_REGISTER, register.DisposalRegister, Permission.PRINT, register.collect, register.draw,
        register.glance, sheet=register.sheet,
    ),
    Report(
        ReportName.HOUSEHOLD_STATEMENTS, statement_batch.StatementBatch, Permission.PRINT, statement_batch.collect,
        statement_batch.draw, ledger_glances.of_statements,
    ),
    Report(
        ReportName.COUNT_SHEET, count_sheet.CountSheet, Permission.PRINT, count_sheet.collect, count_sheet.draw,
        stock_glances.of_sheet, by_region=False,
    ),
    Report(
        ReportName.COUNT_REPORT, count_report.CountReport, Permission.PRINT, count_report.collect, count_report.draw,
        stock_glances.of_report, by_region=False,
    ),
    Report(
        ReportName.DUTY_LIST, duty_list.DutyList, Permission.PRINT, duty_list.collect, duty_list.draw, duty_list.glance,
        sheet=duty_list.sheet,
    ),
    Report(
        ReportName.FINDINGS, finding_ledger.FindingLedger, Permission.PRINT, finding_ledger.collect,
        finding_ledger.draw, finding_ledger.glance, sheet=finding_ledger.sheet,
    ),
    Report(
        ReportName.SAMPLE_SHEET, sample_sheet.SampleSheet, Permission.PRINT, sample_sheet.collect, sample_sheet.draw,
        sample_sheet.glance, sheet=sample_sheet.sheet, by_region=False,
    ),
    Report(
        ReportName.EDIT_LOG, edit_log.EditLog, Permission.TRAIL_VERIFY, edit_log.collect, edit_log.draw,
        edit_log.glance, sheet=edit_log.sheet, by_region=False,
    ),
    Report(
        ReportName.LEAVING, leaving.Leaving, Permission.TRAIL_VERIFY, leaving.collect, leaving.draw, leaving.glance,
        by_region=False,
    ),
    Report(
        ReportName.REVEALS, reveal_log.RevealLog, Permission.TRAIL_VERIFY, reveal_log.collect, reveal_log.draw,
        reveal_log.glance, sheet=reveal_log.sheet, by_region=False,
    ),
    Report(
        ReportName.BOOKS_THEN, then_book.BooksThen, Permission.PRINT, then_book.collect, then_book.draw,
        then_book.glance,
    ),
    Report(
        ReportName.EVALUATION, evaluation_sheet.EvaluationSheet, Permission.PRINT, evaluation_sheet.collect,
        evaluation_sheet.draw, evaluation_sheet.glance, sheet=evaluation_sheet.sheet, by_region=False,
    ),
    Report(
        ReportName.SUBSIDY_LIST, subsidy_list.SubsidyList, Permission.PRINT, subsidy_list.collect, subsidy_list.draw,
        subsidy_list.glance, sheet=subsidy_list.sheet, by_region=False,
    ),
    Report(
        ReportName.PERIOD_TABLES, period_tables.PeriodTables, Permission.PRINT, period_tables.collect,
        period_tables.draw, period_tables.glance, sheet=period_tables.sheet, by_region=False,
    ),
    Report(
        ReportName.BOARD, Board, Permission.PRINT, collecting.collect, paper.draw, paper.glance, sheet=paper.sheet,
        by_region=False,
    ),
)  # fmt: skip
_KNOWN: dict[ReportName, Known] = {ReportName(report.name): report for report in _REPORTS}
_N = ReportName
#: What is bound into the set of a unit's ledgers, in the order of its contents.
_BOUND = (
    _N.SUMMARY, _N.LEDGER, _N.TITLE_REGISTER, _N.CUSTODY, _N.PATROL_LOG, _N.CONTRACTS, _N.INCOME, _N.ARREARS,
    _N.TRIAL_BALANCE, _N.ACCOUNT_LEDGER, _N.JOURNAL, _N.FUND_ACCOUNT, _N.ROLL, _N.DISPOSAL_REGISTER,
)  # fmt: skip
_SET = ledger_set.Binder(tuple(_KNOWN[name] for name in _BOUND))
REPORTS: dict[ReportName, Known] = {
    **_KNOWN,
    _N.LEDGER_SET: Report(
        _N.LEDGER_SET, ledger_set.LedgerSet, Permission.PRINT, _SET.collect, _SET.draw, ledger_set.glance
    ),
}
