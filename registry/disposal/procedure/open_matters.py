"""What is still open about assets that are to be disposed of: what the applicant must say how to settle."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from registry.disposal.gates.kinds import Gate
from registry.disposal.gates.standing import standing_of
from registry.money import format_yuan

#: What is open by gate, in words; a gate that is not named has nothing open.
OpenMatters = dict[Gate, str]


def open_matters(asset_ids: Sequence[int], on: date) -> OpenMatters:
    """Return what contract, arrears, deposits, income, repairs and custody still bind these assets."""
    found = standing_of(asset_ids, on, besides=0)
    said = {
        Gate.CONTRACT: "、".join(dict.fromkeys(found.contracts.values())),
        Gate.ARREARS: _money(found.owed, _("还欠 %(amount)s 元没有收回")),
        Gate.DEPOSIT: _money(found.held, _("还有押金、预收款 %(amount)s 元没有退抵")),
        Gate.INCOME: _money(found.undistributed, _("还有收益 %(amount)s 元没有分配")),
        Gate.REPAIR: "、".join(dict.fromkeys([*found.repairs.values(), *found.refused_repairs.values()])),
        Gate.CUSTODY: "、".join(dict.fromkeys(found.custodians.values())),
    }
    return {gate: text for gate, text in said.items() if text}


def _money(by_asset: dict[int, int], said: str) -> str:
    total = sum(by_asset.values())
    return said % {"amount": format_yuan(total)} if total else ""
