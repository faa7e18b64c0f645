"""What one heading text means: folded for comparison, its unit of money, the field it is a name of."""

import re
import unicodedata
from functools import lru_cache

from registry.assets.register.funding import FundingKind, FundingLevel, FundingSource, funding_kind
from registry.assets.register.reading.cells import Row
from registry.assets.register.sheets.fields import FIELDS, OUR_REMARKS, funding_key, label_of
from registry.money import Unit
from registry.text import N_, Labelled

_LIKELY_LENGTH = 3
_UNITS = {"元": Unit.YUAN, "万元": Unit.WAN, "亿元": Unit.YI}
_BRACKETED_UNIT = re.compile(r"[(\[【](?:单位|人民币)?:?(?P<unit>亿元|万元|元)[)\]】]")
_TRAILING_UNIT = re.compile(r"[:,/]?(?:单位:)?(?P<unit>亿元|万元|元)$")
_UNIT_NOTE = re.compile(r"(?:单位|金额)[:](?:人民币)?(?:[^:]{0,6}[、/,])?(?P<unit>亿元|万元|元)")
_BRACKETS = re.compile(r"\([^()]*\)")
_ORDINAL = re.compile(r"^(?:[0-9]{1,2}[.、]|其中:?|\*)")


class Confidence(Labelled):
    """How sure a column's field is."""

    REMEMBERED = "REMEMBERED", N_("按您的对应")
    EXACT = "EXACT", N_("认出")
    LIKELY = "LIKELY", N_("可能是，请核对")
    DOUBLE = "DOUBLE", N_("与另一列重复，请选")
    NONE = "NONE", N_("认不出，请选")


def fold(text: str) -> str:
    """Fold a heading for comparison: full-width characters, blanks and line breaks inside words, quotation marks."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain.translate(_DROPPED).upper()


_DROPPED = str.maketrans("", "", "“”\"'‘’「」《》")
_SYNONYMS: dict[str, str] = {fold(heading): field.key for field in FIELDS for heading in field.headings}
_SYNONYMS |= {
    fold(label_of(key)): key
    for source in FundingSource
    for level in FundingLevel
    if (key := funding_key(FundingKind(source, level)))
}


def unit_of(text: str) -> Unit | None:
    """Return the unit of money that a heading states: 原值(万元), 金额:元."""
    folded = fold(text)
    match = _BRACKETED_UNIT.search(folded) or _TRAILING_UNIT.search(folded)
    return _UNITS[match["unit"]] if match else None


def unit_note(row: Row) -> Unit | None:
    """Return the unit that a line above the table states for all of it: 单位：万元."""
    match = _UNIT_NOTE.search(fold(" ".join(cell.text for cell in row)))
    return _UNITS[match["unit"]] if match else None


@lru_cache(maxsize=4096)
def match_heading(text: str) -> tuple[str | None, Confidence]:
    """Return the field that one heading text means."""
    folded = fold(text)
    bare = _ORDINAL.sub("", _TRAILING_UNIT.sub("", _BRACKETED_UNIT.sub("", folded)))
    for form in (folded, bare, _BRACKETS.sub("", bare)):
        if form in _SYNONYMS:
            return _SYNONYMS[form], Confidence.EXACT
    kind = funding_kind(bare) if bare.endswith(_FUNDING_ENDS) else None
    if kind:
        return funding_key(kind), Confidence.EXACT
    likely = [known for known in _SYNONYMS if len(known) >= _LIKELY_LENGTH and bare.endswith(known)]
    return (_SYNONYMS[max(likely, key=len)], Confidence.LIKELY) if likely else (None, Confidence.NONE)


_FUNDING_ENDS = (
    "资金",
    "债券",
    "债",
    "公益金",
    "自筹",
    "捐赠",
    "捐款",
    "帮扶",
    "贷款",
    "外资",
    "投入",
    "转投",
    "来源待核",
    "财政",
)


def is_our_remark(text: str) -> bool:
    """Say whether a column was added by the error workbook."""
    return fold(text) in _OURS


_OURS = frozenset(map(fold, OUR_REMARKS))
