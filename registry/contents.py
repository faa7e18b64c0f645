"""Every page there is, feature by feature; the JSON resources stand in ``resources``."""

import registry.accounts.administration
import registry.accounts.token_views
import registry.accounts.views
import registry.approvals.meetings.views
import registry.approvals.notices.objection_views
import registry.approvals.notices.public_views
import registry.approvals.notices.views
import registry.assets.custody.agreements.views
import registry.assets.custody.faults.views
import registry.assets.custody.overview.views
import registry.assets.custody.patrols.views
import registry.assets.custody.posts.views
import registry.assets.register.amendments.views
import registry.assets.register.cards.evidence_views
import registry.assets.register.cards.views
import registry.assets.register.lookup.money_views
import registry.assets.register.lookup.views
import registry.assets.register.projects.views
import registry.assets.register.sheets.views
import registry.assets.title.cases.editing_views
import registry.assets.title.cases.views
import registry.assets.title.encumbrances.views
import registry.assets.title.execution.views
import registry.assets.title.standing.views
import registry.audit.views
import registry.disposal.procedure.case_views
import registry.disposal.procedure.deed_views
import registry.disposal.procedure.edit_views
import registry.disposal.procedure.line_views
import registry.disposal.procedure.price_views
import registry.disposal.proceeds.use_views
import registry.disposal.proceeds.views
import registry.ledger.books.drafts.views
import registry.ledger.books.exchange.views
import registry.ledger.books.opening.views
import registry.ledger.books.periods.views
import registry.ledger.books.views
import registry.ledger.distribution.payout.publishing_views
import registry.ledger.distribution.payout.result_views
import registry.ledger.distribution.payout.views
import registry.ledger.distribution.plans.benefit_views
import registry.ledger.distribution.plans.chain_views
import registry.ledger.distribution.plans.step_views
import registry.ledger.distribution.plans.views
import registry.ledger.distribution.rolls.again_views
import registry.ledger.distribution.rolls.change_views
import registry.ledger.distribution.rolls.export_views
import registry.ledger.distribution.rolls.list_views
import registry.ledger.distribution.rolls.views
import registry.ledger.distribution.work.views
import registry.ledger.operation.arrears.due_views
import registry.ledger.operation.arrears.views
import registry.ledger.operation.closing.views
import registry.ledger.operation.contracts.deed_views
import registry.ledger.operation.contracts.views
import registry.ledger.operation.equity.views
import registry.ledger.operation.receipts.list_views
import registry.ledger.operation.receipts.row_views
import registry.ledger.operation.receipts.views
import registry.ledger.operation.reviews.views
import registry.ledger.operation.sheet.views
import registry.ledger.operation.vouchers.views
import registry.operations.views
import registry.parties.households.account_views
import registry.parties.households.views
import registry.parties.views
import registry.places.views
import registry.policy.views
import registry.reports.boards.views
import registry.reports.desk.paper_views
import registry.reports.desk.views
import registry.reports.disposals.views
import registry.reports.duty_views
import registry.reports.finding_views
import registry.reports.ledger_views
import registry.reports.months.views
import registry.reports.public.views
import registry.reports.stock_views
import registry.reports.title_views
import registry.reports.views
import registry.rest.pages
import registry.supervision.duties.views
import registry.supervision.engagements.views
import registry.supervision.evaluation.line_views
import registry.supervision.evaluation.views
import registry.supervision.findings.views
import registry.supervision.sampling.views
import registry.supervision.stocktaking.chain_views
import registry.supervision.stocktaking.difference_views
import registry.supervision.stocktaking.sheet_views
import registry.supervision.stocktaking.views
import registry.supervision.warnings.hand_off_views
import registry.supervision.warnings.views
import registry.web
import registry.workbench.answering
import registry.workbench.bringing
import registry.workbench.deciding
import registry.workbench.delegations
import registry.workbench.mergers
import registry.workbench.people
import registry.workbench.publishing
import registry.workbench.querying
import registry.workbench.sources
import registry.workbench.views

