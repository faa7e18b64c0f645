"""A contract as the request pages show it: what will be paid, by whom, to whom, and what should be looked at."""

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.tables import Column, NoticeTable
from registry.approvals.requests.models import ApprovalRequest
from registry.assets.register.categories import OperatingMode
from registry.kinds import OwnerKind
from registry.ledger.operation.contracts.deciding import contract_of_request
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.services import assets_of
from registry.ledger.operation.contracts.showing import cautions_of, price_words, share_words, term_words
from registry.text import N_
from registry.workbench.showing.trial import Change, Posting, Trial


def trial(request: ApprovalRequest) -> Trial:
    """Return a contract as if it were signed."""
    contract = contract_of_request(request)
    facts = (
        (_("合同"), contract.name),
        (_("经营方式"), _(contract.way.label)),
        (_("经营方"), contract.operator_name),
        (_("期限"), term_words(contract)),
        (_("怎么付"), price_words(contract)),
        (_("权利人份额"), share_words(contract)),
        (_("经营方案"), contract.plan),
        *((_("请注意"), text) for text in cautions_of(contract)),
    )
    return Trial(url_for("contracts.show", contract_id=contract.id), facts, _changes(contract), is_mended_there=True)


def _changes(contract: Contract) -> tuple[Change, ...]:
    after = _("%(mode)s：%(operator)s", mode=_(contract.way.label), operator=contract.operator_name)
    return tuple(
        Change(asset.name, _(OperatingMode(asset.operating_mode or OperatingMode.NONE).label), after)
        for asset in assets_of(contract)
    )


def _is_person(contract: Contract) -> bool:
    return contract.operator is None or contract.operator.owner_kind is OwnerKind.HOUSEHOLD


def posting(request: ApprovalRequest) -> Posting:
    """Return how the notice of a contract begins."""
    contract = contract_of_request(request)
    rows = tuple(
        (asset.name, contract.way.label, contract.operator_name, term_words(contract), price_words(contract))
        for asset in assets_of(contract)
    )
    columns = (
        Column(N_("资产")), Column(N_("经营方式")), Column(N_("经营方"), personal=_is_person(contract)),
        Column(N_("期限")), Column(N_("价款")),
    )  # fmt: skip
    body = N_("经会议决定，拟按下列方式经营集体资产并签订合同，现予公示。有异议的请在公示期内提出。")
    return Posting(NoticeKind.OPERATION, request.title, body, NoticeTable(columns, rows))
