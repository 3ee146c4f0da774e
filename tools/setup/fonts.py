"""Slims the fonts of the pages: ``python -m tools.setup.fonts FILE…``, with the Python that has fontTools.

A page is set in weights from 400 to 700, and in the Latin letters of Europe's languages, the Sámi ones among them; the
rest of Inter weighs more than everything else that a first visit loads.
"""

from __future__ import annotations

import sys
from pathlib import Path

LETTERS = (
    *range(0x0020, 0x0180),
    *(0x01B7, *range(0x01CD, 0x01F0), *range(0x01FA, 0x0200), *range(0x0218, 0x021C), 0x0292, *range(0x02B9, 0x02BD)),
    *range(0x02C6, 0x02DE),
    *range(0x0300, 0x0330),
    *range(0x1E80, 0x1E86),
    *(0x1E9E, *range(0x2010, 0x2040), 0x20AC, 0x2116, 0x2122, *range(0x2190, 0x2194), 0x2212),
)
WEIGHTS = (400, 700)


def slim(file: Path) -> None:
    """The same font with fewer letters and weights; nothing of how its letters look changes."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 - set-up itself runs without it
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    font = TTFont(file, recalcTimestamp=False)
    subsetter = Subsetter(Options(hinting=False, layout_features=["*"], flavor="woff2"))
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    slimmer = instantiateVariableFont(font, {"wght": WEIGHTS})
    slimmer.flavor = "woff2"
    slimmer.save(file)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        slim(Path(name))
