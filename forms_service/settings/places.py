"""Where the shipped workflows and templates lie: in a checkout beside the package, in a wheel inside it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parent
SHIPPED = PACKAGE / "shipped"
"""Where the build puts the folders (see ``pyproject.toml``)."""

STYLE = "_shared"
"""Letterhead, macros, print style and fonts of all documents of one folder of templates."""

FORMS = "_forms"
"""How forms look on paper, blank and filled in."""


def is_checkout() -> bool:
    return (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "workflows").is_dir()


def shipped_folder(name: str) -> Path:
    """``workflows`` or ``pdf_templates`` as they came with the program."""
    return (CHECKOUT if is_checkout() else SHIPPED) / name


def usual_instance() -> Path:
    """The checkout's ``instance``, or one in the folder that the program was started in."""
    return (CHECKOUT if is_checkout() else Path.cwd()) / "instance"


def with_style(pdf_templates: Path) -> Path:
    """The folder whose ``_shared`` documents are printed with: this one, or else the one that came with the program."""
    return pdf_templates if (pdf_templates / STYLE).is_dir() else shipped_folder("pdf_templates")


def forms_on_paper(pdf_templates: Path) -> Path:
    """The templates that forms are printed with: those of this folder, or else those that came with the program."""
    own = pdf_templates / FORMS
    return own if own.is_dir() else shipped_folder("pdf_templates") / FORMS
