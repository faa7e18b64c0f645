"""What a project must satisfy, how it ends, and how the money of a document adds up. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from registry.assets.register.registration import FundingFact
from registry.errors import Conflict, Invalid
from registry.kinds import Sector
from registry.text import N_, Labelled

MAX_NAME = 200
EARLIEST_YEAR = 1986


class ProjectStatus(Labelled):
    """How a project ended, if it did."""

    OPEN = "OPEN", N_("应登记未登记")
    FORMED = "FORMED", N_("已形成资产")
    NOT_FORMED = "NOT_FORMED", N_("未形成资产")


class NameMissing(Invalid):
    """A project has a name."""

    message = N_("请填写项目名称，最多 200 个字。")


class YearOutOfBounds(Invalid):
    """Poverty alleviation by special funds began in 1986; a project of the future has no money yet."""

    message = N_("项目年度 %(year)s 不对，应在 1986 年到今年之间。")


class MoneyMissing(Invalid):
    """A project was given money."""

    message = N_("请至少填写一笔资金，每笔都要大于 0。")


class ReasonMissing(Invalid):
    """Money that formed nothing is explained."""

    message = N_("请写明为什么没有形成资产，如直接补助到户、培训支出。")


class NotOpen(Conflict):
    """The project has ended one way already."""

    message = N_("这个项目现在是“%(status)s”，不能再这样办。")


class HasAssets(Conflict):
    """A project with assets is not one that formed none."""

    message = N_("这个项目已经形成 %(count)s 项资产，不能定为未形成资产。")


@dataclass(frozen=True)
class ProjectFacts:
    """Everything said of a project when it is entered: one door for the form and the spreadsheet."""

    region_code: str
    name: str
    year: int
    lines: tuple[FundingFact, ...]
    number: str = ""
    kind: str = ""
    content: str = ""
    department: str = ""
    owner_unit: str = ""
    period: str = ""
    sector: Sector = Sector.AGRICULTURE

    @property
    def total_fen(self) -> int:
        """The money of all lines."""
        return sum(line.amount_fen for line in self.lines)


def check_project(facts: ProjectFacts, *, year_now: int) -> None:
    """Raise the first rule a project breaks."""
    if not 0 < len(facts.name.strip()) <= MAX_NAME:
        raise NameMissing(field="name")
    if not EARLIEST_YEAR <= facts.year <= year_now:
        raise YearOutOfBounds(field="year", year=facts.year)
    if not facts.lines or any(line.amount_fen <= 0 for line in facts.lines):
        raise MoneyMissing(field="lines")


def check_no_asset(status: ProjectStatus, reason: str, assets: int) -> None:
    """Raise unless a project may be ended as one that formed nothing."""
    if assets:
        raise HasAssets(count=assets)
    if status is not ProjectStatus.OPEN:
        raise NotOpen(status=status.label)
    if not reason.strip():
        raise ReasonMissing(field="reason")


@dataclass(frozen=True)
class Given:
    """Money of one document given to a project."""

    project_id: int
    region_code: str
    name: str
    year: int
    status: ProjectStatus
    reason: str
    amount_fen: int


@dataclass(frozen=True)
class Formed:
    """Money of one document that stands in an asset; the asset may hang on a project."""

    asset_no: str
    region_code: str
    name: str
    project_id: int | None
    amount_fen: int


@dataclass(frozen=True)
class Gap:
    """What of one project's money is neither in assets nor declared to have formed nothing; below 0: too much."""

    project: Given | None
    amount_fen: int


@dataclass(frozen=True)
class Balance:
    """The four figures of a document. ``given = formed + nothing + unexplained``, always."""

    given_fen: int = 0
    formed_fen: int = 0
    nothing_fen: int = 0
    unexplained_fen: int = 0
    gaps: tuple[Gap, ...] = field(default=())


def balance(given: Sequence[Given], formed: Sequence[Formed]) -> Balance:
    """Lay money given beside money found in assets, project by project; the gaps sum to what is unexplained.

    Assets that hang on none of these projects make one gap of their own, below 0: money that no project was given.
    """
    known = {line.project_id: line for line in given}
    gaps: dict[int | None, int] = {}
    for line in given:
        left = 0 if line.status is ProjectStatus.NOT_FORMED else line.amount_fen
        gaps[line.project_id] = gaps.get(line.project_id, 0) + left
    for found in formed:
        key = found.project_id if found.project_id in known else None
        gaps[key] = gaps.get(key, 0) - found.amount_fen
    in_fen, formed_fen = sum(line.amount_fen for line in given), sum(found.amount_fen for found in formed)
    nothing_fen = sum(line.amount_fen for line in nothing_formed(given))
    return Balance(
        given_fen=in_fen,
        formed_fen=formed_fen,
        nothing_fen=nothing_fen,
        unexplained_fen=in_fen - formed_fen - nothing_fen,
        gaps=tuple(Gap(known.get(key) if key else None, fen) for key, fen in gaps.items() if fen),
    )


def nothing_formed(given: Iterable[Given]) -> list[Given]:
    """Return the money of projects that ended with no asset."""
    return [line for line in given if line.status is ProjectStatus.NOT_FORMED]
