"""Images: read whole, turned upright, made smaller when they are huge, and written anew as nothing but the picture."""

from __future__ import annotations

import threading
import warnings
from io import BytesIO

from PIL import Image, ImageOps

from forms_service.forms.attached.kinds import Kind
from forms_service.forms.attached.refused import FileRefused, Reason

LONGEST_SIDE = 3508
"""An A4 sheet at 300 dots an inch, lengthwise."""
MOST_DOTS = {Kind.JPEG: 64_000_000, Kind.PNG: 25_000_000}
"""A JPEG is read at half its size and less when it is large; a PNG is read whole, in four bytes a dot."""
QUALITY = 88
_one_at_a_time = threading.Lock()
"""So that the memory that a process needs does not grow with how many people attach something at once."""


def clean_image(content: bytes, kind: Kind) -> bytes:
    """The same picture without place, camera and remarks. FileRefused when it cannot be read to its end."""
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count the dots ourselves
        try:
            return _written(_upright(_opened(content, kind)), kind)
        except FileRefused:
            raise
        except Image.DecompressionBombError:
            raise FileRefused(Reason.TOO_MANY_DOTS) from None
        except Exception:  # noqa: BLE001 (a broken image makes a reader fail in any way there is)
            raise FileRefused(Reason.BROKEN) from None


def _opened(content: bytes, kind: Kind) -> Image.Image:
    image = Image.open(BytesIO(content), formats=(kind.name,))
    if image.width * image.height > MOST_DOTS[kind]:
        raise FileRefused(Reason.TOO_MANY_DOTS)
    if kind is Kind.JPEG:
        longest = max(image.size)
        image.draft("RGB", (image.width * LONGEST_SIDE // longest, image.height * LONGEST_SIDE // longest))
    image.load()
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Made smaller first: all that comes after needs less memory."""
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    ImageOps.exif_transpose(image, in_place=True)
    return image


def _written(image: Image.Image, kind: Kind) -> bytes:
    """A new image that has never known the old one's remarks."""
    mode = "RGB" if kind is Kind.JPEG else "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    bare, out = Image.new(mode, image.size), BytesIO()
    bare.paste(image if image.mode == mode else image.convert(mode))
    bare.save(out, kind.name, **({"quality": QUALITY} if kind is Kind.JPEG else {}))
    return out.getvalue()
