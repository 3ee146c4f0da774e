"""What must be on the machine beside Python packages, how one sees that it is there, and what brings it."""

from __future__ import annotations

import ctypes
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Need:
    """A library or program of the operating system."""

    name: str
    package: str
    """Debian's name for it."""
    why: str
    is_there: Callable[[], bool]
    must: bool = True
    """False: the service runs without it, but worse."""


def library(*names: str) -> Callable[[], bool]:
    """Whether the loader finds a shared library under one of these names."""
    return lambda: any(_loads(name) for name in names)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def file(path: str) -> Callable[[], bool]:
    return lambda: Path(path).is_file()


PANGO = Need(
    "Pango", "libpango-1.0-0", "lays out the text of documents", library("libpango-1.0.so.0", "libpango-1.0.dylib")
)
PANGO_FT2 = Need(
    "Pango for FreeType",
    "libpangoft2-1.0-0",
    "finds the fonts of documents",
    library("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
)
HARFBUZZ_SUBSET = Need(
    "HarfBuzz subsetting",
    "libharfbuzz-subset0",
    "makes documents three times as fast",
    library("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    must=False,
)
TO_RUN = (PANGO, PANGO_FT2, HARFBUZZ_SUBSET)

TO_TEST = (
    Need("Chromium", "chromium", "opens the pages in tests", program("chromium", "chromium-browser", "google-chrome")),
    Need("Java", "default-jre-headless", "runs veraPDF", program("java")),
    Need("JAXB", "libjaxb-java", "veraPDF reads its rules with it", file("/usr/share/java/jaxb-runtime.jar")),
    Need("iStack", "libistack-commons-java", "JAXB needs it", file("/usr/share/java/istack-commons-runtime.jar")),
    Need("Poppler", "poppler-utils", "turns documents into pictures and text in tests", program("pdftoppm")),
)


def missing(needs: Iterable[Need]) -> list[Need]:
    return [need for need in needs if not need.is_there()]


def install_command(needs: Iterable[Need]) -> str:
    """What to type on Debian and its relatives; elsewhere the names are a hint."""
    packages = " ".join(need.package for need in needs)
    if shutil.which("apt-get") or not shutil.which("brew"):
        return f"apt-get install --no-install-recommends {packages}"
    return "brew install pango harfbuzz"
