"""What the register does when a case is agreed to, deed by deed."""

from collections.abc import Callable, Sequence
from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.services import mark_executed
from registry.assets.register.cards.models import Asset
from registry.assets.register.categories import TitleStatus
from registry.assets.register.rights.lineage import merge_assets, split_asset
from registry.assets.register.rights.services import Holder, change_owners, rename_owner, set_title
from registry.assets.title.cases.content import parts_of
from registry.assets.title.cases.models import TitleCase, TitleLine
from registry.assets.title.cases.queries import list_assets_held_by
from registry.assets.title.certificates.services import void_certificates
from registry.assets.title.rules import CaseStatus
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db
from registry.kinds import TitleDeed
from registry.parties.models import Party
from registry.parties.services import rename_party
from registry.permissions import Actor
from registry.policy.rules import Policy
from registry.text import N_

Deed = Callable[[TitleCase, Sequence[TitleLine], Actor, date], bool]


def carry_out(
    case: TitleCase, lines: Sequence[TitleLine], request: ApprovalRequest, *, by: Actor, on: date, policy: Policy
) -> None:
    """Let the register follow a case that was agreed to; certificates and signatures come afterwards."""
    taken = [line for line in lines if line.is_in]
    waits = _DEEDS[case.kind](case, taken, by, on)
    case.status, case.approved_on = CaseStatus.APPROVED.value, on
    if not waits:
        case.status, case.done_on = CaseStatus.DONE.value, on
    record(Action.TITLE_AGREED, case, by=by, content=request.content_digest)
    if case.kind not in _CARRIED_OUT_LATER:
        mark_executed(request, by=by, on=on, policy=policy)


#: Deeds that end with a certificate in hand or a signed sheet; until then they may still be called in.
_CARRIED_OUT_LATER = frozenset({TitleDeed.FIRST_TITLE, TitleDeed.HAND_OVER})


def holders_of_line(line: TitleLine) -> list[Holder]:
    """Return who shall hold an asset."""
    return [Holder(owner.party, owner.share_bp) for owner in line.owners]


def _first_title(_case: TitleCase, lines: Sequence[TitleLine], _by: Actor, on: date) -> bool:
    assets = [line.asset for line in lines]
    change_owners([(line.asset, holders_of_line(line)) for line in lines], on=on)
    set_title(assets, TitleStatus.CONFIRMED, on=on)
    return True


def _hand_over(_case: TitleCase, _lines: Sequence[TitleLine], _by: Actor, _on: date) -> bool:
    return True


def _error(_case: TitleCase, lines: Sequence[TitleLine], _by: Actor, on: date) -> bool:
    assets = [line.asset for line in lines]
    void_certificates(assets, N_("权属登记更正"), on=on)
    change_owners([(line.asset, holders_of_line(line)) for line in lines], on=on)
    return True


def _owner_name(case: TitleCase, _lines: Sequence[TitleLine], by: Actor, _on: date) -> bool:
    party = db.session.get_one(Party, case.party_id)
    rename_party(party, case.new_name, case.new_credit_code, by=by)
    rename_owner(list_assets_held_by(party))
    return False


def _split(case: TitleCase, lines: Sequence[TitleLine], by: Actor, on: date) -> bool:
    asset = lines[0].asset
    children = split_asset(asset, parts_of(case), by=by, on=on)
    void_certificates([asset], N_("资产已分拆"), on=on)
    return _wait(children)


def _merger(case: TitleCase, lines: Sequence[TitleLine], by: Actor, on: date) -> bool:
    assets = [line.asset for line in lines]
    child = merge_assets(assets, case.merged_name, by=by, on=on)
    void_certificates(assets, N_("资产已合并"), on=on)
    return _wait([child])


def _wait(children: Sequence[Asset]) -> bool:
    """Say whether what came of split or merger waits for certificates: only what was titled does."""
    return any(child.title_status == TitleStatus.CONFIRMED for child in children)


_DEEDS: dict[TitleDeed, Deed] = {
    TitleDeed.FIRST_TITLE: _first_title,
    TitleDeed.HAND_OVER: _hand_over,
    TitleDeed.ERROR: _error,
    TitleDeed.OWNER_NAME: _owner_name,
    TitleDeed.SPLIT: _split,
    TitleDeed.MERGER: _merger,
}
