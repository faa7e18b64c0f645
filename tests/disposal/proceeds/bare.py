"""An account of earmarked money in any unit, for whoever asks only whether it is found."""

from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.kinds import DisposalKind, DisposalStatus, Ground
from registry.disposal.proceeds.models import Proceeds
from registry.disposal.proceeds.rules import Portion
from registry.disposal.proceeds.services import open_proceeds
from registry.parties.models import Party
from registry.permissions import Actor
from registry.policy.queries import policy_for
from tests.factories import TODAY


def bare_account(asset: Asset, owner: Party, by: Actor) -> Proceeds:
    """Open the account of a case that is only a draft, inside the caller's transaction."""
    case = DisposalCase(
        region_code=asset.region_code, number=f"CZ-{asset.region_code}-P", kind=DisposalKind.SALE.value,
        ground=Ground.OTHER.value, status=DisposalStatus.DRAFT.value, title="出售冷库", reason="闲置",
        category=asset.category, effective_on=TODAY, owner_kind=owner.kind, owner_id=owner.id, opened_by_text="test",
        opened_at=now(),
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    record(Action.DISPOSAL_OPENED, case, by=by)
    portion = Portion(owner, 1_000_000, 0, 500_000, TODAY, "回单 1")
    return open_proceeds(case, [portion], by=by, on=TODAY, policy=policy_for(asset.region_code, TODAY))[0]
