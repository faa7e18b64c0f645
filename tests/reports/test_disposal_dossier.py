"""The dossier of a disposal: the whole case as one file, with its papers and the proofs of its trail."""

import json
import re
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from registry.app import create_app
from registry.approvals.requests.queries import list_decisions
from registry.audit.merkle import leaf_hash, verify_inclusion
from registry.audit.verify_audit import verify
from registry.config import Settings
from registry.database import db
from registry.evidence import store
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.disposals.dossier import Dossier, chapter_title
from registry.reports.disposals.sections import Chapter, Shape
from registry.reports.disposals.trail import BUNDLE, VERIFIER, LogFigures, bundle, verification
from registry.reports.figures import read_figures
from registry.reports.gathering import unpacked
from registry.reports.paper.imprint import Imprint
from registry.reports.parameters import Parameters
from registry.reports.prints.models import Print
from registry.reports.prints.queries import list_files
from registry.reports.prints.services import file_bytes, imprint_of, signed_of
from tests.disposal.scenery import request_of
from tests.factories import VILLAGE
from tests.reports.disposals import (
    CALLED_IN,
    LEFT_OUT,
    OBJECTION,
    PAPER,
    RELEASED,
    eventful_case,
)
from tests.reports.printing import asked, printed

LOG = 500240


@dataclass(frozen=True)
class Handed:
    """What one print of the case left behind: plain values, whatever became of its database."""

    pdf: bytes
    again: bytes
    figures: Dossier
    imprint: Imprint
    decisions: int


@pytest.fixture(scope="module")
def handed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """The dossier of a case that everything happened to, printed once in an installation of its own."""
    folder = tmp_path_factory.mktemp("dossier") / "instance"
    shutil.copytree(template, folder)
    with create_app(Settings(data_dir=folder, require_second_factor=False)).app_context():
        case_id = eventful_case()
        row = printed(
            asked(ReportName.DISPOSAL_DOSSIER, VILLAGE, parameters=Parameters(case_id=case_id)), "village_clerk"
        )
        found = _handed(row, case_id)
        db.session.remove()
        db.engine.dispose()
    return found


def print_dossier(case_id: int) -> Print:
    what = asked(ReportName.DISPOSAL_DOSSIER, VILLAGE, parameters=Parameters(case_id=case_id))
    return printed(what, "village_clerk")


def _handed(row: Print, case_id: int) -> Handed:
    text, imprint = unpacked(store.load(row.figures_sha256)), imprint_of(row, signed_of(row, list_files(row.id)[0]))
    again = REPORTS[ReportName.DISPOSAL_DOSSIER].write(text, imprint, "pdf")
    decisions = len(list_decisions(request_of(case_id).id))
    return Handed(file_bytes(row, "pdf"), again, read_figures(Dossier, text), imprint, decisions)


def chapter(figures: Dossier, title: str) -> Chapter:
    return next(one for one in figures.chapters if one.title == title)


def cells(figures: Dossier, title: str, shape: Shape) -> list[tuple[str, ...]]:
    """The rows of one shape in a chapter."""
    return [row for one in chapter(figures, title).sections if one.shape == shape for row in one.rows]


