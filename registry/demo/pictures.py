"""Pictures for the demo county: drawn in memory, each saying on its face what it stands for and that it is a demo."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from registry.config import PACKAGE
from registry.evidence.services import KeptFile, take_in

_FONT = PACKAGE / "data" / "fonts" / "NotoSansSC-Regular.ttf"
_SIZE, _FRAME = (800, 560), (40, 40, 760, 520)
#: What each picture shows, and its ground.
PICTURES = {
    "张贴": ("公示栏：刚张贴", "#dfe8f1"),
    "期满": ("公示栏：公示期满", "#e6efe2"),
    "会议记录": ("会议记录（签字页）", "#ffffff"),
    "批复": ("项目批复和计划文件", "#ffffff"),
    "协议": ("管护协议（签字页）", "#ffffff"),
    "移交": ("移交清单（双方签字盖章）", "#ffffff"),
    "凭证": ("银行回单、收款收据", "#ffffff"),
    "合同": ("经营合同（签字页）", "#ffffff"),
    "催缴": ("催缴函（签收联）", "#ffffff"),
    "核销": ("损失证明、核定表", "#ffffff"),
    "问题": ("巡查照片：发现的问题", "#f1e6df"),
    "修好": ("维修后照片", "#e6efe2"),
    "现状": ("处置前的资产现状", "#f1e6df"),
    "评估": ("资产评估报告（封面）", "#ffffff"),
    "成交": ("公开交易成交确认书", "#ffffff"),
}
Pictures = dict[str, KeptFile]


def take_pictures() -> Pictures:
    """Draw the pictures and keep them as every upload is kept; slow, so before the transaction."""
    return {name: take_in(_drawn(text, ground), f"{name}.png") for name, (text, ground) in PICTURES.items()}


@cache
def _drawn(text: str, ground: str) -> bytes:
    image = Image.new("RGB", _SIZE, ground)
    pen = ImageDraw.Draw(image)
    pen.rectangle(_FRAME, outline="#5a6470", width=3)
    for line, size, height in ((text, 44, 230), ("演示图片，不是真实材料", 26, 320)):
        font = ImageFont.truetype(str(_FONT), size)
        pen.text((_SIZE[0] // 2, height), line, fill="#2b3138", font=font, anchor="mm")
    out = BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
