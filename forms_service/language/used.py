"""Which files one workflow uses: they are what a published version freezes."""

from __future__ import annotations

from collections.abc import Iterator

from forms_service.language.definitions import Ask, Definitions, Make, Send, Step, Workflow
from forms_service.language.files import Files, document_settings, document_template, is_translation
from forms_service.translation.po_file import as_file, read_catalogue

REMINDER = "reminder"


def files_of(definitions: Definitions, workflow_key: str, files: Files) -> Files:
    """The workflow's own file and its forms, messages and documents; not the workflows that it starts."""
    used = set(used_by(definitions.workflows[workflow_key]))
    own = {name: text for name, text in sorted(files.items()) if name in used}
    return {**own, **_translations_of(own, files)}


def _translations_of(own: Files, files: Files) -> Files:
    """Of each language what it says of these files and no more: another form's words make no new version."""
    names = [name for name in sorted(files) if is_translation(name)]
    catalogues = {name: read_catalogue(files[name], "").only(own) for name in names}
    return {name: as_file(catalogue) for name, catalogue in catalogues.items() if catalogue.entries}


def used_by(workflow: Workflow) -> Iterator[str]:
    """Names of files; some may be made of an empty word, and are no file."""
    yield f"{workflow.key}.yaml"
    yield f"forms/{workflow.start.form}.yaml"
    for step in workflow.all_steps():
        yield from used_by_step(step)


def used_by_step(step: Step) -> Iterator[str]:
    if isinstance(step, Ask):
        yield f"forms/{step.form}.yaml"
        for message in (step.invite, step.notify, step.late.send if step.late else "", step.remind and REMINDER):
            yield f"messages/{message}.yaml"
    elif isinstance(step, Send):
        yield f"messages/{step.message}.yaml"
        yield f"forms/{step.held.form if step.held else ''}.yaml"
    elif isinstance(step, Make):
        yield from (document_settings(step.document), document_template(step.document))
