"""How people read a change: what the household is before it and after it, in a sentence each. Pure."""

from dataclasses import dataclass

from registry.ledger.distribution.rolls.changes import (
    LineFacts,
    Present,
    ReasonCode,
    is_over,
    left_after,
    moves_of,
)
from registry.ledger.distribution.rolls.rules import BeneficiaryClass, Held
from registry.parties.households.rules import shares_text
from registry.sealing import masked_name
from registry.text import N_


@dataclass(frozen=True)
class Names:
    """How the people and the other household of a change are called."""

    people: dict[int, str]
    target: str = ""


def describe(line: LineFacts, found: Present, names: Names) -> tuple[str, str]:
    """Return what the household is now and what it becomes, as the sheet of adjustments says it."""
    size = len(found.people) + found.unnamed
    now = [one for _, one in found.held if one.valid_to is None]
    before = _state(now, size)
    return before, "；".join(part for part in (_told(line, names), _after(line, found, size)) if part)


def _state(held: list[Held], size: int) -> str:
    return N_("%(classes)s，%(size)s 人") % {"classes": classes_text(held), "size": size}


def classes_text(held: list[Held]) -> str:
    """Name the classes of a household; membership of the collective is its people's and is not repeated."""
    there = {one.beneficiary_class for one in held} - {BeneficiaryClass.MEMBER}
    named = [one.label for one in BeneficiaryClass if one in there]
    return "、".join(named) or BeneficiaryClass.ORDINARY.label


def _after(line: LineFacts, found: Present, size: int) -> str:
    if is_over(line, found):
        return N_("全户销户，不再列入")
    moves, left = moves_of(line, found), left_after(line, found)
    now = [one for row, one in found.held if one.valid_to is None and row not in moves.ends]
    starts = [Held(one, line.event_on, None, person) for one, person in moves.starts]
    added = line.reason is ReasonCode.PERSON_ADDED
    return _state([*now, *starts], size - len(found.people - left) + added)


def _told(line: LineFacts, names: Names) -> str:
    """Say what happens to people and shares; a change of class alone needs no more words."""
    reason = ReasonCode
    who = names.people.get(line.person_id or 0, "")
    heir = names.people.get(line.heir_id or 0, "") or _heir_outside(line)
    words = {
        "who": who,
        "heir": heir,
        "target": names.target,
        "people": "、".join(names.people[one] for one in line.people),
        "new": masked_name(line.newcomer.name) if line.newcomer else "",
        "shares": shares_text(line.share_hundredths),
    }
    if heir and line.reason is reason.DIED:
        return N_("%(who)s 死亡，由 %(heir)s 继承") % words
    if heir and line.reason is reason.MEMBER_LEFT:
        return N_("%(who)s 丧失成员身份，股份由 %(heir)s 接") % words
    told = {
        reason.DIED: N_("%(who)s 死亡，继承人待定"),
        reason.MOVED_OUT: N_("%(who)s 迁出") if who else N_("全户迁出"),
        reason.PERSON_ADDED: N_("新增 %(new)s"),
        reason.SPLIT: N_("%(people)s 分出另立一户"),
        reason.MERGED: N_("并入 %(target)s 户"),
        reason.SHARES_MOVED: N_("%(who)s 的 %(shares)s 股配股转给 %(heir)s，本金不动"),
        reason.MEMBER_JOINED: N_("%(who)s 取得成员身份"),
        reason.MEMBER_LEFT: N_("%(who)s 丧失成员身份"),
    }.get(line.reason, who)
    return told % words


def _heir_outside(line: LineFacts) -> str:
    return masked_name(line.newcomer.name) if line.reason is ReasonCode.DIED and line.newcomer else ""
