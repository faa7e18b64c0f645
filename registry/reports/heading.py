"""What a spreadsheet says above its table: what it covers and which print it belongs to."""

from registry.reports.paper.imprint import Imprint
from registry.text import N_


def sheet_heading(unit_name: str, period_text: str, range_text: str, imprint: Imprint) -> tuple[str, ...]:
    """Say above a table what it covers and which print it belongs to."""
    covers = N_("填报单位：%(unit)s　期间：%(period)s　范围：%(range)s")
    proof = N_("流水号 %(serial)s　数字摘要 %(digest)s　导出 %(at)s")
    values = {"serial": imprint.serial, "digest": imprint.digest_text, "at": f"{imprint.china_time:%Y-%m-%d %H:%M:%S}"}
    demo = (N_("演示数据"),) if imprint.demo else ()
    return (covers % {"unit": unit_name, "period": period_text, "range": range_text}, proof % values, *demo)
