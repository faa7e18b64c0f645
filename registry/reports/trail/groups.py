"""Which kind of work a deed of the trail is, by its name: what a reader of the edit log chooses from. Pure."""

from functools import cache

from registry.audit.actions import Action
from registry.text import N_, Labelled


class Group(Labelled):
    """Kinds of work, in the order in which papers list them."""

    ENTERED = "ENTERED", N_("登记、起草")
    CHANGED = "CHANGED", N_("修改、更正")
    CONFIRMED = "CONFIRMED", N_("确认、复核")
    DECIDED = "DECIDED", N_("审批、签署")
    UNDONE = "UNDONE", N_("退回、撤销、冲销")
    CARRIED_OUT = "CARRIED_OUT", N_("执行、办理")
    HANDED_OVER = "HANDED_OVER", N_("移交、交接")
    PEOPLE = "PEOPLE", N_("账号、授权、区划")
    PRINTED = "PRINTED", N_("打印、导出")
    LOOKED = "LOOKED", N_("查阅、登录")
    MACHINE = "MACHINE", N_("系统自动")


_A, _G = Action, Group
#: Deeds whose name alone would mislead, or says nothing.
_NAMED: dict[Action, Group] = {
    **dict.fromkeys((_A.SCHEMA, _A.KEY_USED, _A.WITNESSED, _A.RESTORED, _A.VERIFIED), _G.MACHINE),
    **dict.fromkeys(
        (
            _A.READ,
            _A.ACCESS_DENIED,
            _A.REVEALED,
            _A.REVEAL_DENIED,
            _A.SIGNED_IN,
            _A.PROVED,
            _A.SIGNED_OUT,
            _A.SIGN_IN_FAILED,
            _A.SESSION_ENDED,
            _A.PASSWORD_CHANGED,
            _A.SECOND_FACTOR_SET,
        ),
        _G.LOOKED,
    ),
    **dict.fromkeys(
        (_A.PRINTED, _A.PRINT_DRAWN, _A.EXPORTED_TRAIL, _A.EXPORTED_EVIDENCE, _A.EVIDENCE_SEALED, _A.ROLL_REVEALED),
        _G.PRINTED,
    ),
    **dict.fromkeys(
        (
            _A.HANDED_OVER,
            _A.ASSETS_MOVED,
            _A.PROJECTS_MOVED,
            _A.CUSTODY_ACCEPTED,
            _A.CUSTODY_HANDED_BACK,
            _A.CUSTODY_ENDED,
            _A.DELEGATED,
            _A.DELEGATION_ENDED,
            _A.POST_LEFT,
        ),
        _G.HANDED_OVER,
    ),
    **dict.fromkeys(
        (
            _A.STEP_AGREED,
            _A.STEP_DONE,
            _A.REQUEST_REJECTED,
            _A.REQUEST_CALLED_IN,
            _A.REQUEST_RELEASED,
            _A.RECUSED,
            _A.REOPENING_AGREED,
            _A.REOPENING_REFUSED,
            _A.POLICY_CONFIRMED,
            _A.POLICY_REFUSED,
            _A.CORRECTION_CONFIRMED,
            _A.CORRECTION_REFUSED,
        ),
        _G.DECIDED,
    ),
    **dict.fromkeys((_A.GRANTED, _A.GRANT_ENDED, _A.GO_LIVE_SET, _A.TOKEN_CREATED, _A.TOKEN_REVOKED), _G.PEOPLE),
    **dict.fromkeys((_A.VOUCHER_POSTED, _A.RECEIPT_POSTED, _A.RECEIPT_NOTED), _G.CONFIRMED),
    _A.NOTICE_POSTED: _G.CARRIED_OUT,
    _A.DISPOSAL_PRICED: _G.ENTERED,
}
#: What else a name says: the first piece that it begins or ends with decides.
_BEGINNINGS: tuple[tuple[str, Group], ...] = (("USER_", _G.PEOPLE), ("REGION", _G.PEOPLE))
_ENDINGS: tuple[tuple[str, Group], ...] = (
    ("EXPORTED", _G.PRINTED),
    ("_SENT_BACK", _G.UNDONE), ("_WITHDRAWN", _G.UNDONE), ("_VOIDED", _G.UNDONE), ("_REVERSED", _G.UNDONE),
    ("_UNDONE", _G.UNDONE), ("_CANCELLED", _G.UNDONE), ("_DROPPED", _G.UNDONE), ("_REFUSED", _G.UNDONE),
    ("_CONFIRMED", _G.CONFIRMED), ("_CHECKED", _G.CONFIRMED), ("_RELEASED", _G.CONFIRMED), ("_RECEIVED", _G.CONFIRMED),
    ("_VERIFIED", _G.CONFIRMED), ("_CLOSED", _G.CONFIRMED), ("_REVIEWED", _G.CONFIRMED),
    ("_AGREED", _G.DECIDED), ("_CLEARED", _G.DECIDED), ("_FOLLOWED", _G.DECIDED),
    ("_CHANGED", _G.CHANGED), ("_CORRECTED", _G.CHANGED), ("_RESUBMITTED", _G.CHANGED), ("_REWORDED", _G.CHANGED),
    ("_AMENDED", _G.CHANGED), ("_SETTLED", _G.CHANGED),
    ("_CARRIED_OUT", _G.CARRIED_OUT), ("_EXECUTED", _G.CARRIED_OUT), ("_REGISTERED", _G.CARRIED_OUT),
    ("_SIGNED", _G.CARRIED_OUT), ("_TOLD", _G.CARRIED_OUT), ("_TAKEN_DOWN", _G.CARRIED_OUT),
)  # fmt: skip

#: What changes the register: what an edit log lists unless one kind is asked for.
EDITS = (_G.ENTERED, _G.CHANGED, _G.CONFIRMED, _G.DECIDED, _G.UNDONE, _G.CARRIED_OUT, _G.HANDED_OVER, _G.PEOPLE)


@cache
def group_of(action: Action) -> Group:
    """Return the kind of work a deed is; what no rule knows was entered by somebody."""
    if action in _NAMED:
        return _NAMED[action]
    name = action.value
    by_end = (group for ending, group in _ENDINGS if name.endswith(ending))
    by_start = (group for beginning, group in _BEGINNINGS if name.startswith(beginning))
    return next(by_start, None) or next(by_end, Group.ENTERED)


def actions_of(groups: tuple[Group, ...]) -> tuple[Action, ...]:
    """Return the deeds of some kinds of work."""
    return tuple(action for action in Action if group_of(action) in groups)
