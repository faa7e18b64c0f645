"""Believable names of assets."""

import random

from registry.assets.register.categories import Subtype

#: A word that few names hold, and one that many do.
RARE, COMMON = "鸬鹚", "产业"

_PLANTS = [
    "黄精",
    "莼菜",
    "辣椒",
    "脆红李",
    "花椒",
    "柑橘",
    "茶叶",
    "核桃",
    "魔芋",
    "天麻",
    "中药材",
    "黄连",
    "蚕桑",
    "榨菜",
    "青菜头",
    "猕猴桃",
    "草莓",
    "食用菌",
    "油茶",
    "高粱",
]
_BEASTS = ["肉牛", "山羊", "生猪", "土鸡", "中华蜜蜂", "冷水鱼", "肉兔", "白鹅", "梅花鹿", "稻田鱼"]
_WORKS = [
    "产业路",
    "便民桥",
    "人饮工程",
    "山坪塘",
    "灌溉渠",
    "路灯",
    "垃圾池",
    "公厕",
    "文化广场",
    "卫生室",
    "党群服务中心",
    "变压器",
    "健身器材",
]
_THINGS = ["烘干机", "冷链车", "微耕机", "榨油机", "包装线", "分拣线", "冷库", "加工厂房", "农机库", "电商服务站"]
_TAILS = ("", "", "", "（一期）", "（二期）", "项目", "示范点", "改扩建", "（一组至三组）", "配套工程")
_FORMS = ("种植基地", "产业园", "产业基地", "育苗基地", "采摘园")


def name_of(subtype: Subtype, village: str, luck: random.Random) -> str:
    """Return a believable name."""
    where = luck.choice(("", village, village, luck.choice("一二三四五六七八") + "组"))
    tail = luck.choice(_TAILS)
    if luck.random() < 0.0002:
        return f"{where}{RARE}养殖场{tail}"
    if subtype.category.value == "PUBLIC_WELFARE":
        return f"{where}{luck.choice(_WORKS)}{tail}"
    if subtype.code in {"BREEDING_BASE", "BREEDING_STOCK", "HOUSEHOLD_STOCK", "HOUSEHOLD_PENS"}:
        return f"{where}{luck.choice(_BEASTS)}{luck.choice(('养殖场', '养殖小区', '圈舍', '代养点'))}{tail}"
    if subtype.code in {"PHOTOVOLTAIC", "HOUSEHOLD_PV"}:
        return f"{where}光伏电站（{luck.randrange(5, 300)}千瓦）"
    if subtype.nature.value in {"EQUITY", "DEBT"}:
        return f"{where}{luck.choice(_PLANTS)}产业入股{tail}"
    if luck.random() < 0.3:
        return f"{where}{luck.choice(_PLANTS)}{luck.choice(_THINGS)}{tail}"
    return f"{where}{luck.choice(_PLANTS)}{luck.choice(_FORMS)}{tail}"
