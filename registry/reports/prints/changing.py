"""Which deeds give which report other figures, so that a paper can say what has happened since."""

from registry.audit.actions import Action
from registry.reports.catalogue import ReportName
from registry.reports.prints.rules import CHANGING

_A, _R = Action, ReportName
_BOOKED = frozenset({_A.VOUCHER_POSTED, _A.VOUCHER_REVERSED, _A.REOPENING_AGREED, _A.PERIOD_CLOSED})
_RECEIVED = frozenset(
    {_A.RECEIPT_POSTED, _A.RECEIPT_NOTED, _A.RECEIPT_REVERSED, _A.PREPAYMENT_RELEASED, _A.INCOME_SHEET_SAVED}
)
_CONTRACTED = frozenset(
    {
        _A.CONTRACT_SIGNED, _A.CONTRACT_CONFIRMED, _A.CONTRACT_VOIDED, _A.CONTRACT_ENDED, _A.RESULT_STATED,
        _A.DUE_ADDED, _A.EQUITY_CONFIRMED, _A.EQUITY_EXITED, _A.WRITTEN_OFF,
    }
)  # fmt: skip
_ENROLLED = frozenset({_A.HOUSEHOLDS_IMPORTED, _A.HOUSEHOLD_CONFIRMED, _A.HOUSEHOLD_CHANGED, _A.ROLL_CHANGED})
_PLANNED = frozenset(
    {_A.PLAN_SUBMITTED, _A.PLAN_FOLLOWED, _A.PLAN_AGREED, _A.PLAN_CARRIED_OUT, _A.PLAN_AMENDED, _A.PAYOUT_TOLD}
)
_DISPOSED = frozenset(
    {
        _A.DISPOSAL_CARRIED_OUT, _A.DISPOSAL_PAST_CONFIRMED, _A.PROCEEDS_OPENED, _A.PROCEEDS_RECEIVED,
        _A.PROCEEDS_USE_CONFIRMED, _A.PROCEEDS_USE_UNDONE, _A.PROCEEDS_PAID_IN,
    }
)  # fmt: skip
_DECIDED = frozenset(
    {
        _A.DISPOSAL_OPENED, _A.DISPOSAL_CHANGED, _A.DISPOSAL_SUBMITTED, _A.DISPOSAL_WITHDRAWN, _A.DISPOSAL_FOLLOWED,
        _A.DISPOSAL_CLEARED, _A.DISPOSAL_VALUED, _A.DISPOSAL_ASKED, _A.DISPOSAL_PRICED, _A.DISPOSAL_SUSPENDED,
        _A.QUERY_PUT, _A.QUERY_ANSWERED,
    }
)  # fmt: skip
_PAID = frozenset({_A.PAYOUT_RELEASED, _A.PAYOUT_SENT_BACK, _A.PAYOUT_CANCELLED, _A.PAYOUT_TOLD})
_COUNTED = frozenset(
    {
        _A.STOCKTAKE_COUNTED, _A.STOCKTAKE_SURPLUS_FOUND, _A.STOCKTAKE_CONFIRMED, _A.STOCKTAKE_SENT_BACK,
        _A.STOCKTAKE_SETTLED, _A.STOCKTAKE_REPORTED, _A.STOCKTAKE_RECEIVED, _A.STOCKTAKE_CLOSED,
    }
)  # fmt: skip
_FOUND = frozenset({_A.FINDING_ENTERED, _A.FINDING_REPORTED, _A.FINDING_SENT_BACK, _A.FINDING_CHECKED_OFF})
#: Reports of the ledger, of disposals, counts and findings; every other report is of the register.
_OF_LEDGER: dict[ReportName, frozenset[Action]] = {
    _R.INCOME: _RECEIVED,
    _R.ARREARS: _RECEIVED | _CONTRACTED,
    _R.CONTRACTS: _RECEIVED | _CONTRACTED,
    _R.JOURNAL: _BOOKED,
    _R.ACCOUNT_LEDGER: _BOOKED,
    _R.TRIAL_BALANCE: _BOOKED,
    _R.VOUCHERS: _BOOKED,
    _R.FUND_ACCOUNT: _BOOKED,
    _R.ROLL: _ENROLLED,
    _R.ROLL_CHANGE: frozenset({_A.ROLL_CHANGED, _A.ROLL_CHANGE_REFUSED}),
    _R.DISTRIBUTION_PLAN: _PLANNED,
    _R.DISTRIBUTION_RESULT: _PLANNED | _PAID,
    _R.PAYOUT_SHEET: _PAID,
    _R.HOUSEHOLD_STATEMENT: _PLANNED | _PAID | _ENROLLED,
    _R.HOUSEHOLD_STATEMENTS: _PLANNED | _PAID | _ENROLLED,
    _R.DISPOSAL_SHEET: _DECIDED,
    _R.DISPOSAL_DOSSIER: _DECIDED | _DISPOSED,
    _R.DISPOSAL_REGISTER: _DISPOSED,
    _R.COUNT_SHEET: frozenset({_A.STOCKTAKE_LIST_GREW}),
    _R.COUNT_REPORT: _COUNTED,
    _R.FINDINGS: _FOUND,
    _R.SAMPLE_SHEET: frozenset({_A.SAMPLE_CHECKED}),
    # Papers of what was done in a past period change with nothing that comes later.
    _R.EDIT_LOG: frozenset(),
    _R.LEAVING: frozenset(),
    _R.REVEALS: frozenset(),
    _R.BOOKS_THEN: frozenset(),
    _R.LEDGER_SET: CHANGING | _RECEIVED | _CONTRACTED | _BOOKED | _ENROLLED | _DISPOSED,
}


def changing(report: ReportName) -> frozenset[Action]:
    """Return the deeds after which a report would show other figures."""
    return _OF_LEDGER.get(report, CHANGING)
