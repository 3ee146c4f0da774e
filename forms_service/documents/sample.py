"""Invented data beside a template, read as the engine would give it: dates are text, numbers are numbers."""

from __future__ import annotations

import re
from pathlib import Path

from forms_service.errors import NotFound
from forms_service.language.nodes import Listing, Node, Scalar, Table
from forms_service.language.notes import Notes
from forms_service.language.strict_yaml import read_yaml

NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


def read_sample(folder: Path, key: str) -> dict[str, object]:
    """Nested plain data from ``folder/key/sample.yaml``. NotFound, or InvalidDefinitions with its places."""
    notes = Notes()
    node = read_yaml(text_of(folder / key / "sample.yaml"), f"{key}/sample.yaml", notes)
    notes.refuse()
    return {name: _plain(value) for name, (_, value) in node.entries.items()} if isinstance(node, Table) else {}


def text_of(file: Path) -> str:
    """NotFound names the file that is missing."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFound(f"There is no {file}.") from None


def _plain(node: Node) -> object:
    if isinstance(node, Table):
        return {name: _plain(value) for name, (_, value) in node.entries.items()}
    if isinstance(node, Listing):
        return [_plain(item) for item in node.items]
    return _value(node)


def _value(scalar: Scalar) -> object:
    if not scalar.plain:
        return scalar.text
    if scalar.empty:
        return None
    return _number(scalar.text) if NUMBER.fullmatch(scalar.text) else scalar.text


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)
