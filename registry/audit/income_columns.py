"""What tables and columns of receipts, income and arrears are called in the trail. Pure."""

from registry.text import N_

INCOME_TABLES: dict[str, str] = {
    "receipt": N_("收益登记"),
    "income_row": N_("收益明细"),
    "quiet_period": N_("无收益期间"),
    "demand_letter": N_("催缴"),
    "write_off": N_("核销欠款"),
    # Things that an event can be about without a row of their own.
    "income_sheet": N_("收益登记表"),
}
INCOME_COLUMNS: dict[str, str] = {
    "bank_reference": N_("银行流水号或凭证号"),
    "corrects_id": N_("所更正的收益（内部编号）"),
    "due_fen": N_("登记时的合同应收"),
    "due_share_id": N_("应收份额（内部编号）"),
    "earned_from": N_("所属期间，从"),
    "earned_on": N_("可分配起始日"),
    "earned_to": N_("所属期间，到"),
    "goods": N_("实物"),
    "grounds": N_("理由和证明"),
    "is_twice": N_("已确认不是重复登记"),
    "last_fen": N_("上次收到"),
    "month": N_("年月"),
    "owed_fen": N_("催缴时欠款"),
    "pay_by": N_("限期缴清"),
    "receipt_id": N_("收益登记（内部编号）"),
    "received_on": N_("到账日期"),
    "releases_id": N_("所结转的预收（内部编号）"),
    "reverses_id": N_("所冲销的明细（内部编号）"),
    "said_at": N_("说明时间"),
    "said_by_id": N_("说明人（账号编号）"),
    "said_by_text": N_("说明人"),
    "sent_on": N_("催缴日期"),
    "voucher_id": N_("凭证（内部编号）"),
    "way": N_("催缴方式"),
}
