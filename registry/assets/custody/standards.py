"""How each subtype is looked after: what a custodian does, and on what basis. Pure.

The agreement takes these texts over, so that a later edition of the table changes no agreement that runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.assets.register.categories import BEHAVIOURS, BY_CODE, SUBTYPES
from registry.text import N_

_PLAN = N_("渝府办发〔2021〕149号第十一章第二节：建立管护标准，落实管护责任")
_ROAD = N_("农村公路养护管理办法；村道由村民委员会组织养护")
_WATER = N_("农田水利条例；农村供水工程运行管理惯例")
_FIRE = N_("消防法第十六条；渝府办发〔2021〕149号第十一章第二节")
_LIVING = N_("动物防疫法、森林法；渝府办发〔2021〕149号第十一章第二节")
_MONEY = N_("渝府办发〔2021〕149号第十一章第二节：经营方案明确各方权利义务，防控风险")


@dataclass(frozen=True)
class Standard:
    """What is done for one subtype, in words fit for an agreement, and the basis."""

    subtype: str
    text: str
    basis: str


STANDARDS: tuple[Standard, ...] = (
    Standard("GROWING_BASE", N_("沟渠、道路、围栏和灌溉设备完好；不撂荒、不改变用途；汛前汛后各查一次排水。"), _PLAN),
    Standard("BREEDING_BASE", N_("圈舍、水电、消毒和粪污设施能用；落实防疫；无污水直排。"), _LIVING),
    Standard("ORCHARD", N_("按季修剪、施肥、防治病虫害；缺株及时补栽；防火防盗。"), _LIVING),
    Standard("BREEDING_STOCK", N_("逐头登记存栏、出栏、死亡；按时免疫；异常当天报告。"), _LIVING),
    Standard("FACILITY_FARMING", N_("棚膜、骨架、通风和灌溉完好；大风大雪前加固；破损及时更换。"), _PLAN),
    Standard("PROCESSING", N_("厂房不漏不裂；设备按说明保养；消防通道畅通、器材有效；无违规用电。"), _FIRE),
    Standard("STORAGE", N_("库体、制冷和电路正常，温度有记录；消防器材有效；不存放危险品。"), _FIRE),
    Standard("WORKSHOP", N_("厂房和设备完好在用；停产超过一个月要报告；消防通道畅通、器材有效。"), _FIRE),
    Standard("MACHINERY", N_("按说明保养，有使用登记；停放入库；牌证、年检、保险齐全。"), _PLAN),
    Standard("TOURISM", N_("步道、护栏、标识和卫生设施完好；险处有警示；节假日前全面查一次。"), _PLAN),
    Standard("ECOMMERCE", N_("设备能用、网络畅通；有使用登记；账号和密码专人保管。"), _PLAN),
    Standard("PHOTOVOLTAIC", N_("组件清洁无遮挡，支架和接线牢固；每月抄录发电量；故障三天内报修。"), _PLAN),
    Standard("PREMISES", N_("主体不漏不裂，门窗水电完好；承租人不得擅自改建；消防器材有效。"), _FIRE),
    Standard("OPERATING_WORKS", N_("主体完好、功能正常；破损有警示并及时报修；不被占用。"), _PLAN),
    Standard("EQUITY", N_("每季核对被投资单位经营情况和分红到账；重大变化当天报告；凭证专人保管。"), _MONEY),
    Standard("DEBT", N_("按期核对本息到账；到期前三个月提醒；担保物每季查看一次。"), _MONEY),
    Standard("INDUSTRY_FUND", N_("每季核对基金份额、净值和收益到账；管理人异常当天报告。"), _MONEY),
    Standard("OTHER_OPERATING", N_("实物在位、完好、在用；闲置或损坏及时报告。"), _PLAN),
    Standard("ROAD", N_("路面、路肩、边沟、挡墙和桥涵完好；清除塌方、杂物和占道；险处有警示。"), _ROAD),
    Standard("IRRIGATION", N_("渠道、泵站、闸阀和蓄水池能用；灌前清淤、汛前检查；按时放水、计量。"), _WATER),
    Standard("DRINKING_WATER", N_("水源周围无污染；蓄水池加盖上锁，按时清洗消毒；管网不漏；停水要告知。"), _WATER),
    Standard("SANITATION", N_("每日保洁，无异味、无积水；设施能用；定期清掏；冬季防冻。"), _PLAN),
    Standard("WASTE", N_("日常清运不积压；处理设备正常运转，有运行记录；无渗漏直排。"), _PLAN),
    Standard("EDUCATION", N_("房屋不漏不裂，门窗水电完好；消防器材有效、通道畅通；假期有人值守。"), _FIRE),
    Standard("CULTURE", N_("场所定时开放；设备、图书有登记；消防器材有效。"), _PLAN),
    Standard("SPORT", N_("器材牢固、无锈断尖角；场地平整；损坏的立即停用并挂牌。"), _PLAN),
    Standard("HEALTH", N_("房屋完好、设备能用；药品和器械按规定存放；医废按规定交运。"), _PLAN),
    Standard("POWER", N_("线路、变压器和配电箱完好，警示齐全；不私拉乱接；异常立即报供电单位。"), _PLAN),
    Standard("LIGHTING", N_("亮灯率不低于九成五；灯杆牢固、接线不外露；坏灯七天内修复。"), _PLAN),
    Standard("BROADCAST", N_("每周试播一次；喇叭和线路牢固；应急广播随时可用。"), _PLAN),
    Standard("NETWORK", N_("设备在线、机柜上锁；有运行记录；故障三天内报修。"), _PLAN),
    Standard("SERVICE_CENTRE", N_("房屋不漏不裂，水电完好；消防器材有效、通道畅通；设备有登记。"), _FIRE),
    Standard("RESETTLEMENT", N_("公共部位、管网、护坡和照明完好；雨季查地灾隐患；不被占用。"), _PLAN),
    Standard("OTHER_WELFARE", N_("实物在位、完好、能用；损坏有警示并及时报修。"), _PLAN),
)  # fmt: skip
BY_SUBTYPE: dict[str, Standard] = {one.subtype: one for one in STANDARDS}
#: Subtypes that somebody looks after by agreement; a household looks after its own.
KEPT = tuple(one.code for one in SUBTYPES if BEHAVIOURS[one.category].has_custody)


def standards_text(subtypes: Iterable[str]) -> str:
    """Write the standards of several subtypes, one line each, in the order of the table of subtypes."""
    wanted = set(subtypes)
    return "\n".join(
        f"{BY_CODE[code].label}：{BY_SUBTYPE[code].text}" for code in KEPT if code in wanted and code in BY_SUBTYPE
    )
