"""Where the shipped workflows and templates lie: in a checkout beside the package, in a wheel inside it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parent
SHIPPED = PACKAGE / "shipped"
"""Where the build puts the folders (see ``pyproject.toml``)."""


def is_checkout() -> bool:
    return (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "workflows").is_dir()


def shipped_folder(name: str) -> Path:
    """``workflows`` or ``pdf_templates`` as they came with the program."""
    return (CHECKOUT if is_checkout() else SHIPPED) / name


def usual_instance() -> Path:
    """The checkout's ``instance``, or one in the folder that the program was started in."""
    return (CHECKOUT if is_checkout() else Path.cwd()) / "instance"
