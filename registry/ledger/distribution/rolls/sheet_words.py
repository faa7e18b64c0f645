"""How sheets of households head their columns, and the words people write in them. Pure."""

from dataclasses import dataclass

from registry.errors import Invalid
from registry.ledger.distribution.rolls.rules import MONITORED, RELIEF, STANDING, BeneficiaryClass
from registry.parties.households.rules import Labour, Relation
from registry.text import N_


class ClassUnread(Invalid):
    """A cell names no class."""

    message = N_(
        "“%(heading)s”写的“%(text)s”看不懂，请写脱贫户、脱贫不稳定户、边缘易致贫户、突发严重困难户或其他农户，"
        "低保、特困可以一并写。"
    )


class PoorFormerly(Invalid):
    """A word of before 2021 does not say what the household is today."""

    message = N_(
        "“%(heading)s”写的“%(text)s”是 2020 年以前的叫法，看不出现在的类别：稳定脱贫的请写脱贫户，"
        "在监测的请写脱贫不稳定户。"
    )


class KindUnsaid(Invalid):
    """Monitored households are of three kinds."""

    message = N_("“%(heading)s”写的“%(text)s”没说是哪一种监测对象，请写脱贫不稳定户、边缘易致贫户或突发严重困难户。")


class ReliefOnly(Invalid):
    """What a household has beside its class is relief."""

    message = N_("“%(heading)s”写的“%(text)s”看不懂，只写低保、特困，其余写在“类别”里。")


class StandingTwice(Invalid):
    """A household stands in one class."""

    message = N_("“%(heading)s”写的“%(text)s”有两种类别，脱贫户、三类监测对象、其他农户只能写一种。")


#: Column → headings under which it is found, the first as the template writes it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "group": ("组", "村民小组", "组别", "社"),
    "head_id": ("户主身份证号", "户主证件号", "户主身份证号码"),
    "name": ("姓名", "成员姓名", "家庭成员姓名"),
    "resident_id": ("身份证号", "证件号码", "身份证号码", "公民身份号码"),
    "relation": ("与户主关系", "关系"),
    "labour": ("劳动能力", "劳动技能"),
    "is_member": ("集体成员", "是否成员", "是否集体成员"),
    "shares": ("成员股", "股份", "持股数"),
    "assistance": ("扶贫配股", "配股"),
    "standing": ("类别", "户类型", "农户属性"),
    "relief": ("兼有", "民政类别", "低保特困"),
    "recognised_on": ("认定日期", "识别日期", "纳入日期"),
    "size": ("家庭人口", "人口数", "家庭人口数"),
    "bank_name": ("开户行", "开户银行"),
    "bank_account": ("银行账号", "卡号", "账号", "社保卡号"),
    "phone": ("电话", "联系电话"),
    "is_cadre": ("村干部家庭", "是否村干部家庭"),
}
NEEDED_COLUMNS = ("head_id", "name", "relation")
#: What is said of a household stands on its head's line.
OF_HOUSEHOLD = (
    "group", "standing", "relief", "recognised_on", "size", "bank_name", "bank_account", "phone", "is_cadre",
)  # fmt: skip
YES = frozenset({"是", "有", "√", "1", "Y", "YES"})
NO = frozenset({"", "否", "无", "×", "0", "N", "NO", "-", "—"})
#: Registers of households write 之子, 之父 as well as 子, 父; the mark in front is left out before looking here.
RELATIONS: dict[str, Relation] = {
    **{one.label: one for one in Relation},
    **dict.fromkeys(("本人", "本人或户主", "户主本人"), Relation.HEAD),
    **dict.fromkeys(("妻", "妻子", "丈夫", "夫", "老伴", "爱人"), Relation.SPOUSE),
    **dict.fromkeys(("子", "女", "长子", "次子", "三子", "长女", "次女", "三女", "儿子", "女儿", "继子", "继女",
                     "养子", "养女"), Relation.CHILD),
    **dict.fromkeys(("儿媳", "女婿", "媳", "媳妇"), Relation.CHILD_IN_LAW),
    **dict.fromkeys(("孙", "孙子", "孙女", "外孙", "外孙女", "外孙子"), Relation.GRANDCHILD),
    **dict.fromkeys(("父", "母", "父亲", "母亲", "公公", "婆婆", "岳父", "岳母", "继父", "继母"), Relation.PARENT),
    **dict.fromkeys(("祖父", "祖母", "爷爷", "奶奶", "外祖父", "外祖母", "外公", "外婆"), Relation.GRANDPARENT),
    **dict.fromkeys(("兄", "弟", "姐", "妹", "哥", "哥哥", "弟弟", "姐姐", "妹妹", "兄弟", "姐妹"), Relation.SIBLING),
    **dict.fromkeys(("其他", "其它", "侄子", "侄女", "侄儿", "孙媳", "孙媳妇", "曾孙子", "曾孙女"), Relation.OTHER),
}  # fmt: skip
LABOURS: dict[str, Labour] = {
    **{one.label: one for one in Labour},
    **dict.fromkeys(("劳动力", "有劳动能力", "普通"), Labour.FULL),
    **dict.fromkeys(("弱劳动力", "半劳动力", "部分丧失劳动能力"), Labour.WEAK),
    **dict.fromkeys(("无劳动力", "丧失劳动力", "丧失劳动能力", ""), Labour.NONE),
}
_C = BeneficiaryClass
#: What people call the class in which a household stands, as far as it means one thing.
STANDINGS: dict[str, BeneficiaryClass] = {
    **{one.label: one for one in _C if one in STANDING},
    **{one.label.removeprefix("监测对象：").removesuffix("户"): one for one in _C if one in MONITORED},
    **{one.label.removeprefix("监测对象："): one for one in _C if one in MONITORED},
    **dict.fromkeys(("脱贫户", "稳定脱贫户", "脱贫稳定户", "一般脱贫户", "脱贫人口", "脱贫"), _C.LIFTED),
    **dict.fromkeys(("脱贫监测户", "不稳定脱贫户", "脱贫不稳定人口"), _C.UNSTABLE),
    **dict.fromkeys(("边缘户", "边缘监测户", "边缘易致贫人口"), _C.EDGE),
    **dict.fromkeys(("突发困难户", "突发户", "突发严重困难人口"), _C.SUDDEN),
    **dict.fromkeys(("一般农户", "一般户", "普通农户", "普通户", "农户", "非脱贫户"), _C.ORDINARY),
}
#: What people call the relief of civil affairs, which a household has beside the class in which it stands.
RELIEFS: dict[str, BeneficiaryClass] = {
    **{one.label: one for one in _C if one in RELIEF},
    **dict.fromkeys(("低保户", "低保对象", "低保人口", "城乡低保", "农村低保", "最低生活保障"), _C.LOW_INCOME),
    **dict.fromkeys(
        ("特困户", "特困人员", "特困供养", "特困供养户", "特困供养人员", "五保", "五保户", "五保供养", "五保老人"),
        _C.EXTREME_POVERTY,
    ),
}
#: Words that name both at once.
BOTH: dict[str, tuple[BeneficiaryClass, BeneficiaryClass]] = {
    **dict.fromkeys(("低保脱贫户", "脱贫低保户"), (_C.LIFTED, _C.LOW_INCOME)),
    **dict.fromkeys(
        ("特困脱贫户", "特困供养脱贫户", "五保脱贫户", "脱贫特困户", "脱贫五保户"), (_C.LIFTED, _C.EXTREME_POVERTY)
    ),
}
#: Words of before 2021: who was poor has been lifted since, stably or not.
FORMERLY_POOR = frozenset({
    "贫困户", "贫困人口", "贫困", "建档立卡", "建档立卡户", "建档立卡贫困户", "建档立卡贫困人口", "建档立卡人口",
    "建卡户", "建卡贫困户", "一般贫困户", "低保贫困户", "五保贫困户", "已脱贫享受政策户",
})  # fmt: skip
#: Words for all three kinds of monitored households.
MONITORED_OF_SOME_KIND = frozenset({
    "监测户", "监测对象", "监测", "防返贫监测对象", "防返贫监测户", "防止返贫监测对象", "防止返贫监测户",
    "防止返贫致贫对象", "防返贫致贫对象", "三类户", "三类对象", "三类人员", "三类监测户",
})  # fmt: skip
#: Between several classes in one cell.
BETWEEN = "、，,；;/+＋ 　和兼"


