"""Every JSON resource there is, feature by feature."""

import registry.approvals.meetings.api
import registry.approvals.notices.api
import registry.approvals.notices.objection_api
import registry.assets.custody.agreements.api
import registry.assets.custody.faults.api
import registry.assets.custody.overview.api
import registry.assets.custody.patrols.api
import registry.assets.custody.posts.api
import registry.assets.register.amendments.api
import registry.assets.register.cards.api
import registry.assets.register.lookup.api
import registry.assets.register.projects.api
import registry.assets.register.sheets.api
import registry.assets.title.cases.api
import registry.assets.title.cases.editing_api
import registry.assets.title.encumbrances.api
import registry.assets.title.execution.api
import registry.assets.title.standing.api
import registry.audit.api
import registry.disposal.procedure.api
import registry.disposal.procedure.deed_api
import registry.disposal.procedure.editing_api
import registry.disposal.proceeds.api
import registry.disposal.proceeds.use_api
import registry.ledger.books.api
import registry.ledger.books.drafts.api
import registry.ledger.books.exchange.api
import registry.ledger.books.opening.api
import registry.ledger.books.periods.api
import registry.ledger.distribution.payout.api
import registry.ledger.distribution.plans.api
import registry.ledger.distribution.rolls.api
import registry.ledger.distribution.work.api
import registry.ledger.operation.arrears.api
import registry.ledger.operation.closing.api
import registry.ledger.operation.contracts.api
import registry.ledger.operation.equity.api
import registry.ledger.operation.receipts.api
import registry.ledger.operation.vouchers.api
import registry.parties.api
import registry.parties.households.api
import registry.places.api
import registry.policy.api
import registry.reports.api
import registry.reports.boards.api
import registry.reports.desk.api
import registry.reports.desk.bundle_api
import registry.reports.months.api
import registry.supervision.duties.api
import registry.supervision.engagements.api
import registry.supervision.evaluation.api
import registry.supervision.findings.api
import registry.supervision.sampling.api
import registry.supervision.stocktaking.api
import registry.supervision.warnings.api
import registry.workbench.api.bringing
import registry.workbench.api.delegations
import registry.workbench.api.querying
import registry.workbench.api.requests
from registry.rest import openapi

RESOURCES: tuple[openapi.Resources, ...] = (
    registry.assets.register.lookup.api.resources,
    registry.assets.register.cards.api.resources,
    registry.assets.register.amendments.api.resources,
    registry.assets.register.projects.api.resources,
    registry.assets.register.sheets.api.resources,
    registry.assets.title.cases.api.resources,
    registry.assets.title.cases.editing_api.resources,
    registry.assets.title.execution.api.resources,
    registry.assets.title.encumbrances.api.resources,
    registry.assets.title.standing.api.resources,
    registry.assets.custody.overview.api.resources,
    registry.assets.custody.agreements.api.resources,
    registry.assets.custody.patrols.api.resources,
    registry.assets.custody.faults.api.resources,
    registry.assets.custody.posts.api.resources,
    registry.supervision.stocktaking.api.resources,
    registry.supervision.warnings.api.resources,
    registry.supervision.duties.api.resources,
    registry.reports.months.api.resources,
    registry.supervision.findings.api.resources,
    registry.supervision.evaluation.api.resources,
    registry.supervision.engagements.api.resources,
    registry.supervision.sampling.api.resources,
    registry.ledger.operation.receipts.api.resources,
    registry.ledger.operation.arrears.api.resources,
    registry.ledger.operation.closing.api.resources,
    registry.ledger.operation.vouchers.api.resources,
    registry.ledger.distribution.plans.api.resources,
    registry.ledger.distribution.payout.api.resources,
    registry.ledger.distribution.work.api.resources,
    registry.disposal.proceeds.api.resources,
    registry.disposal.proceeds.use_api.resources,
    registry.disposal.procedure.api.resources,
    registry.disposal.procedure.editing_api.resources,
    registry.disposal.procedure.deed_api.resources,
    registry.parties.api.resources,
    registry.parties.households.api.resources,
    registry.ledger.distribution.rolls.api.resources,
    registry.places.api.resources,
    registry.reports.api.resources,
    registry.reports.desk.api.resources,
    registry.reports.desk.bundle_api.resources,
    registry.reports.boards.api.resources,
    registry.audit.api.resources,
    registry.policy.api.resources,
    registry.workbench.api.requests.resources,
    registry.workbench.api.bringing.resources,
    registry.workbench.api.querying.resources,
    registry.workbench.api.delegations.resources,
    registry.approvals.meetings.api.resources,
    registry.approvals.notices.api.resources,
    registry.approvals.notices.objection_api.resources,
    registry.ledger.operation.contracts.api.resources,
    registry.ledger.operation.equity.api.resources,
    registry.ledger.books.api.resources,
    registry.ledger.books.drafts.api.resources,
    registry.ledger.books.periods.api.resources,
    registry.ledger.books.opening.api.resources,
    registry.ledger.books.exchange.api.resources,
)
