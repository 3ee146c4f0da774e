"""By what a form's version is known: a short mark of its file, the same wherever the same file is."""

from __future__ import annotations

import hashlib

from forms_service.errors import NotFound
from forms_service.language.files import Files

LENGTH = 8


def fingerprint(files: Files, form: str) -> str:
    """Eight letters and digits that change whenever anything in the form's file does. NotFound."""
    text = files.get(f"forms/{form}.yaml") or files.get(f"forms/{form}.yml")
    if text is None:
        raise NotFound
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:LENGTH]