@dataclass(frozen=True)
class ClassesSaid:
    """What one cell says: the class in which a household stands, if it says so, and its relief."""

    standing: BeneficiaryClass | None
    relief: frozenset[BeneficiaryClass]


def read_classes(heading: str, text: str) -> ClassesSaid:
    """Read the classes a cell names, as people call them.

    Raises PoorFormerly, KindUnsaid, StandingTwice, ClassUnread.
    """
    standings: list[BeneficiaryClass] = []
    relief: set[BeneficiaryClass] = set()
    for word in _words(text):
        standing, granted = _meaning(heading, word)
        standings += [standing] if standing else []
        relief |= {granted} if granted else set()
    if len(set(standings)) > 1:
        raise StandingTwice(heading=heading, text=text)
    return ClassesSaid(standings[0] if standings else None, frozenset(relief))


def _words(text: str) -> list[str]:
    plain = text.replace("(", "（").replace(")", "）").replace(":", "：")
    if plain in NO:
        return []
    if plain in STANDINGS:
        return [plain]
    for mark in BETWEEN:
        plain = plain.replace(mark, "、")
    return [word for word in plain.split("、") if word not in NO]


def _meaning(heading: str, word: str) -> tuple[BeneficiaryClass | None, BeneficiaryClass | None]:
    if word in BOTH:
        return BOTH[word]
    if word in FORMERLY_POOR:
        raise PoorFormerly(heading=heading, text=word)
    if word in MONITORED_OF_SOME_KIND:
        raise KindUnsaid(heading=heading, text=word)
    found = STANDINGS.get(word), RELIEFS.get(word)
    if found == (None, None):
        raise ClassUnread(heading=heading, text=word)
    return found
