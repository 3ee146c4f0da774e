"""``forms-service picture``: a workflow as a page that a browser shows, or as Mermaid text for documentation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files as resources
from pathlib import Path

from markupsafe import Markup

from forms_service.commands.check import templates_of
from forms_service.commands.output import put
from forms_service.errors import NotFound
from forms_service.language.definitions import Definitions
from forms_service.language.files import read_files
from forms_service.language.load import load
from forms_service.language.named import named
from forms_service.language.peers import naming_of
from forms_service.picture.figure import figure
from forms_service.picture.mermaid import mermaid
from forms_service.register.titles import role_titles
from forms_service.settings import Settings
from forms_service.wiring import service_of

PAGE = Markup(
    '<!doctype html>\n<html lang="nb">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
    "<style>\n{style}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{figure}\n</body>\n</html>\n"
)
OWN_STYLE = (
    ":root {color-scheme: light dark}\n"
    "body {max-width: 72rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif}\n"
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A folder of workflows, and what its roles are called."""

    definitions: Definitions
    roles: Mapping[str, str]


def picture(settings: Settings, workflow: str, out: Path | None, *, as_mermaid: bool) -> int:
    """``workflow`` is a name in the folder of the settings ("intake"), or the path of a YAML file in another."""
    path = Path(workflow)
    folder, key = (path.parent, path.stem) if path.suffix else (settings.workflows, workflow)
    drawn = drawn_in(folder, settings)
    if key not in drawn.definitions.workflows:
        raise NotFound(f'There is no workflow "{key}" in {folder}')
    put(_mermaid(drawn, key) if as_mermaid else _page(drawn, key), out)
    return 0


def drawn_in(folder: Path, settings: Settings) -> Drawn:
    """Raises NotFound, InvalidDefinitions."""
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}")
    files = read_files(folder, templates_of(folder, settings))
    service = service_of(files, settings.zone)
    own = {"peer": settings.service.peer_label}
    return Drawn(named(load(files, service.vocabulary), naming_of(settings.service)), {**own, **role_titles(service)})


def _mermaid(drawn: Drawn, key: str) -> str:
    return mermaid(drawn.definitions, drawn.definitions.workflows[key], drawn.roles)


def _page(drawn: Drawn, key: str) -> str:
    workflow = drawn.definitions.workflows[key]
    style = resources("forms_service").joinpath("web", "static", "picture.css").read_text(encoding="utf-8")
    shown = figure(drawn.definitions, workflow, roles=drawn.roles)
    rules = Markup(OWN_STYLE + style)  # noqa: S704 - both come with this program
    return PAGE.format(title=workflow.title, style=rules, figure=shown)
