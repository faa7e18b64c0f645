"""Papers of a case: every one by name and digest, pictures shown, PDF files enclosed as they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from registry.audit.labels import table_label
from registry.errors import Missing
from registry.evidence.models import Attachment
from registry.evidence.rules import EvidenceKind, MediaType
from registry.evidence.store import load
from registry.reports.disposals.casefile import CaseFile
from registry.reports.disposals.sections import Chapter, Shape, digest_text, moment, table
from registry.reports.paper.document import Enclosed
from registry.text import N_

#: More than this is listed by digest only: a dossier stays of a size that can be sent.
MOST_PICTURES = 60
MOST_ENCLOSED_BYTES = 40 * 1024 * 1024
_PER_ROW = 2
_KILO = 1024


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture with its caption."""

    caption: str
    image: bytes


@dataclass(frozen=True, slots=True)
class Original:
    """One PDF file as it was attached: its number in the list, what it is, its bytes."""

    number: int
    about: str
    data: bytes

    @property
    def name(self) -> str:
        """The name under which it is enclosed."""
        return f"paper-{self.number:03d}.pdf"

    def enclosed(self) -> Enclosed:
        """Return it as it lies inside the dossier."""
        return Enclosed(self.name, self.about, MediaType.PDF.value, self.data)


@dataclass(frozen=True)
class Papers:
    """The chapter that lists them, the pictures, the originals."""

    chapter: Chapter
    pictures: tuple[Shown, ...]
    originals: tuple[Original, ...]


def papers(file: CaseFile) -> Papers:
    """List every paper of a case and take up the bytes of as many as a dossier holds."""
    rows: list[tuple[str, ...]] = []
    pictures: list[Shown] = []
    originals: list[Original] = []
    room = MOST_ENCLOSED_BYTES
    for number, one in enumerate(file.attachments, 1):
        data, caption = _bytes(one), f"{number}　{_about(one)}"
        taken = N_("只列摘要") if data else N_("原件缺失")
        if data and one.media_type == MediaType.PDF and one.size_bytes <= room:
            originals.append(Original(number, caption, data))
            room, taken = room - one.size_bytes, originals[-1].name
        elif data and one.media_type != MediaType.PDF and len(pictures) < MOST_PICTURES:
            pictures.append(Shown(caption, data))
            taken = N_("附图 %(number)s") % {"number": number}
        rows.append(_row(number, one, taken))
    chapter = Chapter(N_("附件"), tuple(table(Shape.FILES, N_("附件目录"), rows)))
    return Papers(chapter, tuple(pictures), tuple(originals))


def _bytes(one: Attachment) -> bytes:
    try:
        return load(one.sha256)
    except Missing:
        return b""


def _about(one: Attachment) -> str:
    return "，".join(filter(None, (EvidenceKind(one.kind).label, one.caption or one.file_name)))


def _row(number: int, one: Attachment, taken: str) -> tuple[str, ...]:
    name = "，".join(filter(None, (one.file_name, EvidenceKind(one.kind).label, one.caption)))
    place = f"{table_label(one.thing_table)}　{moment(one.added_at)}"
    size = N_("%(size)s KB") % {"size": f"{-(-one.size_bytes // _KILO):,}"}
    return str(number), name, place, size, digest_text(one.sha256), taken


def in_rows(pictures: Sequence[Shown]) -> Iterator[tuple[Shown, ...]]:
    """Give pictures as they stand side by side."""
    for start in range(0, len(pictures), _PER_ROW):
        yield tuple(pictures[start : start + _PER_ROW])
