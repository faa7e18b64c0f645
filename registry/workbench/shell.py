"""The frame around every page: menu, region switch, search, text size."""

from dataclasses import dataclass

from flask import g, request, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user

from registry import config
from registry.accounts.installation import is_demo
from registry.database import why_read_only
from registry.permissions import Actor, Permission, may, reaches
from registry.places.queries import list_children, path_of
from registry.regions import covers, is_code
from registry.text import N_
from registry.workbench.todo import Group, count_of


@dataclass(frozen=True)
class MenuItem:
    """One entry of the menu; ``count`` says how much waits there, empty for nothing."""

    label: str
    url: str
    icon: str
    active: bool
    count: str = ""


@dataclass(frozen=True)
class MenuGroup:
    """Entries under one heading."""

    label: str
    items: tuple[MenuItem, ...]


@dataclass(frozen=True)
class Shell:
    """Everything the frame shows."""

    product_name: str
    version: str
    lang: str
    large: bool
    demo: bool
    read_only: str
    user_name: str
    user_post: str
    region_trail: tuple[tuple[str, str], ...]
    region_children: tuple[tuple[str, str], ...]
    menu: tuple[MenuGroup, ...]
    bottom: tuple[MenuItem, ...]
    home_url: str
    search_url: str
    me_url: str
    sign_in_url: str
    sign_out_url: str


@dataclass(frozen=True)
class Entry:
    """A page in the menu and the permission it needs."""

    label: str
    endpoint: str
    icon: str
    permission: Permission


_P = Permission
MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry(N_("工作台"), "workbench.home", "house", _P.OWN_ACCOUNT),
            Entry(N_("待办事项"), "workbench.todo", "check2-square", _P.ASSET_READ),
        ),
    ),
    (
        N_("资产"),
        (
            Entry(N_("资产台账"), "lookup.assets", "archive", _P.ASSET_READ),
            Entry(N_("批量导入"), "sheets.upload", "upload", _P.ASSET_ENTER),
            Entry(N_("项目与资金"), "projects.index", "file-earmark-text", _P.ASSET_READ),
            Entry(N_("管护巡查"), "custody.index", "clipboard-check", _P.ASSET_READ),
            Entry(N_("清查盘点"), "stocktaking.index", "check2-square", _P.ASSET_READ),
            Entry(N_("确权移交"), "title.index", "patch-check", _P.ASSET_READ),
        ),
    ),
    (
        N_("收益与账簿"),
        (
            Entry(N_("经营合同"), "contracts.index", "file-earmark-text", _P.LEDGER_READ),
            Entry(N_("收益"), "income.index", "cash-coin", _P.LEDGER_READ),
            Entry(N_("收益分配"), "distributions.index", "people", _P.LEDGER_READ),
            Entry(N_("受益对象"), "beneficiaries.index", "people", _P.LEDGER_READ),
            Entry(N_("账簿"), "books.index", "table", _P.LEDGER_READ),
        ),
    ),
    (
        N_("程序"),
        (
            Entry(N_("审批事项"), "deciding.index", "patch-check", _P.ASSET_READ),
            Entry(N_("会议"), "meetings.index", "people", _P.ASSET_READ),
            Entry(N_("公示"), "notices.index", "megaphone", _P.ASSET_READ),
            Entry(N_("政策与流程"), "policy.index", "clipboard-check", _P.ASSET_READ),
        ),
    ),
    (
        N_("监督"),
        (
            Entry(N_("监督看板"), "boards.show", "table", _P.LEDGER_READ),
            Entry(N_("风险预警"), "warnings.index", "exclamation-triangle", _P.ASSET_READ),
            Entry(N_("处置审批"), "disposals.index", "box-arrow-right", _P.ASSET_READ),
            Entry(N_("处置收入"), "proceeds.index", "cash-coin", _P.LEDGER_READ),
            Entry(N_("责任清单"), "duties.index", "people", _P.DUTY_READ),
            Entry(N_("问题整改"), "findings.index", "exclamation-triangle", _P.ASSET_READ),
            Entry(N_("绩效评价"), "evaluation.index", "patch-check", _P.ASSET_READ),
            Entry(N_("抽样检查"), "sampling.index", "check2-square", _P.ASSET_READ),
            Entry(N_("第三方委托"), "engagements.index", "people", _P.ASSET_READ),
        ),
    ),
    (
        N_("查证"),
        (
            Entry(N_("统计报表"), "reports.index", "table", _P.PRINT),
            Entry(N_("定期报表"), "months.index", "calendar3", _P.PRINT),
            Entry(N_("操作日志"), "audit.events", "clock-history", _P.TRAIL_READ),
            Entry(N_("审计工作台"), "desk.index", "search", _P.TRAIL_VERIFY),
        ),
    ),
    (
        N_("系统管理"),
        (
            Entry(N_("机构区划"), "places.index", "diagram-3", _P.REGION_CHANGE),
            Entry(N_("启用日期"), "places.go_live", "calendar3", _P.GO_LIVE_SET),
            Entry(N_("账号"), "administration.users", "people", _P.USER_MANAGE),
            Entry(N_("角色授权"), "administration.grants", "lock", _P.GRANT_MANAGE),
            Entry(N_("系统状态"), "operations.status", "gear", _P.STATUS_READ),
        ),
    ),
)
#: Blueprints with several entries of their own in the menu: only the very page is marked.
_SEVERAL = frozenset({"workbench", "places", "administration"})
#: Pages that belong under another blueprint's entry.
_UNDER = {
    "money": "projects", "cards": "lookup", "amendments": "lookup", "asset_evidence": "lookup",
    "answering": "deciding", "bringing": "deciding", "delegations": "deciding", "objections": "notices",
    "publishing": "notices", "receipts": "income", "sheet": "income", "arrears": "income",
    "income_rows": "income", "dues": "income",
    "title_edit": "title", "title_execution": "title", "encumbrances": "title", "title_standing": "title",
    "contract_deeds": "contracts", "equity": "contracts", "reviews": "contracts",
    "title_reports": "reports", "disposal_reports": "reports", "ledger_reports": "reports", "agreements": "custody",
    "stock_sheets": "stocktaking", "stock_differences": "stocktaking", "stock_chain": "stocktaking",
    "stock_reports": "stocktaking", "posts": "custody", "faults": "custody", "patrols": "custody",
    "plan_steps": "distributions", "plan_chain": "distributions", "plan_publishing": "distributions",
    "payouts": "distributions", "payout_results": "distributions", "work_records": "distributions",
    "roll_lists": "beneficiaries", "roll_changes": "beneficiaries", "households": "beneficiaries",
    "proceeds_uses": "proceeds", "warning_hand_offs": "warnings", "duty_reports": "duties",
    "voucher_drafts": "books", "sources": "books", "periods": "books", "opening": "books", "exchange": "books",
    "disposal_edit": "disposals", "disposal_lines": "disposals", "disposal_prices": "disposals",
    "disposal_deeds": "disposals", "finding_reports": "sampling", "desk_papers": "desk",
    "evaluation_lines": "evaluation",
}  # fmt: skip
TODO = "workbench.todo"
BOTTOM = ("workbench.home", TODO, "lookup.assets", "income.index")


