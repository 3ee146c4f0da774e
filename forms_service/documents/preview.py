"""A document as its author will see it, printed from the sample beside the template."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from forms_service.documents.press import Press
from forms_service.documents.stamp import Stamp
from forms_service.errors import DefinitionError, NotFound
from forms_service.language.definitions import Document
from forms_service.language.problems import Place
from forms_service.settings import ServiceIdentity


def preview(folder: Path, key: str) -> bytes:
    """The PDF of ``folder/key`` from its sample.yaml, with the letterhead and stamp of ``_shared/sample.yaml``.

    NotFound when a file is missing, DefinitionError when one cannot be read; else errors as for ``Press.render``.
    """
    document, shared = read_document(folder, key), _read(folder / "_shared" / "sample.yaml")
    stamp = Stamp(title=document.title, **shared["stamp"])
    return Press(folder, ServiceIdentity(**shared["service"])).render(document, read_sample(folder, key), stamp)


def read_sample(folder: Path, key: str) -> Mapping[str, object]:
    """The invented data of one document."""
    return _read(folder / key / "sample.yaml")


def read_document(folder: Path, key: str) -> Document:
    """One document's definition as it lies in its folder, not yet checked against any form."""
    about = _read(folder / key / "document.yaml")
    return Document(
        key=about["document"],
        title=about["title"],
        place=Place(f"{key}/document.yaml", 1, 1),
        uses=tuple(about["uses"]),
        open_to=tuple(about["open_to"]),
        template=_text(folder / key / "document.html"),
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(_text(file))
    except yaml.YAMLError as error:
        raise DefinitionError(f"{file} cannot be read: {error}") from None
    if not isinstance(found, dict):
        raise DefinitionError(f"{file} must hold names and values.")
    return found


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFound(f"There is no {file}.") from None