def pages(pdf: bytes) -> list[str]:
    """The text of each page without white space, as a reader copies it."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, check=True, stdout=subprocess.PIPE)
    return [re.sub(r"\s", "", page) for page in done.stdout.decode().split("\f")[:-1]]


def enclosed(pdf: bytes) -> dict[str, bytes]:
    """The files inside, as any reader of PDF saves them."""
    file = pypdfium2.PdfDocument(pdf)
    found = [file.get_attachment(index) for index in range(file.count_attachments())]
    return {one.get_name(): bytes(one.get_data()) for one in found}


# ---- What it says


def test_a_dossier_says_who_decided_what_at_each_level_and_what_was_asked(handed: Handed) -> None:
    text = "".join(pages(handed.pdf))
    for said in (
        "出售闲置烘干机三台", "华溪村股份经济合作社成员大会", "应到312人", "210", OBJECTION, "已到现场量过，面积无误。",
        LEFT_OUT, CALLED_IN, RELEASED, "VillageSupervisoryCommittee", "TownshipSupervisor", "CountyAgriculture",
        "CountyFinance", "MunicipalSupervisor", "重庆农村产权交易所", "CQRPE-2026-1186", "84,000.00", "90,000.00",
        "93.33%", "玖万元整", "低于评估价，已重新批准", "李远、周敏",
    ):  # fmt: skip
        assert said in text, said


def test_every_opinion_stands_with_person_post_day_and_digest(handed: Handed) -> None:
    opinions = cells(handed.figures, "各级意见", Shape.OPINIONS)
    assert len(opinions) == handed.decisions == 6
    assert [row[2] for row in opinions] == ["同意", "同意", "同意", "同意", "提级调阅", "放行"]
    assert opinions[1][1] == "中益乡 乡镇监管员 Township Supervisor"
    assert len({row[6] for row in opinions}) == 1
    assert all(re.fullmatch(r"[0-9a-f]{8} [0-9a-f]{8}", row[6]) for row in opinions)


def test_gates_stand_as_they_stood_at_submission_and_at_each_agreement(handed: Handed) -> None:
    titles = [one.title.split("　")[0] for one in chapter(handed.figures, "关口核验").sections]
    assert titles == ["提交时", "审批时", "审批时", "审批时", "审批时"]
    assert all("通过 19，有安排 0，未通过 0" in one.title for one in chapter(handed.figures, "关口核验").sections)
    assert ("评估有效", "通过", "评估价 90,000.00 元，2026-10-12 出具，用到 2027-10-12") in cells(
        handed.figures, "关口核验", Shape.GATES
    )


def test_a_bulk_list_tells_each_line_and_sums_what_was_taken_in(handed: Handed) -> None:
    (section,) = chapter(handed.figures, "处置的资产").sections
    assert [row[2] for row in section.rows] == ["烘干机1号", "烘干机2号", "烘干机3号"]
    assert section.rows[2][6] == f"不纳入：{LEFT_OUT}"
    assert section.total[4:6] == ("80,000.00", "26,000.00")


def test_a_price_below_the_value_stands_with_the_approval_it_had_to_get_anew(handed: Handed) -> None:
    sections = chapter(handed.figures, "成交和重新审批").sections
    steps = [row for one in sections if one.shape == Shape.STEPS for row in one.rows]
    assert [row[1] for row in steps] == ["村（社区）"] * 3 + ["乡镇（街道）", "区县", "区县", "市"]
    assert [row[0] for one in sections if one.shape == Shape.OPINIONS for row in one.rows] == ["3", "4", "5", "6"]


def test_who_objected_is_masked_and_every_objection_has_its_answer(handed: Handed) -> None:
    sections = chapter(handed.figures, "公示和异议").sections
    told = dict(pair for row in _facts(sections, "异议（1 件）") for pair in (row[:2], row[2:]))
    assert told["提出人"] == "没有留姓名"
    assert [row[1:3] for row in cells(handed.figures, "公示和异议", Shape.ANSWERS)] == [
        ("异议不成立，说明理由", "已到现场量过，面积无误。")
    ]


def _facts(sections: tuple[object, ...], title: str) -> list[tuple[str, ...]]:
    return [row for one in sections if one.title == title for row in one.rows]  # type: ignore[attr-defined]


def test_the_contents_name_the_page_on_which_each_chapter_begins(handed: Handed) -> None:
    found = pages(handed.pdf)
    chapters = [*handed.figures.chapters, "操作日志摘录", "核验"]
    for number, one in enumerate(chapters, 1):
        title = chapter_title(number, one if isinstance(one, str) else one.title)
        where = [page for page, text in enumerate(found[1:], 2) if f"资产处置案卷{title}" in text]
        line = re.search(re.escape(title) + r".*?(\d+|—)(?=[一二三四五六七八九十]+、|$)", found[0])
        assert line, title
        assert line[1] == (str(where[0]) if where else "—")


def test_what_did_not_happen_is_named_and_takes_no_page(handed: Handed) -> None:
    text = pages(handed.pdf)
    assert "八、上级质询和答复本案没有—" in text[0]
    assert not any("资产处置案卷八、上级质询和答复" in page for page in text[1:])


def test_the_same_figures_and_imprint_give_the_same_bytes(handed: Handed) -> None:
    assert handed.again == handed.pdf


# ---- Papers


def test_every_paper_is_listed_by_digest_pictures_shown_and_files_enclosed_as_they_are(handed: Handed) -> None:
    rows = cells(handed.figures, "附件", Shape.FILES)
    assert rows[0][4].replace(" ", "") == sha256(PAPER).hexdigest()
    assert rows[0][5] == "paper-001.pdf"
    assert enclosed(handed.pdf)["paper-001.pdf"] == PAPER
    assert [row[5] for row in rows[1:]] == [f"附图 {number}" for number in range(2, len(rows) + 1)]
    shown = {int(one.caption.split("　")[0]): sha256(one.image).hexdigest() for one in handed.figures.pictures}
    assert shown == {int(row[0]): row[4].replace(" ", "") for row in rows[1:]}


# ---- Proofs


def printed_proofs(figures: Dossier) -> tuple[bytes, int, list[tuple[int, bytes, list[bytes]]]]:
    """Read root, size, and each event's leaf and path from what stands on the page of verification, as by hand."""
    sections = verification(figures.trail).sections
    note = next(one.rows for one in sections if one.title == f"日志 {LOG} 的检查点")
    size, root = int(note[1][1]), b64decode(note[2][1])
    nodes = {
        row[0]: bytes.fromhex(row[1].replace(" ", ""))
        for one in sections if one.shape == Shape.NODES for row in one.rows
    }  # fmt: skip
    rows = [row for one in sections if one.shape == Shape.PATHS for row in one.rows]
    told = [(int(seq), bytes.fromhex(leaf.replace(" ", "")), path.split()) for seq, leaf, path in rows]
    return root, size, [(seq, leaf, [nodes[name] for name in path]) for seq, leaf, path in told]


