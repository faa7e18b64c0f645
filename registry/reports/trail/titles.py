"""What the papers made from the trail are called; apart from them, for the words of the trail name all papers. Pure."""

from registry.text import N_

EDIT_LOG = N_("编辑日志汇总表")
LEAVING = N_("离任交接摘录")
REVEALS = N_("个人信息查看登记表")
BOOKS_THEN = N_("账簿某日原貌")
