"""Files by digest on the disk: written once, synced, read back only if the digest still holds."""

import hashlib
import os
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from registry import config
from registry.engines import sync_file
from registry.errors import Missing
from registry.evidence.rules import LONG_SIDE, MAX_PIXELS, FileBroken, MediaType

_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG"}


def cleaned(data: bytes, kind: MediaType, name: str) -> bytes:
    """Return an image drawn anew, without EXIF and at most LONG_SIDE pixels long; a PDF as it is. Raises FileBroken."""
    if kind is MediaType.PDF:
        if b"%%EOF" not in data[-2048:]:
            raise FileBroken(field="file", name=name)
        return data
    try:
        with Image.open(BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise FileBroken(field="file", name=name)
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONG_SIDE, LONG_SIDE))
            out = BytesIO()
            plain = upright if kind is MediaType.PNG else upright.convert("RGB")
            plain.save(out, _FORMATS[kind], quality=85, exif=b"")
            return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise FileBroken(field="file", name=name) from error


def keep(data: bytes) -> str:
    """Write bytes under their sha256 and return it; the same bytes are kept once."""
    digest = hashlib.sha256(data).hexdigest()
    target = path_of(digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        sync_file(Path(fresh))
        Path(fresh).replace(target)
        sync_file(target)
    return digest


def load(digest: str) -> bytes:
    """Return the bytes of a digest; raises Missing if they are gone or no longer match."""
    path = path_of(digest)
    data = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(data).hexdigest() != digest:
        raise Missing
    return data


def path_of(digest: str) -> Path:
    """Return where the bytes of a digest lie."""
    return config.current().uploads / digest[:2] / digest[2:]
