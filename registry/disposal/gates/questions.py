"""The gates: each one pure question, the table of them, and what stops a case when. Pure.

Chapter 11, section 4; domain rules, sections 7 and 12: a disposal has an effective date, and contract, custody, arrears
and undistributed income are settled first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from registry.assets.register.categories import BEHAVIOURS, TitleStatus
from registry.assets.register.registration import Stage
from registry.disposal.gates.facts import CaseFacts, LineFacts
from registry.disposal.gates.kinds import Answer, Asked, Gate, GateOutcome, Moment
from registry.disposal.kinds import MEANINGS, PAPERS_OF_GROUND, Extent, Pricing
from registry.money import format_yuan
from registry.text import N_

_PASSED, _ARRANGED, _FAILED = GateOutcome.PASSED, GateOutcome.ARRANGED, GateOutcome.FAILED
_NAMED = 3
Question = Callable[[CaseFacts, Moment, date], Answer]


def _names(lines: Iterable[LineFacts]) -> dict[str, str]:
    """Name the first few things a refusal is about, and how many there are."""
    rows = [*lines]
    return {"names": "、".join(row.name for row in rows[:_NAMED]), "count": str(len(rows))}


def _of_lines(facts: CaseFacts, bad: Callable[[LineFacts], bool], good: str, said: str) -> Answer:
    """Answer a question that each line answers for itself."""
    failing = [line for line in facts.lines if bad(line)]
    return Answer(_FAILED, said, _names(failing)) if failing else Answer(_PASSED, good)


def _card(facts: CaseFacts, _moment: Moment, _on: date) -> Answer:
    return _of_lines(
        facts, lambda line: line.stage is not Stage.CONFIRMED, N_("登记都已由第二人确认"),
        N_("“%(names)s”等 %(count)s 项不是已确认的在册资产"),
    )  # fmt: skip


def _category(facts: CaseFacts, _moment: Moment, _on: date) -> Answer:
    natures = MEANINGS[facts.kind].natures
    barred = [line for line in facts.lines if not BEHAVIOURS[line.category].has_disposal]
    if barred:
        return Answer(
            _FAILED, N_("“%(names)s”等 %(count)s 项是到户类资产，由农户自行处置，这里只能记录"), _names(barred)
        )
    return _of_lines(
        facts, lambda line: line.nature not in natures, N_("资产类别可以这样处置"),
        N_("“%(names)s”等 %(count)s 项不能用这种方式处置"),
    )  # fmt: skip


def _title(facts: CaseFacts, _moment: Moment, _on: date) -> Answer:
    if not MEANINGS[facts.kind].needs_title:
        return Answer(_PASSED, N_("这类处置不要求先确权"))
    failing = [line for line in facts.lines if line.title is not TitleStatus.CONFIRMED]
    if failing:
        return Answer(_FAILED, N_("“%(names)s”等 %(count)s 项还没有确权或有争议，先办确权"), _names(failing))
    papers = [line.title_paper for line in facts.lines if line.title_paper]
    if len(facts.lines) == 1 and papers:
        return Answer(_PASSED, N_("已确权，证书 %(paper)s"), {"paper": papers[0]})
    return Answer(_PASSED, N_("全部已确权"))


def _other_case(facts: CaseFacts, _moment: Moment, _on: date) -> Answer:
    found = [line for line in facts.lines if line.other_case]
    if found:
        return Answer(_FAILED, N_("“%(name)s”还在“%(case)s”里"), {"name": found[0].name, "case": found[0].other_case})
    return Answer(_PASSED, N_("更正、确权、移交、其他处置都没有在办"))


def _encumbrance(facts: CaseFacts, _moment: Moment, _on: date) -> Answer:
    found = [line for line in facts.lines if line.encumbrance]
    if found:
        params = {"name": found[0].name, "what": found[0].encumbrance}
        return Answer(_FAILED, N_("“%(name)s”有%(what)s，解除后才能处置"), params)
    return Answer(_PASSED, N_("没有登记在册的权利限制"))


def _ground(facts: CaseFacts, moment: Moment, _on: date) -> Answer:
    meaning = MEANINGS[facts.kind]
    if facts.ground not in meaning.grounds:
        return Answer(_FAILED, N_("“%(ground)s”不能作为这种处置的理由"), {"ground": facts.ground.label})
    if not facts.reason.strip():
        return Answer(_FAILED, N_("还没有写明具体情况"))
    needed = {*meaning.papers, *PAPERS_OF_GROUND.get(facts.ground, ())}
    missing = sorted(needed - facts.papers)
    if missing:
        return Answer(_FAILED, N_("还缺：%(papers)s"), {"papers": "、".join(one.label for one in missing)})
    if meaning.passes and not facts.recipient and (meaning.pricing is not Pricing.OPENED or moment is Moment.EXECUTE):
        return Answer(_FAILED, N_("还没有写明转给谁"))
    return Answer(
        _PASSED,
        N_("理由是%(ground)s，材料 %(count)s 类"),
        {"ground": facts.ground.label, "count": str(len(facts.papers))},
    )


def _day(facts: CaseFacts, moment: Moment, on: date) -> Answer:
    day = {"day": facts.effective_on.isoformat()}
    early = [line for line in facts.lines if facts.effective_on < line.acquired_on]
    if early:
        return Answer(_FAILED, N_("生效日期 %(day)s 早于“%(names)s”的取得日期"), {**day, **_names(early)})
    posted = [line for line in facts.lines if line.last_posted_on and facts.effective_on < line.last_posted_on]
    if posted:
        last = max(line.last_posted_on for line in posted if line.last_posted_on)
        return Answer(_FAILED, N_("生效日期 %(day)s 早于最后一笔账 %(last)s"), {**day, "last": last.isoformat()})
    if moment is Moment.EXECUTE and facts.effective_on > on:
        return Answer(_FAILED, N_("生效日期 %(day)s 还没有到"), day)
    return Answer(_PASSED, N_("从 %(day)s 起生效"), day)


def _appraisal(facts: CaseFacts, _moment: Moment, on: date) -> Answer:
    report = facts.report
    if report is None:
        if facts.appraisal_needed:
            return Answer(_FAILED, N_("必须有资产评估报告"))
        return Answer(_PASSED, N_("这件处置不要求评估"))
    params = {
        "value": format_yuan(report.value_fen), "day": report.appraised_on.isoformat(),
        "until": report.valid_until.isoformat(),
    }  # fmt: skip
    if on > report.valid_until:
        return Answer(_FAILED, N_("评估报告只用到 %(until)s，已过期"), params)
    return Answer(_PASSED, N_("评估价 %(value)s 元，%(day)s 出具，用到 %(until)s"), params)


def _exit(facts: CaseFacts, _moment: Moment, _on: date) -> Answer:
    if not MEANINGS[facts.kind].is_exit:
        return Answer(_PASSED, N_("不涉及股权退出"))
    if facts.exit_terms.strip() or all(line.exit_terms.strip() for line in facts.lines):
        return Answer(_PASSED, N_("按约定的退出办法办理"))
    return Answer(_FAILED, N_("股权没有约定退出办法，要先由会议定下来写明"))


def _split(facts: CaseFacts, moment: Moment, _on: date) -> Answer:
    params = {
        "months": str(facts.window_months), "sum": format_yuan(facts.basis_fen), "route": facts.route_label,
        "count": str(len(facts.earlier)),
    }  # fmt: skip
    if moment is not Moment.SUBMIT and facts.opened_route and facts.route_key != facts.opened_route:
        said = N_("%(months)s 个月内同类处置合计 %(sum)s 元，要走“%(route)s”，须重新提交")
        return Answer(_FAILED, said, params)
    if facts.earlier:
        said = N_("%(months)s 个月内另有 %(count)s 件同类处置，合计 %(sum)s 元，按“%(route)s”办理")
        return Answer(_ARRANGED, said, params)
    return Answer(_PASSED, N_("%(months)s 个月内没有同类处置，定档价值 %(sum)s 元"), params)


def _decisions(facts: CaseFacts, moment: Moment, _on: date) -> Answer:
    if facts.is_agreed:
        return Answer(_PASSED, N_("各级都已同意，内容没有变动"))
    if moment is Moment.EXECUTE:
        return Answer(_FAILED, N_("还没有全部批准：%(what)s"), {"what": facts.lacking})
    return Answer(_PASSED, N_("按流程办理中"))


def _settled(gate: Gate, open_: str, params: dict[str, str], facts: CaseFacts, moment: Moment, done: str) -> Answer:
    """Answer for what must be planned first and settled in the end; ``open_`` is what is still open, in words."""
    if not open_:
        return Answer(_PASSED, done)
    plan = facts.plan_for(gate)
    if plan and moment is not Moment.EXECUTE:
        return Answer(_ARRANGED, open_, {**params, "plan": plan})
    return Answer(_FAILED, open_, params)


def _contract(facts: CaseFacts, moment: Moment, _on: date) -> Answer:
    found = [line for line in facts.lines if line.contract]
    open_ = N_("“%(name)s”还在合同“%(contract)s”里") if found else ""
    params = {"name": found[0].name, "contract": found[0].contract} if found else {}
    return _settled(Gate.CONTRACT, open_, params, facts, moment, N_("没有履行中的合同"))


def _money(gate: Gate, take: Callable[[LineFacts], int], said: str, done: str) -> Question:
    def question(facts: CaseFacts, moment: Moment, _on: date) -> Answer:
        total = sum(take(line) for line in facts.lines)
        params = {"amount": format_yuan(total)} if total else {}
        return _settled(gate, said if total else "", params, facts, moment, done)

    return question


def _repair(facts: CaseFacts, moment: Moment, _on: date) -> Answer:
    """Ask for repairs that cost money: what nobody has begun ends with the thing, and what stays keeps its own."""
    leaves = MEANINGS[facts.kind].removes
    found = [line for line in facts.lines if leaves and line.extent is Extent.WHOLE and line.any_repair]
    if not found:
        return Answer(_PASSED, N_("没有在修、待验收的费用"))
    open_ = N_("“%(name)s”的“%(repair)s”正在维修或等验收")
    if not found[0].repair:
        open_ = N_("“%(name)s”的“%(repair)s”验收没有通过、费用还没有了结")
    params = {"name": found[0].name, "repair": found[0].any_repair}
    return _settled(Gate.REPAIR, open_, params, facts, moment, "")


def _custody(facts: CaseFacts, moment: Moment, _on: date) -> Answer:
    found = [line for line in facts.lines if line.custodian]
    if not found or not MEANINGS[facts.kind].removes:
        return Answer(_PASSED, N_("没有管护要交接") if not found else N_("管护不变"))
    params = {"name": found[0].custodian}
    if not facts.plan_for(Gate.CUSTODY):
        return Answer(_FAILED, N_("由%(name)s管护，要写明交接安排"), params)
    plan = {**params, "plan": facts.plan_for(Gate.CUSTODY)}
    return Answer(_ARRANGED, N_("由%(name)s管护到移交当天，随执行结束"), plan)


def _price(facts: CaseFacts, moment: Moment, _on: date) -> Answer:
    if MEANINGS[facts.kind].pricing is not Pricing.OPENED:
        return Answer(_PASSED, N_("不需要公开交易"))
    if facts.price is None:
        outcome = _FAILED if moment is Moment.EXECUTE else _PASSED
        return Answer(outcome, N_("还没有登记公开交易结果") if moment is Moment.EXECUTE else N_("批准后公开交易"))
    params = {"price": format_yuan(facts.price.price_fen), "verdict": facts.price.verdict}
    return Answer(_PASSED if facts.price.is_accepted else _FAILED, N_("成交价 %(price)s 元，%(verdict)s"), params)


def _books(facts: CaseFacts, moment: Moment, _on: date) -> Answer:
    if facts.closed_month and moment is Moment.EXECUTE:
        return Answer(_FAILED, N_("账簿 %(month)s 已结账，生效日期要改到以后"), {"month": facts.closed_month})
    return Answer(_PASSED, N_("账簿可以入账"))


@dataclass(frozen=True)
class Row:
    """A gate, its question, and at which moments it stops a case that fails it."""

    gate: Gate
    question: Question
    stops: frozenset[Moment]


_ALL = frozenset(Moment)
_START = frozenset({Moment.SUBMIT, Moment.EXECUTE})
_END = frozenset({Moment.EXECUTE})
GATES: tuple[Row, ...] = (
    Row(Gate.CARD, _card, _ALL),
    Row(Gate.CATEGORY, _category, _ALL),
    Row(Gate.TITLE, _title, _ALL),
    Row(Gate.OTHER_CASE, _other_case, _ALL),
    Row(Gate.ENCUMBRANCE, _encumbrance, _ALL),
    Row(Gate.GROUND, _ground, _ALL),
    Row(Gate.DAY, _day, _START),
    Row(Gate.APPRAISAL, _appraisal, _ALL),
    Row(Gate.EXIT, _exit, _ALL),
    Row(Gate.SPLIT, _split, _ALL),
    Row(Gate.DECISIONS, _decisions, _END),
    # Planned when a case is submitted, settled when it is carried out; in between they stop nobody.
    Row(Gate.CONTRACT, _contract, _START),
    Row(
        Gate.ARREARS,
        _money(Gate.ARREARS, lambda line: line.owed_fen, N_("还欠 %(amount)s 元没有收回"), N_("没有欠款")),
        _START,
    ),
    Row(
        Gate.DEPOSIT,
        _money(
            Gate.DEPOSIT,
            lambda line: line.held_fen,
            N_("还有押金、预收款 %(amount)s 元没有退抵"),
            N_("没有押金、预收款"),
        ),
        _START,
    ),
    Row(
        Gate.INCOME,
        _money(
            Gate.INCOME, lambda line: line.undistributed_fen, N_("还有收益 %(amount)s 元没有分配"), N_("收益都已分配")
        ),
        _START,
    ),
    Row(Gate.REPAIR, _repair, _START),
    Row(Gate.CUSTODY, _custody, _START),
    Row(Gate.PRICE, _price, _END),
    Row(Gate.BOOKS, _books, _END),
)


def ask(facts: CaseFacts, moment: Moment, on: date) -> tuple[Asked, ...]:
    """Ask every gate at a moment; the answers in the order of the table."""
    return tuple(_asked(row, facts, moment, on) for row in GATES)


def _asked(row: Row, facts: CaseFacts, moment: Moment, on: date) -> Asked:
    answer = row.question(facts, moment, on)
    failed = answer.outcome is _FAILED
    later = answer.outcome is not _PASSED and Moment.EXECUTE in row.stops and row.gate is not Gate.CUSTODY
    return Asked(
        row.gate, answer, blocks=failed and moment in row.stops, blocks_later=later and row.gate is not Gate.SPLIT
    )


def blocking(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Return the answers that stop the case now."""
    return tuple(one for one in asked if one.blocks)
