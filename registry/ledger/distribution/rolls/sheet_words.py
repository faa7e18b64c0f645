"""How sheets of households head their columns, and the words people write in them. Pure."""

from registry.ledger.distribution.rolls.rules import STANDING, BeneficiaryClass
from registry.parties.households.rules import Labour, Relation

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
RELATIONS: dict[str, Relation] = {
    **{one.label: one for one in Relation},
    **dict.fromkeys(("本人", "本人或户主", "户主本人"), Relation.HEAD),
    **dict.fromkeys(("妻", "妻子", "丈夫", "夫"), Relation.SPOUSE),
    **dict.fromkeys(("子", "女", "长子", "次子", "三子", "长女", "次女", "三女", "儿子", "女儿", "之子", "之女"),
                    Relation.CHILD),
    **dict.fromkeys(("儿媳", "女婿", "媳", "之儿媳", "之女婿"), Relation.CHILD_IN_LAW),
    **dict.fromkeys(("孙子", "孙女", "外孙", "外孙女", "外孙子", "之孙子", "之孙女"), Relation.GRANDCHILD),
    **dict.fromkeys(("父", "母", "父亲", "母亲", "公公", "婆婆", "岳父", "岳母", "之父", "之母"), Relation.PARENT),
    **dict.fromkeys(("祖父", "祖母", "爷爷", "奶奶", "外祖父", "外祖母"), Relation.GRANDPARENT),
    **dict.fromkeys(("兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹"), Relation.SIBLING),
    **dict.fromkeys(("其他", "其它"), Relation.OTHER),
}  # fmt: skip
LABOURS: dict[str, Labour] = {
    **{one.label: one for one in Labour},
    **dict.fromkeys(("劳动力", "有劳动能力", "普通"), Labour.FULL),
    **dict.fromkeys(("弱劳动力", "半劳动力", "部分丧失劳动能力"), Labour.WEAK),
    **dict.fromkeys(("无劳动力", "丧失劳动力", "丧失劳动能力", ""), Labour.NONE),
}
CLASSES: dict[str, BeneficiaryClass] = {
    **{one.label: one for one in BeneficiaryClass if one in STANDING},
    **{one.label.removeprefix("监测对象："): one for one in BeneficiaryClass if one in STANDING},
    **dict.fromkeys(("脱贫户", "稳定脱贫户", "脱贫稳定户"), BeneficiaryClass.LIFTED),
    **dict.fromkeys(("", "一般农户", "一般户"), BeneficiaryClass.ORDINARY),
}
