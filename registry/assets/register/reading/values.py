"""Cells that hold one word of a fixed list, a small number, shares or a code."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from registry.assets.register.reading.cells import Cell, CellKind
from registry.assets.register.reading.problems import Message, Problem, ProblemKind, say
from registry.assets.register.registration import MONTHS, WHOLE_BP
from registry.codes import CREDIT_ALPHABET, is_credit_code, is_resident_id
from registry.kinds import Category, OwnerKind, Sector
from registry.text import N_

T = TypeVar("T")
CREDIT_CODE_LENGTH = 18

_CATEGORY_WORDS = (
    ("非经营", Category.PUBLIC_WELFARE),
    ("公益", Category.PUBLIC_WELFARE),
    ("经营", Category.OPERATING),
    ("到户", Category.HOUSEHOLD),
    ("入户", Category.HOUSEHOLD),
)
_OWNER_WORDS = (
    ("国有企业", OwnerKind.STATE),
    ("国有公司", OwnerKind.STATE),
    ("乡人民政府", OwnerKind.TOWNSHIP),
    ("镇人民政府", OwnerKind.TOWNSHIP),
    ("国有", OwnerKind.STATE),
    ("县级", OwnerKind.STATE),
    ("区级", OwnerKind.STATE),
    ("区县", OwnerKind.STATE),
    ("乡镇", OwnerKind.TOWNSHIP),
    ("镇级", OwnerKind.TOWNSHIP),
    ("乡级", OwnerKind.TOWNSHIP),
    ("街道", OwnerKind.TOWNSHIP),
    ("组集体", OwnerKind.GROUP_COLLECTIVE),
    ("组级", OwnerKind.GROUP_COLLECTIVE),
    ("村民小组", OwnerKind.GROUP_COLLECTIVE),
    ("村集体", OwnerKind.VILLAGE_COLLECTIVE),
    ("村级", OwnerKind.VILLAGE_COLLECTIVE),
    ("集体所有", OwnerKind.VILLAGE_COLLECTIVE),
    ("经济联合社", OwnerKind.VILLAGE_COLLECTIVE),
    ("股份经济合作", OwnerKind.VILLAGE_COLLECTIVE),
    ("农户", OwnerKind.HOUSEHOLD),
    ("个人", OwnerKind.HOUSEHOLD),
    ("户所有", OwnerKind.HOUSEHOLD),
    ("合作社", OwnerKind.COOPERATIVE),
    ("企业", OwnerKind.ENTERPRISE),
    ("公司", OwnerKind.ENTERPRISE),
    ("其他", OwnerKind.OTHER),
    ("其它", OwnerKind.OTHER),
)
_SECTOR_WORDS = (
    ("农业", Sector.AGRICULTURE),
    ("乡村振兴", Sector.AGRICULTURE),
    ("扶贫", Sector.AGRICULTURE),
    ("交通", Sector.TRANSPORT),
    ("公路", Sector.TRANSPORT),
    ("水利", Sector.WATER),
    ("水务", Sector.WATER),
    ("教育", Sector.EDUCATION),
    ("教委", Sector.EDUCATION),
    ("卫生", Sector.HEALTH),
    ("卫健", Sector.HEALTH),
    ("医", Sector.HEALTH),
    ("文化", Sector.CULTURE),
    ("文旅", Sector.CULTURE),
    ("旅游", Sector.CULTURE),
    ("住房", Sector.HOUSING),
    ("住建", Sector.HOUSING),
    ("商务", Sector.COMMERCE),
    ("林业", Sector.FORESTRY),
    ("能源", Sector.ENERGY),
    ("电力", Sector.ENERGY),
    ("发展改革", Sector.ENERGY),
    ("民政", Sector.CIVIL_AFFAIRS),
    ("其他", Sector.OTHER),
)
_TWINS = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}
_SHARE = re.compile(r"(?P<name>[^0-9%]*?)[:=(]?(?P<whole>[0-9]{1,3})(?:\.(?P<part>[0-9]{1,2}))?(?P<mark>%)?\)?")
_BETWEEN = re.compile(r"[;,、/\n]|(?<=%)(?=[^;,、/\n)%])")
_YEARS = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2})0*)?年?")
_MONTHS = re.compile(r"([0-9]{1,4})个?月")
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?%?")
_DEGREES = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)[°度EN]?")
LONGITUDES, LATITUDES = (Decimal(73), Decimal(136)), (Decimal(3), Decimal(54))


@dataclass(frozen=True, slots=True)
class OwnerShare:
    """One owner's part in basis points; the name is empty when the cell gives only the part."""

    name: str
    share_bp: int


