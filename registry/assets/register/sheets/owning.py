"""Whose an imported asset is: the owners a row names, or the one a person chose for rows that name none. Pure."""

from collections.abc import Callable, Mapping

from registry.assets.register.reading.cells import Cell, CellKind
from registry.assets.register.reading.problems import Problem, ProblemKind, said_by, say
from registry.assets.register.reading.values import OwnerShare, parse_owner_kind
from registry.assets.register.registration import WHOLE_BP, OwnerFact
from registry.assets.register.sheets.entry import Entry
from registry.assets.register.sheets.records import AssetRow
from registry.codes import is_resident_id
from registry.errors import Invalid
from registry.kinds import Category, OwnerKind
from registry.parties.rules import PartyFacts, check_party
from registry.regions import Level, ancestor, level_of
from registry.text import N_


def owners_of(entry: Entry, region_code: str) -> tuple[OwnerFact, ...]:
    """Return the owners of a row, those that are known where it names the same or none; refuses what is unclear."""
    row, base = entry.values, entry.base
    if base is not None and _says_the_same(row, base.owners):
        return base.owners
    if ProblemKind.SHARES in entry.unread:
        return ()
    shares = row.owner_shares or (OwnerShare(row.owner_name or "", WHOLE_BP),)
    owners = [_owner(entry, share, region_code) for share in shares]
    return tuple(owner for owner in owners if owner is not None)


def _says_the_same(row: AssetRow, owners: tuple[OwnerFact, ...]) -> bool:
    """Say whether the row names no owner at all, or the ones that are known."""
    if not (row.owner_name or row.owner_shares or row.owner_kind):
        return True
    told = {(share.name, share.share_bp) for share in row.owner_shares} or {(row.owner_name or "", WHOLE_BP)}
    same_kind = row.owner_kind is None or {row.owner_kind} == {owner.kind for owner in owners}
    same_code = not row.owner_code or row.owner_code in {owner.credit_code for owner in owners}
    return same_kind and same_code and told == {(owner.name, owner.share_bp) for owner in owners}


def _owner(entry: Entry, share: OwnerShare, region_code: str) -> OwnerFact | None:
    row, name = entry.values, share.name
    kind = row.owner_kind or _kind_of(name)
    if row.category is Category.HOUSEHOLD and kind is None:
        kind = OwnerKind.HOUSEHOLD
    if not name:
        return _nameless(entry, kind, share, region_code)
    if kind is None:
        problem = Problem(
            ProblemKind.OTHER,
            say(N_("看不出“%(owner)s”是哪一类"), owner=name),
            say(N_("填“产权归属类别”列，如 村集体")),
        )
        entry.refuse("owner_name", name, problem)
        return None
    code, several = row.owner_code or "", len(row.owner_shares) > 1
    if code and several:
        entry.tell("owner_code", say(N_("有几个产权人，分不出信用代码是谁的，没有导入")))
        code = ""
    resident = code if kind is OwnerKind.HOUSEHOLD and is_resident_id(code) else ""
    fact = OwnerFact(kind, name, share.share_bp, region_code, "" if resident else code, resident)
    return fact if _is_a_party(entry, fact) else None


def _is_a_party(entry: Entry, fact: OwnerFact) -> bool:
    """Say whether an owner can be registered; the refusal of the rule becomes a problem of the row."""
    try:
        check_party(PartyFacts(fact.kind, fact.name, fact.region_code, fact.credit_code, fact.resident_id))
    except Invalid as refused:
        key = "owner_name" if refused.field == "name" else "owner_code"
        remedy = N_("填全称，最多 80 个字") if key == "owner_name" else N_("对照证书填；农户在“产权归属类别”填“农户”")
        entry.refuse(key, getattr(entry.values, key), Problem(ProblemKind.OTHER, said_by(refused), say(remedy)))
        return False
    return True


def _kind_of(name: str) -> OwnerKind | None:
    kind = parse_owner_kind(Cell(name, CellKind.TEXT)) if name else None
    return kind if isinstance(kind, OwnerKind) else None


def _nameless(entry: Entry, kind: OwnerKind | None, share: OwnerShare, region_code: str) -> OwnerFact | None:
    """Name the owner after the row's unit if a person chose so for the file, else refuse the row."""
    make = _NAMES.get(kind or _usual_kind(region_code)) if entry.units.owner_of_unit else None
    chosen = kind or _usual_kind(region_code)
    if make is None or entry.values.category is Category.HOUSEHOLD:
        remedy = N_("填产权人全称；或在“对列名”里选“没写产权人的归本村集体”")
        entry.refuse("owner_name", "", Problem(ProblemKind.REQUIRED, say(N_("没有写产权人")), say(remedy)))
        return None
    name = make(region_code, entry.units.names)
    entry.tell("owner_name", say(N_("没有写产权人，按您选的记为“%(owner)s”"), owner=name))
    return OwnerFact(chosen, name, share.share_bp, region_code, entry.values.owner_code or "")


def _usual_kind(region_code: str) -> OwnerKind:
    return OwnerKind.VILLAGE_COLLECTIVE if level_of(region_code) is Level.VILLAGE else OwnerKind.TOWNSHIP


def _collective(region_code: str, names: Mapping[str, str]) -> str:
    return names.get(region_code, region_code) + N_("集体经济组织")


def _township(region_code: str, names: Mapping[str, str]) -> str:
    code = ancestor(region_code, Level.TOWNSHIP)
    return names.get(code, code) + N_("人民政府")


_NAMES: dict[OwnerKind, Callable[[str, Mapping[str, str]], str]] = {
    OwnerKind.VILLAGE_COLLECTIVE: _collective,
    OwnerKind.TOWNSHIP: _township,
}
