"""Who is meant when the authorisation matrix names a right: sets of roles written by hand, not derived from GRANTS."""

from registry.permissions import Role

_R = Role
ANYBODY: frozenset[Role | None] = frozenset({*Role, None})
EVERYONE: frozenset[Role | None] = frozenset(Role)
ADMINISTRATORS: frozenset[Role | None] = frozenset(
    {_R.SYSTEM_ADMINISTRATOR, _R.SECURITY_ADMINISTRATOR, _R.AUDIT_ADMINISTRATOR}
)
READERS = EVERYONE - ADMINISTRATORS
PRINTERS = READERS - {_R.CUSTODIAN}
ENTERERS: frozenset[Role | None] = frozenset({_R.VILLAGE_CLERK, _R.TOWNSHIP_CLERK, _R.COUNTY_CLERK})
CONFIRMERS: frozenset[Role | None] = frozenset(
    {_R.VILLAGE_HEAD, _R.TOWNSHIP_CLERK, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_CLERK, _R.COUNTY_AGRICULTURE}
)
UPPER_CONFIRMERS: frozenset[Role | None] = frozenset(
    {_R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE, _R.MUNICIPAL_SUPERVISOR}
)
ADDERS_OF_EVIDENCE: frozenset[Role | None] = ENTERERS | {_R.VILLAGE_HEAD, _R.CUSTODIAN, _R.TOWNSHIP_SUPERVISOR}
COMMENTERS: frozenset[Role | None] = UPPER_CONFIRMERS | {
    _R.VILLAGE_SUPERVISORY_COMMITTEE,
    _R.SUPERVISORY_BOARD,
    _R.RESIDENT_WORK_TEAM,
    _R.COUNTY_FINANCE,
    _R.COUNTY_GOVERNMENT,
    _R.SECTOR_OFFICER,
    _R.DISCIPLINE_INSPECTOR,
}
REVEALERS: frozenset[Role | None] = UPPER_CONFIRMERS | {_R.AUDITOR}
GO_LIVE_SETTERS: frozenset[Role | None] = frozenset({_R.COUNTY_CLERK, _R.COUNTY_AGRICULTURE})
#: Everybody who reads a register but those at the counter of the village.
EXPORTERS = PRINTERS - {
    _R.DEPUTY,
    _R.CASHIER,
    _R.VILLAGE_SUPERVISORY_COMMITTEE,
    _R.SUPERVISORY_BOARD,
    _R.RESIDENT_WORK_TEAM,
}
TRAIL_VERIFIERS: frozenset[Role | None] = frozenset(
    {
        _R.COUNTY_AGRICULTURE,
        _R.DISCIPLINE_INSPECTOR,
        _R.MUNICIPAL_SUPERVISOR,
        _R.AUDITOR,
        _R.AUDIT_ADMINISTRATOR,
    }
)
TRAIL_EXPORTERS: frozenset[Role | None] = frozenset({_R.AUDITOR, _R.AUDIT_ADMINISTRATOR})
TRAIL_READERS = PRINTERS | {_R.AUDIT_ADMINISTRATOR}
POLICY_PROPOSERS: frozenset[Role | None] = frozenset({_R.COUNTY_CLERK, _R.COUNTY_AGRICULTURE, _R.MUNICIPAL_SUPERVISOR})
POLICY_CONFIRMERS: frozenset[Role | None] = frozenset(
    {_R.COUNTY_AGRICULTURE, _R.COUNTY_GOVERNMENT, _R.MUNICIPAL_SUPERVISOR}
)
OBJECTION_ENTERERS: frozenset[Role | None] = ENTERERS | {
    _R.VILLAGE_HEAD, _R.VILLAGE_SUPERVISORY_COMMITTEE, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE,
}  # fmt: skip
OBJECTION_ANSWERERS: frozenset[Role | None] = UPPER_CONFIRMERS | {_R.VILLAGE_HEAD}
SYSTEM: frozenset[Role | None] = frozenset({_R.SYSTEM_ADMINISTRATOR})
SECURITY: frozenset[Role | None] = frozenset({_R.SECURITY_ADMINISTRATOR})