def squeezed(text: str) -> str:
    """Fold full-width characters and leave out all blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def named(text: str, words: tuple[tuple[str, T], ...]) -> set[T]:
    """Return what the words of the table found in the text mean; a word once counted is not seen again."""
    found = set()
    for word, meaning in words:
        if word in text:
            found.add(meaning)
            text = text.replace(word, " ")
    return found


def parse_category(cell: Cell) -> Category | Problem:
    """Read the class of an asset; a cell that names two classes is refused."""
    text = squeezed(cell.text)
    found = named(text, _CATEGORY_WORDS)
    if len(found) == 1:
        return found.pop()
    if found:
        return Problem(ProblemKind.CATEGORY, say(N_("一项资产只能归一类")), say(N_("留一类；两类都有就拆成两行")))
    return Problem(ProblemKind.CATEGORY, say(N_("不是三类资产之一")), say(N_("填“经营性”“公益性”或“到户类”")))


def parse_owner_kind(cell: Cell) -> OwnerKind | Problem:
    """Read what kind of owner holds the asset."""
    text = squeezed(cell.text)
    found = named(text, _OWNER_WORDS)
    if len(found) == 1:
        return found.pop()
    known = "、".join(kind.label for kind in OwnerKind)
    return Problem(ProblemKind.OTHER, say(N_("不是产权归属的类别")), say(N_("填其中之一：%(known)s"), known=known))


def find_sector(text: str) -> Sector | None:
    """Return the sector that a department's name speaks of; None when it names none or several."""
    found = named(squeezed(text), _SECTOR_WORDS)
    return found.pop() if len(found) == 1 else None


def parse_months(cell: Cell) -> int | Problem:
    """Read a service life in years (20, 8.5) or months (30个月) as whole months."""
    text = squeezed(cell.text)
    match = _MONTHS.fullmatch(text)
    if match:
        return int(match[1])
    match = _YEARS.fullmatch(text)
    months, rest = divmod(int(match[1] + (match[2] or "").ljust(2, "0")) * MONTHS, 100) if match else (0, 1)
    if months and not rest:
        return months
    return Problem(ProblemKind.QUANTITY, say(N_("不是年数")), say(N_("填年数，如 20；不是整月的填月数，如 30个月")))


def months_text(months: int) -> str:
    """Write months as whole years where they are, else as months; parse_months() reads the same back."""
    years, rest = divmod(months, MONTHS)
    return N_("%(months)d个月") % {"months": months} if rest else str(years)


def parse_percent(cell: Cell) -> int | Problem:
    """Read one percentage with at most two decimals as basis points."""
    match = _PERCENT.fullmatch(_as_percent(cell))
    share = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0")) if match else -1
    if 0 <= share <= WHOLE_BP:
        return share
    return Problem(ProblemKind.SHARES, say(N_("不是百分数")), say(N_("填如 60 或 33.33%，最多两位小数")))


def parse_degrees(cell: Cell, bounds: tuple[Decimal, Decimal]) -> Decimal | Problem:
    """Read a longitude or latitude in decimal degrees; ``bounds`` are LONGITUDES or LATITUDES."""
    match = _DEGREES.fullmatch(squeezed(cell.text))
    if not match:
        return Problem(
            ProblemKind.OTHER, say(N_("不是十进制度数")), say(N_("填十进制度数，如 108.112400（度分秒请先换算）"))
        )
    value, other = Decimal(match[1]), LATITUDES if bounds is LONGITUDES else LONGITUDES
    if bounds[0] <= value <= bounds[1]:
        return value
    swapped = other[0] <= value <= other[1]
    text = N_("经度和纬度填反了") if swapped else N_("不在中国的范围内")
    return Problem(ProblemKind.OTHER, say(text), say(N_("经度 73 到 136，纬度 3 到 54")))


