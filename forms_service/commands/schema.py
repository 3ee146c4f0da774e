"""``forms-service schema``: what editors need to complete and underline the files of one folder."""

from __future__ import annotations

import json
from pathlib import Path

from forms_service.commands.check import templates_of
from forms_service.errors import NotFound
from forms_service.language.files import SERVICE, SETTINGS, gather
from forms_service.language.notes import Notes
from forms_service.language.schema.file import file_schema, file_schemas
from forms_service.language.schema.known import known_words
from forms_service.register.keys import SERVICE_KEYS
from forms_service.settings import Settings
from forms_service.wiring import words_of


def schema(settings: Settings, folder: Path | None = None, out: Path | None = None) -> int:
    """Writes one schema for each kind of file, with the words of this folder, and says how VS Code finds them."""
    workflows = folder or settings.workflows
    if not workflows.is_dir():
        raise NotFound(f"There is no folder {workflows}")
    templates, target = templates_of(workflows, settings), out or Path("schemas")
    files = gather(workflows, templates, Notes())
    known = known_words(words_of(files), files)
    schemas = {**file_schemas(known), "service": file_schema(SERVICE_KEYS, known)}
    target.mkdir(parents=True, exist_ok=True)
    for kind, found in schemas.items():
        path = target / f"{kind}.schema.json"
        path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"Wrote {path}")
    print('For VS Code with the extension "YAML", this belongs into .vscode/settings.json:')
    print(json.dumps({"yaml.schemas": editor_settings(target, workflows, templates)}, indent=2))
    return 0


def editor_settings(target: Path, workflows: Path, templates: Path) -> dict[str, list[str]]:
    """Schema → files, as patterns that the editor understands."""
    here, beside = _from_here(workflows), _from_here(templates)
    patterns = {
        "workflow": [f"{here}/*.yaml", f"!{here}/{SERVICE}"],
        "form": [f"{here}/forms/*.yaml"],
        "message": [f"{here}/messages/*.yaml"],
        "document": [f"{beside}/*/{SETTINGS}"],
        "service": [f"{here}/{SERVICE}"],
    }
    return {f"{_from_here(target)}/{kind}.schema.json": found for kind, found in patterns.items()}


def _from_here(path: Path) -> Path:
    """As an editor writes it that was opened in this folder."""
    return path.resolve().relative_to(Path.cwd()) if path.resolve().is_relative_to(Path.cwd()) else path