def test_every_printed_proof_leads_to_the_printed_checkpoint(handed: Handed) -> None:
    root, size, events = printed_proofs(handed.figures)
    assert len(events) == len(handed.figures.trail.logs[0].events) > 30
    assert all(verify_inclusion(leaf, seq - 1, size, path, root) for seq, leaf, path in events)
    payloads = {event.seq: event.payload.encode() for event in handed.figures.trail.logs[0].events}
    assert all(leaf_hash(payloads[seq]) == leaf for seq, leaf, _path in events)
    text = "".join(pages(handed.pdf))
    assert all(node.hex() in text for _seq, leaf, path in events for node in (leaf, *path))


def test_a_printed_proof_with_one_bit_altered_leads_nowhere(handed: Handed) -> None:
    root, size, events = printed_proofs(handed.figures)
    for seq, leaf, path in events:
        other = bytes([leaf[0] ^ 1]) + leaf[1:]
        assert not verify_inclusion(other, seq - 1, size, path, root)
        broken = [bytes([path[0][0] ^ 1]) + path[0][1:], *path[1:]]
        assert not verify_inclusion(leaf, seq - 1, size, broken, root)
        assert not verify_inclusion(leaf, seq, size, path, root)


def test_every_deed_of_the_case_is_proved(handed: Handed) -> None:
    deeds = [json.loads(event.payload)["action"] for event in handed.figures.trail.logs[0].events]
    for deed in ("DISPOSAL_OPENED", "DISPOSAL_SUBMITTED", "DISPOSAL_VALUED", "MEETING_RECORDED", "NOTICE_POSTED",
                 "OBJECTION_RAISED", "OBJECTION_ANSWERED", "NOTICE_CLOSED", "DISPOSAL_ASKED", "STEP_AGREED",
                 "DISPOSAL_CLEARED", "REQUEST_CALLED_IN", "REQUEST_RELEASED", "DISPOSAL_PRICED"):  # fmt: skip
        assert deed in deeds, deed


def key(figures: Dossier) -> str:
    return figures.trail.logs[0].key


def test_the_standalone_verifier_vouches_for_the_printed_file(handed: Handed, tmp_path: Path) -> None:
    pdf, note = tmp_path / "case.pdf", tmp_path / "checkpoint.txt"
    pdf.write_bytes(handed.pdf)
    note.write_text(handed.figures.trail.logs[0].note)
    for name, data in enclosed(handed.pdf).items():
        (tmp_path / name).write_bytes(data)
    command = ["python3", str(tmp_path / VERIFIER), str(pdf), "--key", key(handed.figures), "--checkpoint", str(note)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "结论：未发现篡改。" in done.stdout
    assert "外部检查点确认了全部事件" in done.stdout
    assert verify(tmp_path / BUNDLE, keys=[key(handed.figures)]).code == 0


FORGERIES: dict[str, Callable[[bytes], bytes]] = {
    "one letter of an event": lambda raw: raw.replace(OBJECTION.encode(), OBJECTION.replace("去", "今").encode()),
    "the number of an event": lambda raw: re.sub(rb'"seq":(\d+),"payload"', b'"seq":1,"payload"', raw, count=1),
    "one digit of a path": lambda raw: re.sub(
        rb'("path":\["[0-9a-f]{63})([0-9a-f])', lambda m: m[1] + (b"1" if m[2] == b"0" else b"0"), raw, count=1
    ),
    "a path cut short": lambda raw: re.sub(rb'("path":\[)"[0-9a-f]{64}",', rb"\1", raw, count=1),
    "the size that was signed": lambda raw: re.sub(rb"(fpa/[0-9a-f]+/500240\\n)(\d+)", rb"\g<1>9\2", raw, count=1),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_the_verifier_finds_whatever_is_altered(handed: Handed, tmp_path: Path, what: str) -> None:
    raw = bundle(handed.figures.trail)
    forged = FORGERIES[what](raw)
    assert forged != raw
    (tmp_path / BUNDLE).write_bytes(forged)
    report = verify(tmp_path / BUNDLE, keys=[key(handed.figures)])
    assert report.code == 1, "\n".join(report.lines())


def test_a_checkpoint_that_tells_another_root_betrays_a_fork(handed: Handed, tmp_path: Path) -> None:
    (tmp_path / BUNDLE).write_bytes(bundle(handed.figures.trail))
    log: LogFigures = handed.figures.trail.logs[0]
    origin, size, _root = log.note.split("\n")[:3]
    other = f"{origin}\n{size}\n{'A' * 43}=\n\n{log.note.split(chr(10) * 2)[1]}"
    report = verify(tmp_path / BUNDLE, [other], [])
    assert report.code == 1
    stranger = verify(tmp_path / BUNDLE, keys=["someone+00000000+AQ=="])
    assert stranger.code == 2
