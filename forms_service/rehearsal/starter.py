"""A workflow that only another one starts is started by one that only the rehearsal knows."""

from __future__ import annotations

from itertools import count

from forms_service.language.files import Files
from forms_service.language.load import read
from forms_service.language.notes import Notes
from forms_service.language.vocabulary import Vocabulary


def with_starter(files: Files, workflow: str, vocabulary: Vocabulary) -> tuple[str, Files]:
    """The starter's key and the files with it; an empty key when somebody, or a date, starts the workflow itself."""
    found = read(files, Notes()).workflows.get(workflow)
    if found is None or found.start.form or found.start.by or found.start.on or not vocabulary.roles:
        return "", files
    key = next(key for key in map("rehearsal_{}".format, count(1)) if f"{key}.yaml" not in files)
    return key, {**files, f"{key}.yaml": _text(key, workflow, found.about, min(vocabulary.roles))}


def _text(key: str, workflow: str, about: str, role: str) -> str:
    subject = f"about: {about}\n" if about else ""
    start = f"start: {{by: [{role}]}}\n"
    return f"workflow: {key}\ntitle: {key}\n{subject}{start}steps:\n  - {{id: begins, run: {workflow}}}\n"
