"""Several papers bound into one file: one row of page numbers, one QR code, letters embedded once."""

from registry.reports.paper.document import Document
from registry.reports.paper.imprint import Imprint


class Volume:
    """The file that papers are drawn into one after the other; ``pages`` is what their feet announce."""

    def __init__(self, title: str, imprint: Imprint, pages: int) -> None:
        self.document = Document(title, imprint.china_time, f"{imprint.serial} {imprint.figures_digest}")
        self.pages = pages
        self.pictures = 0
        #: The side of the QR code in modules, once it is written.
        self.code_side = 0.0
