"""The fonts of the documents: the files that print.css names, and never another of this machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from forms_service.errors import MachineNotReady

SOURCE = re.compile(r"""url\(["']?(fonts/[^"')]+)["']?\)""")


def font_files(style: Path) -> list[Path]:
    """The font files that a style sheet names, in its order. MachineNotReady names those that are not there."""
    files = [style.parent / name for name in SOURCE.findall(style.read_text(encoding="utf-8"))]
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        raise MachineNotReady(
            f"Fonts are missing in {style.parent / 'fonts'}: {', '.join(missing)}. "
            "They are fetched when the project is installed: run `make setup`."
        )
    return files


def known_characters(files: list[Path]) -> set[int]:
    """Every code point that at least one of the fonts can show. MachineNotReady when a file is no font."""
    return {code for file in files for code in _code_points(file)}


def _code_points(file: Path) -> set[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with file.open("rb") as stream, TTFont(stream, lazy=True) as font:
            return set(font.getBestCmap())
    except TTLibError:
        raise MachineNotReady(f"{file} is not a font. Run `make setup` to fetch it again.") from None


def only_own_fonts() -> Any:
    """WeasyPrint's font configuration without the machine's fonts: the same document looks the same everywhere."""
    from weasyprint.text.ffi import fontconfig
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    fontconfig.FcConfigGetFonts(configuration._config, fontconfig.FcSetSystem).nfont = 0  # noqa: SLF001 - no other way
    return configuration
