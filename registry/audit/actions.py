"""The vocabulary of the trail: every deed that leaves an event, with its Chinese name."""

from registry.text import N_, Labelled


class Action(Labelled):
    """What was done. The name stands in the event; the label is what a reader sees."""

    SCHEMA = "SCHEMA", N_("建库或升级")
    KEY_USED = "KEY_USED", N_("签署检查点")
    WITNESSED = "WITNESSED", N_("见证区县检查点")
    RESTORED = "RESTORED", N_("从备份恢复")
    VERIFIED = "VERIFIED", N_("校验操作日志")
    EXPORTED_TRAIL = "EXPORTED_TRAIL", N_("导出操作日志")
    READ = "READ", N_("查阅")
    ACCESS_DENIED = "ACCESS_DENIED", N_("被拒绝的访问")
    REVEALED = "REVEALED", N_("查看未遮盖的个人信息")
    REVEAL_DENIED = "REVEAL_DENIED", N_("被拒绝的个人信息查看")
    SIGNED_IN = "SIGNED_IN", N_("登录")
    SIGNED_OUT = "SIGNED_OUT", N_("退出")
    SIGN_IN_FAILED = "SIGN_IN_FAILED", N_("登录失败")
    SESSION_ENDED = "SESSION_ENDED", N_("结束会话")
    PASSWORD_CHANGED = "PASSWORD_CHANGED", N_("修改密码")
    SECOND_FACTOR_SET = "SECOND_FACTOR_SET", N_("设置动态口令")
    USER_CREATED = "USER_CREATED", N_("新增账号")
    USER_CHANGED = "USER_CHANGED", N_("修改账号")
    USER_RESET = "USER_RESET", N_("重置密码")
    USER_DISABLED = "USER_DISABLED", N_("停用账号")
    USER_ENABLED = "USER_ENABLED", N_("恢复账号")
    GRANTED = "GRANTED", N_("授予角色")
    GRANT_ENDED = "GRANT_ENDED", N_("收回角色")
    REGIONS_IMPORTED = "REGIONS_IMPORTED", N_("导入区划")
    REGION_RENAMED = "REGION_RENAMED", N_("区划更名")
    REGION_MERGED = "REGION_MERGED", N_("区划合并")
    REGION_ABOLISHED = "REGION_ABOLISHED", N_("区划撤销")
    REGION_ADDED = "REGION_ADDED", N_("新设区划")
    GO_LIVE_SET = "GO_LIVE_SET", N_("设定启用日期")
    PARTY_ADDED = "PARTY_ADDED", N_("登记权利人")
    PARTY_CHANGED = "PARTY_CHANGED", N_("修改权利人")
    ASSET_SUBMITTED = "ASSET_SUBMITTED", N_("登记资产")
    ASSET_RESUBMITTED = "ASSET_RESUBMITTED", N_("修改后再次提交")
    ASSET_CONFIRMED = "ASSET_CONFIRMED", N_("确认登记")
    ASSET_SENT_BACK = "ASSET_SENT_BACK", N_("退回登记")
    ASSET_WITHDRAWN = "ASSET_WITHDRAWN", N_("撤销登记")
    ASSET_CORRECTED = "ASSET_CORRECTED", N_("更正")
    CORRECTION_ASKED = "CORRECTION_ASKED", N_("申请更正")
    CORRECTION_CONFIRMED = "CORRECTION_CONFIRMED", N_("同意更正")
    CORRECTION_REFUSED = "CORRECTION_REFUSED", N_("不同意更正")
    ASSETS_MOVED = "ASSETS_MOVED", N_("随区划合并划转资产")
    VALUE_CHANGED = "VALUE_CHANGED", N_("价值变动")
    LEGACY_ENTERED = "LEGACY_ENTERED", N_("历史补录")
    LEGACY_CONFIRMED = "LEGACY_CONFIRMED", N_("确认历史补录")
    EVIDENCE_ADDED = "EVIDENCE_ADDED", N_("上传附件")
    COMMENTED = "COMMENTED", N_("批注")
    PROJECT_ADDED = "PROJECT_ADDED", N_("登记项目")
    PROJECTS_MOVED = "PROJECTS_MOVED", N_("随区划合并划转项目")
    PROJECT_CHANGED = "PROJECT_CHANGED", N_("修改项目")
    IMPORTED = "IMPORTED", N_("批量导入")
    IMPORT_UNDONE = "IMPORT_UNDONE", N_("撤销导入")
    EXPORTED = "EXPORTED", N_("导出")
    PRINTED = "PRINTED", N_("打印")


class Outcome(Labelled):
    """How the deed ended."""

    DONE = "DONE", N_("已办")
    REFUSED = "REFUSED", N_("被拒绝")
