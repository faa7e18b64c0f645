"""What a token for programs may be used for: one row for each kind of thing, read or written."""

from registry.text import N_, Labelled


class Scope(Labelled):
    """What a token for programs may be used for; never more than its person may do."""

    ASSETS_READ = "assets:read", N_("读资产、更正、批注")
    ASSETS_WRITE = "assets:write", N_("登记、确认、更正资产，写批注")
    PROJECTS_READ = "projects:read", N_("读项目")
    PROJECTS_WRITE = "projects:write", N_("登记和修改项目")
    PARTIES_READ = "parties:read", N_("读权利人（个人信息遮盖）")
    PLACES_READ = "places:read", N_("读区划")
    FILES_READ = "files:read", N_("下载附件")
    FILES_WRITE = "files:write", N_("上传附件")
    PRINTS_READ = "prints:read", N_("读打印件")
    PRINTS_WRITE = "prints:write", N_("打印报表")
    CHANGES_READ = "changes:read", N_("读操作日志")
    IMPORTS_WRITE = "imports:write", N_("批量导入")
    EXPORTS_WRITE = "exports:write", N_("导出台账")
    POLICY_READ = "policy:read", N_("读政策参数和流程")
    POLICY_WRITE = "policy:write", N_("提出政策参数和流程")
    CASES_READ = "cases:read", N_("读申请、会议、公示和异议")
    CASES_WRITE = "cases:write", N_("登记会议、张贴和收回公示、代录异议、补材料")
    #: What the pages ask a proof of self for.
    DECISIONS_WRITE = "decisions:write", N_("签署、调阅、回避、委托代办、确认政策、答复异议")
    TITLE_READ = "title:read", N_("读产权事项、证书、权利限制")
    TITLE_WRITE = "title:write", N_("办理产权事项，登记证书和权利限制")
    CUSTODY_READ = "custody:read", N_("读管护协议、巡查、维修、公益性岗位")
    CUSTODY_WRITE = "custody:write", N_("安排和接受管护，登记巡查和维修")
    BOOKS_READ = "books:read", N_("读账簿、凭证、余额")
    BOOKS_WRITE = "books:write", N_("制单、复核记账、结账，导回记账凭证号")
    CONTRACTS_READ = "contracts:read", N_("读合同、应收、股权")
    CONTRACTS_WRITE = "contracts:write", N_("登记合同、股权")
    INCOME_READ = "income:read", N_("读收益、欠款")
    INCOME_WRITE = "income:write", N_("登记和审核收益")
    BENEFICIARIES_READ = "beneficiaries:read", N_("读受益对象（个人信息遮盖）")
    BENEFICIARIES_WRITE = "beneficiaries:write", N_("登记受益对象、申请调整")
    DISTRIBUTION_READ = "distribution:read", N_("读分配方案和发放结果")
    DISTRIBUTION_WRITE = "distribution:write", N_("起草分配方案，登记发放结果")
    DISPOSALS_READ = "disposals:read", N_("读处置事项、处置收入")
    DISPOSALS_WRITE = "disposals:write", N_("申请和执行处置，登记成交和处置收入的用途")
    STOCKTAKING_READ = "stocktaking:read", N_("读清查、盘点表和差异")
    STOCKTAKING_WRITE = "stocktaking:write", N_("盘点、复核、处理差异、部署清查")
    SUPERVISION_READ = "supervision:read", N_("读预警、问题、抽样、绩效评价")
    SUPERVISION_WRITE = "supervision:write", N_("交办、登记问题、整改、销号、抽样、绩效评价")