def template_values() -> dict[str, object]:
    """Give every template the shell and the permission question."""
    return {"shell": _shell(), "may": _may, "Permission": Permission, "ngettext": ngettext}


def _may(permission: Permission, region_code: str | None = None) -> bool:
    return current_user.is_authenticated and may(current_user.actor, permission, region_code)


def _shell() -> Shell:
    signed_in = bool(current_user.is_authenticated)
    person: Actor | None = current_user.actor if signed_in else None
    trail, children = _regions(person) if person else ((), ())
    menu = _menu(person) if person else ()
    entries = {item.url: item for group in menu for item in group.items}
    bottom = tuple(entries[url] for url in (url_for(one) for one in BOTTOM) if url in entries)
    return Shell(
        product_name=gettext("扶贫项目资产登记监管"),
        version=config.PRODUCT_VERSION,
        lang="en" if request.cookies.get("lang") == "en" else "zh-Hans",
        large=request.args.get("large", request.cookies.get("large")) == "1",
        demo=is_demo(),
        read_only=gettext(why_read_only()) if why_read_only() else "",
        user_name=person.name if person else "",
        user_post=person.post if person else "",
        region_trail=trail,
        region_children=children,
        menu=menu,
        bottom=bottom,
        home_url=url_for("workbench.home"),
        search_url=url_for("lookup.assets"),
        me_url=url_for("accounts.me"),
        sign_in_url="" if signed_in or request.endpoint == "accounts.sign_in" else url_for("accounts.sign_in"),
        sign_out_url=url_for("accounts.sign_out"),
    )


def _menu(person: Actor) -> tuple[MenuGroup, ...]:
    groups = (
        MenuGroup(
            gettext(label) if label else "", tuple(_item(one, person) for one in entries if may(person, one.permission))
        )
        for label, entries in MENU
    )
    return tuple(group for group in groups if group.items)


def _item(entry: Entry, person: Actor) -> MenuItem:
    blueprint = (request.endpoint or "").partition(".")[0]
    own = entry.endpoint.partition(".")[0]
    whole = own not in _SEVERAL and own in {blueprint, _UNDER.get(blueprint)}
    active = request.endpoint == entry.endpoint or whole
    # A page that says what went wrong asks the database as little as it can: that may be what went wrong.
    count = count_of(Group.MINE, person) if entry.endpoint == TODO and "refused" not in g else ""
    return MenuItem(gettext(entry.label), url_for(entry.endpoint), entry.icon, active, count)


def _regions(person: Actor) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the units down to the one looked at, and those below; what lies above the actor's own leads nowhere."""
    here = str(request.args.get("region") or (request.view_args or {}).get("region_code") or person.unit_code)
    if not (is_code(here) and covers(person.unit_code, here)):
        here = person.unit_code
    trail = tuple((unit.short, _list_of(unit.region_code, person)) for unit in path_of(here)[1:])
    below = tuple((unit.short, _list_of(unit.region_code, person)) for unit in list_children(here))
    return trail or ((person.unit_name, _list_of(here, person)),), below


def _list_of(code: str, person: Actor) -> str:
    """Return the address of the assets of a unit; empty where a person does not see the unit as a whole."""
    whole = [one.codes for one in reaches(person, Permission.ASSET_READ) if not one.own_only]
    is_seen = any(codes.low <= code <= codes.high for codes in whole)
    return url_for("lookup.assets", region=code) if is_seen else ""