TITLE_ENTERERS: frozenset[Role | None] = ENTERERS | {_R.SECTOR_OFFICER}
TITLE_REGISTRARS: frozenset[Role | None] = frozenset({_R.TOWNSHIP_CLERK, _R.COUNTY_CLERK})
ACCEPTERS: frozenset[Role | None] = ENTERERS | {_R.VILLAGE_HEAD, _R.CUSTODIAN}
PATROLLERS: frozenset[Role | None] = ENTERERS | {_R.CUSTODIAN}
CHECKERS: frozenset[Role | None] = frozenset(
    {_R.VILLAGE_HEAD, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE, _R.SECTOR_OFFICER}
)

#: Who brings meetings and notices to the cases of their units.
CASE_CLERKS: frozenset[Role | None] = ENTERERS
#: Who may sit at a desk on which cases are decided.
DECIDERS: frozenset[Role | None] = UPPER_CONFIRMERS | {
    _R.VILLAGE_HEAD,
    _R.VILLAGE_SUPERVISORY_COMMITTEE,
    _R.SUPERVISORY_BOARD,
    _R.COUNTY_FINANCE,
    _R.COUNTY_GOVERNMENT,
    _R.SECTOR_OFFICER,
    _R.DEPUTY,
}

#: Everybody who watches a unit but the custodian sees its money.
LEDGER_READERS = READERS - {_R.CUSTODIAN}
MONEY_ENTERERS: frozenset[Role | None] = ENTERERS
VOUCHER_MAKERS: frozenset[Role | None] = ENTERERS | {_R.TOWNSHIP_ACCOUNTANT}
MONEY_CHECKERS: frozenset[Role | None] = frozenset(
    {_R.VILLAGE_HEAD, _R.TOWNSHIP_ACCOUNTANT, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE}
)
PERIOD_REOPENERS: frozenset[Role | None] = frozenset(
    {_R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE, _R.COUNTY_FINANCE, _R.MUNICIPAL_SUPERVISOR}
)
PAYERS: frozenset[Role | None] = frozenset({_R.CASHIER, _R.TOWNSHIP_ACCOUNTANT})
#: The county calls a count; clerks and custodians count; heads and supervisors confirm, and receive from below.
COUNT_OPENERS: frozenset[Role | None] = frozenset({_R.COUNTY_CLERK, _R.COUNTY_AGRICULTURE})
COUNTERS: frozenset[Role | None] = ENTERERS | {_R.CUSTODIAN}
COUNT_CONFIRMERS: frozenset[Role | None] = frozenset({_R.VILLAGE_HEAD, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE})
#: Levels above hand warnings on; clerks and heads of the unit that has them answer.
WARNING_DESKS: frozenset[Role | None] = UPPER_CONFIRMERS | {_R.COUNTY_FINANCE, _R.SECTOR_OFFICER}
WARNING_ANSWERERS: frozenset[Role | None] = ENTERERS | COUNT_CONFIRMERS
#: Clerks enter who answers for a duty, heads and supervisors confirm; a municipality has supervisors only.
DUTY_ENTERERS: frozenset[Role | None] = ENTERERS | {_R.MUNICIPAL_SUPERVISOR}
DUTY_CONFIRMERS: frozenset[Role | None] = frozenset(
    {_R.VILLAGE_HEAD, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE, _R.COUNTY_GOVERNMENT, _R.MUNICIPAL_SUPERVISOR}
)
#: Whoever supervises enters findings; clerks and heads of villages mend; above and outside they are checked off.
FINDERS: frozenset[Role | None] = UPPER_CONFIRMERS | {
    _R.VILLAGE_SUPERVISORY_COMMITTEE,
    _R.SUPERVISORY_BOARD,
    _R.RESIDENT_WORK_TEAM,
    _R.COUNTY_FINANCE,
    _R.SECTOR_OFFICER,
    _R.DISCIPLINE_INSPECTOR,
    _R.AUDITOR,
}
MENDERS: frozenset[Role | None] = ENTERERS | {_R.VILLAGE_HEAD}
CHECKERS_OFF: frozenset[Role | None] = UPPER_CONFIRMERS | {_R.DISCIPLINE_INSPECTOR, _R.AUDITOR}
SAMPLERS: frozenset[Role | None] = CHECKERS_OFF | {_R.COUNTY_FINANCE}
EVALUATORS: frozenset[Role | None] = frozenset({_R.COUNTY_CLERK, _R.TOWNSHIP_SUPERVISOR})
EVALUATION_CONFIRMERS: frozenset[Role | None] = frozenset({_R.COUNTY_AGRICULTURE})
