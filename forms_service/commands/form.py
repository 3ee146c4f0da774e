"""One form with what belongs to it, found by its name or by the path of its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from forms_service.commands.check import templates_of
from forms_service.errors import NotFound
from forms_service.language.definitions import Form
from forms_service.language.files import read_files
from forms_service.language.fingerprint import fingerprint
from forms_service.language.load import load
from forms_service.language.named import named
from forms_service.language.peers import naming_of
from forms_service.register.titles import role_titles
from forms_service.settings import ServiceIdentity, Settings
from forms_service.wiring import called_as, service_of

FOLDER = "forms"


@dataclass(frozen=True, slots=True)
class Found:
    """``version`` is the mark of the form's file, ``templates`` what its paper is printed with."""

    form: Form
    version: str
    identity: ServiceIdentity
    templates: Path
    roles: Mapping[str, str]


def find_form(settings: Settings, name: str) -> Found:
    """``name`` is one in the folder of the settings ("intake"), or the path of a file. NotFound, InvalidDefinitions."""
    folder, key = place_of(settings, name)
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}")
    templates = templates_of(folder, settings)
    files = read_files(folder, templates)
    service = service_of(files, settings.zone)
    forms = named(load(files, service.vocabulary), naming_of(settings.service)).forms
    if key not in forms:
        raise NotFound(f'There is no form "{key}" in {folder / FOLDER}')
    own = {"peer": settings.service.peer_label}
    identity = called_as(settings, service).service
    return Found(forms[key], fingerprint(files, key), identity, templates, {**own, **role_titles(service)})


def today_of(settings: Settings) -> date:
    return datetime.now(settings.zone).date()


def place_of(settings: Settings, name: str) -> tuple[Path, str]:
    """The folder of workflows, and the form's key; a form lies in the folder ``forms`` of its workflows."""
    path = Path(name)
    if not path.suffix:
        return settings.workflows, name
    return (path.parent.parent if path.parent.name == FOLDER else path.parent), path.stem
