"""The money of one row: the sources must add up to the original value, to the fen."""

from collections.abc import Sequence

from registry.assets.register.funding import FundingSource, funding_kind, named_sources
from registry.assets.register.reading.amounts import Amount
from registry.assets.register.reading.problems import Message, Notice, Problem, ProblemKind, say
from registry.assets.register.reading.values import squeezed
from registry.assets.register.registration import FundingFact
from registry.assets.register.sheets.fields import TableKind, funding_of, label_of
from registry.assets.register.sheets.readers import RowReading
from registry.money import format_yuan, plain_yuan
from registry.text import N_

_COUNTS = "零一两三四五六七八九十"
#: Against which amount the sources are held, by kind of table, and what it is called.
_WHOLE: dict[TableKind, tuple[str, str]] = {
    TableKind.ASSETS: ("original_value", N_("原值")),
    TableKind.PROJECTS: ("subtotal", N_("小计")),
    TableKind.UNKNOWN: ("subtotal", N_("小计")),
}


def settle_funding(reading: RowReading, kind: TableKind) -> tuple[FundingFact, ...]:
    """Return the funding lines of a row; fills in the whole from its parts, or the parts from the whole, with a notice.

    Parts that do not add up to the whole are a problem of the row.
    """
    lines = _lines(reading)
    whole_key, whole_name = _WHOLE[kind]
    if any(key.startswith("funding:") or key in {whole_key, "subtotal", "funding_lines"} for key in reading.failed):
        return lines
    total = reading.fen("subtotal")
    if kind is TableKind.ASSETS and lines and total is not None:
        _compare(reading, lines, total, N_("资金合计"))
    if lines:
        _settle_whole(reading, lines, whole_key, whole_name)
        return lines
    if kind is TableKind.ASSETS and total is not None:
        _settle_total(reading, total)
    return _from_whole(reading, kind)


def _lines(reading: RowReading) -> tuple[FundingFact, ...]:
    """Return the columns of sources as lines, leaving out those with nothing in them."""
    written = reading.get("funding_lines", tuple)
    if written:
        return written
    document = reading.get("funding_document", str) or ""
    return tuple(
        FundingFact(kind.source, value.fen, kind.level, document_no=document)
        for key, value in reading.values.items()
        if isinstance(value, Amount) and value.fen and (kind := funding_of(key))
    )


def _settle_whole(reading: RowReading, lines: Sequence[FundingFact], key: str, name: str) -> None:
    whole = reading.fen(key)
    if whole is not None:
        _compare(reading, lines, whole, name)
        return
    total = sum(line.amount_fen for line in lines)
    reading.values[key] = Amount(total)
    text = say(N_("没有%(whole)s，按各笔资金之和 %(total)s 元算"), whole=name, total=format_yuan(total))
    reading.notices.append(Notice(reading.row, label_of(key), text))


def _compare(reading: RowReading, lines: Sequence[FundingFact], whole: int, name: str) -> None:
    total = sum(line.amount_fen for line in lines)
    if total == whole or "funding" in reading.failed:
        return
    reading.failed.add("funding")
    count = _COUNTS[len(lines)] if len(lines) < len(_COUNTS) else str(len(lines))
    _unequal(reading, total, whole, name, say(N_("%(count)s笔资金相加"), count=count))


def _settle_total(reading: RowReading, total: int) -> None:
    """Hold a total of funds without its parts against the original value, or take it for the original value."""
    whole = reading.fen("original_value")
    if whole is None:
        reading.values["original_value"] = Amount(total)
        text = say(N_("没有%(whole)s，按资金合计 %(total)s 元算"), whole=N_("原值"), total=format_yuan(total))
        reading.notices.append(Notice(reading.row, label_of("original_value"), text))
    elif whole != total:
        _unequal(reading, total, whole, N_("原值"), say(N_("资金合计")))


def _unequal(reading: RowReading, total: int, whole: int, name: str, parts: Message) -> None:
    """Refuse the row: 三笔资金相加比原值 486,000.00 少 6,000.00."""
    less = total < whole
    text = say(
        N_("%(parts)s比%(name)s %(whole)s 少 %(gap)s") if less else N_("%(parts)s比%(name)s %(whole)s 多 %(gap)s"),
        parts=parts,
        name=name,
        whole=format_yuan(whole),
        gap=format_yuan(abs(whole - total)),
    )
    remedy = N_("补上少的一笔，来源不清填“来源待核”") if less else N_("核对每一笔资金，或改正总数")
    shown = reading.cells["subtotal"].text if "subtotal" in reading.cells else plain_yuan(total)
    reading.refuse("subtotal", N_("资金合计"), Problem(ProblemKind.FUNDING, text, say(remedy)), value=shown)


def _from_whole(reading: RowReading, kind: TableKind) -> tuple[FundingFact, ...]:
    """Return one line for the whole amount: from the source that is written, else 来源待核."""
    whole = reading.fen(_WHOLE[kind][0])
    written = reading.get("funding_source", str)
    if not whole:
        return ()
    sources = named_sources(squeezed(written)) if written else ()
    named = funding_kind(squeezed(written)) if written and len(sources) == 1 else None
    document = reading.get("funding_document", str) or ""
    if named:
        return (FundingFact(named.source, whole, named.level, document_no=document),)
    if kind is not TableKind.ASSETS and not written:
        return ()
    text = say(N_("没有写资金来源，全部记为“来源待核”"))
    if written:
        text = say(N_("资金来源“%(source)s”分不出各是多少，全部记为“来源待核”"), source=written)
    reading.notices.append(Notice(reading.row, label_of("funding_source"), text))
    return (FundingFact(FundingSource.UNVERIFIED, whole, document_no=document),)
