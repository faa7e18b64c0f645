"""Which files are taken as evidence, told by their content and not by their name. Pure."""

from registry.errors import Invalid
from registry.text import N_, Labelled

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONG_SIDE = 2400


class EvidenceKind(Labelled):
    """What a file proves."""

    PHOTO = "PHOTO", N_("照片")
    ACCEPTANCE = "ACCEPTANCE", N_("验收材料")
    APPROVAL = "APPROVAL", N_("批复、计划文件")
    CONTRACT = "CONTRACT", N_("合同、协议")
    CERTIFICATE = "CERTIFICATE", N_("权属证书")
    MINUTES = "MINUTES", N_("会议记录")
    PAYMENT = "PAYMENT", N_("资金拨付凭证")
    SETTLEMENT = "SETTLEMENT", N_("决算、审计报告")
    NOTICE = "NOTICE", N_("公示照片")
    APPRAISAL = "APPRAISAL", N_("评估报告")
    HAND_OVER = "HAND_OVER", N_("移交清单")
    SIGNATURE = "SIGNATURE", N_("签字材料")
    REPAIR = "REPAIR", N_("维修凭证")
    VOUCHER = "VOUCHER", N_("收款凭证")
    DEMAND = "DEMAND", N_("催缴材料")
    OTHER = "OTHER", N_("其他")


class MediaType(Labelled):
    """The kinds of file that are kept."""

    JPEG = "image/jpeg", "JPG"
    PNG = "image/png", "PNG"
    PDF = "application/pdf", "PDF"


EXTENSIONS = {MediaType.JPEG: "jpg", MediaType.PNG: "png", MediaType.PDF: "pdf"}
_MAGIC = ((b"\xff\xd8\xff", MediaType.JPEG), (b"\x89PNG\r\n\x1a\n", MediaType.PNG), (b"%PDF-", MediaType.PDF))


class NotEvidence(Invalid):
    """The file is not a photo or a PDF."""

    message = N_("“%(name)s”不是 JPG、PNG 图片或 PDF 文件。")


class FileTooLarge(Invalid):
    """The file is larger than is kept."""

    message = N_("“%(name)s”超过 20 MB，请压缩后再传。")


class FileBroken(Invalid):
    """The content does not open as what it claims to be."""

    message = N_("“%(name)s”打不开，可能已损坏，请重新拍照或另存后再传。")


def media_type(data: bytes, name: str) -> MediaType:
    """Return what a file is by its first bytes; raises NotEvidence, FileTooLarge."""
    if len(data) > MAX_BYTES:
        raise FileTooLarge(field="file", name=name)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    raise NotEvidence(field="file", name=name)
