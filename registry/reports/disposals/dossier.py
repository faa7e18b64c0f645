"""处置案卷: the whole case as one file, in order, with its contents, its papers and the proofs of its trail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from registry.audit.proving import logs_about
from registry.money import format_yuan
from registry.permissions import Actor
from registry.reports.covering import covered
from registry.reports.disposals.applying import application, assets, gates, worth
from registry.reports.disposals.casefile import CaseFile, read_case
from registry.reports.disposals.deciding import meetings, notices, opinions, queries
from registry.reports.disposals.ending import execution, prices, proceeds, vouchers
from registry.reports.disposals.papers import Original, Shown, in_rows, papers
from registry.reports.disposals.sections import ABSENT, Chapter
from registry.reports.disposals.trail import TrailFigures, enclosed, extract, trail, verification
from registry.reports.glances import Glance
from registry.reports.paper.blocks import Block, BlockColumn, Paper, Pictures, draw_book
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import PORTRAIT, Heading
from registry.reports.parameters import Parameters
from registry.text import N_

TITLE = N_("资产处置案卷")
_SIGNERS = (N_("立卷人："), N_("检查人："), N_("单位负责人："))
_NUMBERS = "一二三四五六七八九十"
_TEN = 10


@dataclass(frozen=True, slots=True)
class Dossier:
    """The figures of a dossier: what stands on its cover, its chapters, papers and trail."""

    unit_name: str
    region_code: str
    number: str
    title: str
    kind: str
    state: str
    basis_fen: int
    count: int
    chapters: tuple[Chapter, ...]
    pictures: tuple[Shown, ...]
    originals: tuple[Original, ...]
    trail: TrailFigures

    def digest(self) -> str:
        """Digest these figures; papers count by their own digests."""
        return figures_digest(self)


def logs(region_code: str, parameters: Parameters, *, actor: Actor) -> list[int]:
    """Return the logs that tell of a case: they are signed before it is read, so that every event has its proof."""
    return logs_about(read_case(region_code, parameters.case_id, actor).things, actor)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> Dossier:
    """Read a whole case. Raises Missing."""
    file = read_case(region_code, parameters.case_id, actor)
    case, held, told = file.case, papers(file), trail(file, actor)
    return Dossier(
        unit_name=covered(region_code, actor, on).unit_name,
        region_code=region_code,
        number=case.number,
        title=case.title,
        kind=case.about.label,
        state=case.state.label,
        basis_fen=case.basis_fen,
        count=sum(line.is_in for line in file.lines),
        chapters=(*_chapters(file, actor), held.chapter),
        pictures=held.pictures,
        originals=held.originals,
        trail=told,
    )


def _chapters(file: CaseFile, actor: Actor) -> Iterator[Chapter]:
    yield from (application(file), assets(file), worth(file), gates(file))
    yield from (meetings(file), notices(file), opinions(file), queries(file))
    yield from (prices(file), execution(file), vouchers(file, actor), proceeds(file, actor))


def draw(figures: Dossier, imprint: Imprint) -> bytes:
    """Draw the case behind its contents; originals, proofs and the verifier are enclosed."""
    chapters = [*figures.chapters, extract(figures.trail), verification(figures.trail)]
    told = [(number, one) for number, one in enumerate(chapters, 1) if one.sections]
    drawn = [_paper(figures, number, one) for number, one in told]
    files = [*enclosed(figures.trail), *(one.enclosed() for one in figures.originals)]

    def contents(pages: Sequence[int]) -> Paper:
        return _contents(figures, chapters, dict(zip((number for number, _one in told), pages, strict=True)))

    return draw_book(PORTRAIT, contents, drawn, imprint, files)


def _heading(figures: Dossier, part: str) -> Heading:
    facts = ((N_("处置编号"), figures.number),)
    return Heading(TITLE, part, figures.unit_name, figures.region_code, facts, signers=_SIGNERS)


def chapter_title(number: int, title: str) -> str:
    """Write a chapter's number and name as a dossier has them."""
    tens, ones = divmod(number, _TEN)
    written = (_NUMBERS[_TEN - 1] if tens else "") + (_NUMBERS[ones - 1] if ones else "")
    return f"{written}、{title}"


def _contents(figures: Dossier, chapters: Sequence[Chapter], pages: dict[int, int]) -> Paper:
    facts = (
        (N_("事项名称"), figures.title, N_("处置方式"), figures.kind),
        (N_("资产"), N_("%(count)s 项") % {"count": figures.count}, N_("现状"), figures.state),
        (N_("定档价值"), f"{format_yuan(figures.basis_fen)} 元", N_("附件原件"), _count(figures)),
    )
    columns = (BlockColumn("", 15), BlockColumn("", 35), BlockColumn("", 15), BlockColumn("", 35))
    rows = tuple(
        (chapter_title(number, one.title), _listed(one), str(pages.get(number, ABSENT)))
        for number, one in enumerate(chapters, 1)
    )
    listed = (BlockColumn(N_("内容"), 34), BlockColumn(N_("包括"), 54), BlockColumn(N_("页"), 12, Align.CENTER))
    blocks = (Block(N_("案件"), columns, facts, quiet=(0, 2)), Block(N_("目录"), listed, rows))
    return Paper(_heading(figures, f"{figures.title}　{N_('目录')}"), blocks)


def _count(figures: Dossier) -> str:
    values = {"pictures": len(figures.pictures), "files": len(figures.originals)}
    return N_("图片 %(pictures)s 张，内嵌文件 %(files)s 个") % values


def _listed(chapter: Chapter) -> str:
    titles = list(dict.fromkeys(one.title.split("　")[0] for one in chapter.sections))
    return "、".join(titles) if titles else N_("本案没有")


def _paper(figures: Dossier, number: int, chapter: Chapter) -> Paper:
    blocks: list[Block | Pictures] = [section.block() for section in chapter.sections]
    if chapter is figures.chapters[-1]:
        for row in in_rows(figures.pictures):
            blocks.append(Pictures(N_("附图"), tuple((one.caption, one.image) for one in row)))
    return Paper(_heading(figures, chapter_title(number, chapter.title)), tuple(blocks))


def glance(figures: Dossier) -> Glance:
    """Return what a reader compares of a dossier."""
    events = sum(len(log.events) for log in figures.trail.logs)
    return (
        (N_("单位"), figures.unit_name),
        (N_("处置编号"), figures.number),
        (N_("资产项数"), N_("%(count)s 项") % {"count": f"{figures.count:,}"}),
        (N_("定档价值（元）"), format_yuan(figures.basis_fen)),
        (N_("现状"), figures.state),
        (N_("操作日志"), N_("%(count)s 条") % {"count": f"{events:,}"}),
    )
