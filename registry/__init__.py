"""The register of poverty-alleviation project assets (扶贫项目资产) of a municipality.

A view asks. A service does. A rule decides. The trail remembers.

The house, from the cellar to the roof (who may import whom: upwards only)::

    text · errors · kinds · regions   words, refusals, shared enums, 12-digit codes        (pure)
    money · codes                     whole fen, check digits                              (pure)
    addresses                         rules of addresses that are compiled late
    config · clock                    settings, the only reader of the clock
    database                          engines, transaction(), guards
    permissions · scope               who may do what, and where; token_scopes: what a program's token may be used for
    onetime · jobs · web · rest       one-time keys, the queue, what every page and every JSON resource shares
    audit                             WHO DID WHAT
    places · accounts                 WHERE, WHO ARE THEY
    evidence                          WHAT PROVES IT
    policy                            WHAT IS REQUIRED, HERE, TODAY
    approvals                         WHO HAS AGREED: requests over meetings and notices
    parties                           WHO HOLDS IT
    assets                            WHAT THE PUBLIC OWNS: register, title, custody
    ledger                            WHAT THE BOOKS SAY: books, operation, distribution
    reports · operations              WHAT WE HAND OUT, KEEPING IT RUNNING
    workbench · app · demo · cli      MY DAY, the table of contents, the demo county, the console

Glossary (one English word per Chinese term)::

    扶贫项目资产  asset                     台账          register; printed: ledger
    经营性        OPERATING                 资金来源      funding line
    公益性        PUBLIC_WELFARE            坐落          location
    到户类        HOUSEHOLD                 确权          title confirmation
    原值 / 净值   original / net value      移交          hand-over
    管护 / 管护人 custody / custodian       经营主体      operator
    变更 / 更正   value change / correction 历史补录      legacy
    市 / 区县 / 乡镇 / 村   municipality / county / township / village
    行业主管部门  sector department         审计轨迹      audit trail
    检查点        checkpoint                三员          the three administrators
    承前页 / 过次页 brought / carried forward 公示 / 异议   notice / objection
    会议决议      resolution                审批 / 备案   approval / filing
    提级调阅      calling in                委托代办      delegation
    巡查 / 维修   patrol / repair           公益性岗位    public post
    凭证 / 科目   voucher / account         红字冲销      reversal
    制单 / 复核   maker / checker           结账 / 反结账 period close / reopening
    应收 / 实收   due / receipt             收益分配      distribution
    公积公益金    reserve-and-welfare fund  受益对象      beneficiary
    脱贫户 / 监测对象 lifted / monitored household  发放  payout
"""