def parse_shares(cell: Cell) -> tuple[OwnerShare, ...] | Problem:
    """Read the owners' shares; they must add up to exactly 100 %."""
    text = _as_percent(cell)
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    matches = [_SHARE.fullmatch(piece) for piece in pieces]
    if not pieces or not all(matches):
        return Problem(
            ProblemKind.SHARES,
            say(N_("看不懂各占多少")),
            say(N_("填如“%(example)s”，份额最多两位小数"), example=N_("甲村合作社 60%；乙村合作社 40%")),
        )
    shares = tuple(_share(match) for match in matches if match)
    total = sum(share.share_bp for share in shares)
    if total != WHOLE_BP:
        return Problem(
            ProblemKind.SHARES,
            say(N_("份额加起来 %(total)s%%"), total=percent_text(total)),
            say(N_("改到合计正好 %(whole)s"), whole="100%"),
        )
    return shares


def _as_percent(cell: Cell) -> str:
    """Return the text; a bare number up to 1 is what a percent format leaves of a share."""
    text = unicodedata.normalize("NFKC", cell.text).replace("。", ";")
    text = re.sub(r"(?<=[0-9%])\s+(?=\S)", lambda gap: "" if text[gap.end()] in "%);,、/" else ";", text)
    text = "".join(text.split(" "))
    if cell.kind is CellKind.NUMBER and 0 < Decimal(cell.text) <= 1:
        return f"{(Decimal(cell.text) * 100).normalize():f}%"
    return text


def _share(match: re.Match[str]) -> OwnerShare:
    return OwnerShare(match["name"].strip(":=("), int(match["whole"]) * 100 + int((match["part"] or "0").ljust(2, "0")))


def percent_text(share_bp: int) -> str:
    """Write basis points as a percentage without idle zeros: 110, 99.99."""
    whole, part = divmod(share_bp, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


def parse_owner_code(cell: Cell) -> str | Problem:
    """Read the credit code of an owner (or the identity number of a household)."""
    text = squeezed(cell.text).upper()
    if cell.kind is CellKind.NUMBER and len(text) > 15:
        return _code_problem(
            say(N_("数字格式只保留 15 位，后几位已经丢了")), say(N_("把这一列设成“文本”格式，再对照证书填"))
        )
    if is_credit_code(text) or is_resident_id(text):
        return text
    if len(text) != CREDIT_CODE_LENGTH:
        return _code_problem(say(N_("有 %(length)d 位，应是 18 位"), length=len(text)), say(N_("对照证书填全 18 位")))
    place = next((i for i, letter in enumerate(text) if letter not in CREDIT_ALPHABET), None)
    if place is None:
        return _code_problem(say(N_("校验位不对，多半抄错了一位")), say(N_("对照证书逐位核对")))
    return _odd_letter(place + 1, text[place])


def _odd_letter(place: int, letter: str) -> Problem:
    named = say(N_("第 %(place)d 位是字母 %(letter)s，代码里没有这个字母"), place=place, letter=letter)
    twin = _TWINS.get(letter)
    if not twin:
        return _code_problem(
            say(N_("第 %(place)d 位“%(letter)s”不是代码里的字符"), place=place, letter=letter),
            say(N_("对照证书填数字和大写字母")),
        )
    remedy = N_("对照证书，多半是数字 %(twin)s") if twin.isdigit() else N_("对照证书，多半是字母 %(twin)s")
    return _code_problem(named, say(remedy, twin=twin))


def _code_problem(text: Message, remedy: Message) -> Problem:
    return Problem(ProblemKind.CREDIT_CODE, text, remedy)
