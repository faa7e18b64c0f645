"""Which contract a voucher by hand may name. Pure."""

from registry.errors import Invalid
from registry.text import N_


class NotTheirContract(Invalid):
    """What stands in a book is about a contract of its owner."""

    message = N_("没有编号为“%(number)s”的已签合同，或者这本账的单位在合同里没有份额。")