BLUEPRINTS = (
    registry.web.blueprint,
    registry.workbench.views.blueprint,
    registry.workbench.deciding.blueprint,
    registry.workbench.answering.blueprint,
    registry.workbench.bringing.blueprint,
    registry.workbench.querying.blueprint,
    registry.workbench.delegations.blueprint,
    registry.workbench.publishing.blueprint,
    registry.workbench.sources.blueprint,
    registry.accounts.views.blueprint,
    registry.accounts.token_views.blueprint,
    registry.accounts.administration.blueprint,
    registry.places.views.blueprint,
    registry.workbench.mergers.blueprint,
    registry.workbench.people.blueprint,
    registry.assets.register.cards.views.blueprint,
    registry.assets.register.cards.evidence_views.blueprint,
    registry.assets.register.amendments.views.blueprint,
    registry.assets.register.projects.views.blueprint,
    registry.assets.register.lookup.money_views.blueprint,
    registry.assets.register.sheets.views.blueprint,
    registry.assets.register.lookup.views.blueprint,
    registry.approvals.meetings.views.blueprint,
    registry.approvals.notices.views.blueprint,
    registry.approvals.notices.objection_views.blueprint,
    registry.approvals.notices.public_views.blueprint,
    registry.assets.title.cases.views.blueprint,
    registry.assets.title.cases.editing_views.blueprint,
    registry.assets.title.execution.views.blueprint,
    registry.assets.title.encumbrances.views.blueprint,
    registry.assets.title.standing.views.blueprint,
    registry.assets.custody.overview.views.blueprint,
    registry.assets.custody.agreements.views.blueprint,
    registry.assets.custody.posts.views.blueprint,
    registry.assets.custody.faults.views.blueprint,
    registry.assets.custody.patrols.views.blueprint,
    registry.ledger.operation.contracts.views.blueprint,
    registry.ledger.operation.contracts.deed_views.blueprint,
    registry.ledger.operation.equity.views.blueprint,
    registry.ledger.operation.reviews.views.blueprint,
    registry.ledger.operation.receipts.views.blueprint,
    registry.ledger.operation.receipts.list_views.blueprint,
    registry.ledger.operation.receipts.row_views.blueprint,
    registry.ledger.operation.sheet.views.blueprint,
    registry.ledger.operation.closing.views.blueprint,
    registry.ledger.operation.vouchers.views.blueprint,
    registry.ledger.operation.arrears.views.blueprint,
    registry.ledger.operation.arrears.due_views.blueprint,
    registry.parties.views.blueprint,
    registry.parties.households.views.blueprint,
    registry.parties.households.account_views.blueprint,
    registry.ledger.distribution.plans.views.blueprint,
    registry.ledger.distribution.plans.step_views.blueprint,
    registry.ledger.distribution.plans.chain_views.blueprint,
    registry.ledger.distribution.plans.benefit_views.blueprint,
    registry.ledger.distribution.payout.views.blueprint,
    registry.ledger.distribution.payout.result_views.blueprint,
    registry.ledger.distribution.payout.publishing_views.blueprint,
    registry.ledger.distribution.work.views.blueprint,
    registry.ledger.distribution.rolls.views.blueprint,
    registry.ledger.distribution.rolls.again_views.blueprint,
    registry.ledger.distribution.rolls.list_views.blueprint,
    registry.ledger.distribution.rolls.export_views.blueprint,
    registry.ledger.distribution.rolls.change_views.blueprint,
    registry.disposal.procedure.case_views.blueprint,
    registry.disposal.procedure.edit_views.blueprint,
    registry.disposal.procedure.line_views.blueprint,
    registry.disposal.procedure.price_views.blueprint,
    registry.disposal.procedure.deed_views.blueprint,
    registry.disposal.proceeds.views.blueprint,
    registry.disposal.proceeds.use_views.blueprint,
    registry.policy.views.blueprint,
    registry.reports.views.blueprint,
    registry.reports.boards.views.blueprint,
    registry.reports.desk.views.blueprint,
    registry.reports.desk.paper_views.blueprint,
    registry.reports.disposals.views.blueprint,
    registry.reports.title_views.blueprint,
    registry.reports.ledger_views.blueprint,
    registry.reports.stock_views.blueprint,
    registry.reports.duty_views.blueprint,
    registry.reports.months.views.blueprint,
    registry.reports.public.views.blueprint,
    registry.reports.finding_views.blueprint,
    registry.supervision.stocktaking.views.blueprint,
    registry.supervision.stocktaking.sheet_views.blueprint,
    registry.supervision.stocktaking.difference_views.blueprint,
    registry.supervision.stocktaking.chain_views.blueprint,
    registry.supervision.warnings.views.blueprint,
    registry.supervision.warnings.hand_off_views.blueprint,
    registry.supervision.duties.views.blueprint,
    registry.supervision.findings.views.blueprint,
    registry.supervision.engagements.views.blueprint,
    registry.supervision.sampling.views.blueprint,
    registry.supervision.evaluation.views.blueprint,
    registry.supervision.evaluation.line_views.blueprint,
    registry.audit.views.blueprint,
    registry.operations.views.blueprint,
    registry.rest.pages.blueprint,
    registry.ledger.books.views.blueprint,
    registry.ledger.books.drafts.views.blueprint,
    registry.ledger.books.periods.views.blueprint,
    registry.ledger.books.opening.views.blueprint,
    registry.ledger.books.exchange.views.blueprint,
)
