"""``forms-service check``: everything that is wrong with a folder of workflows, at once."""

from __future__ import annotations

from pathlib import Path

from forms_service import wiring
from forms_service.errors import NotFound
from forms_service.language.check import check as problems_in
from forms_service.language.completeness import how_far
from forms_service.language.excerpt import with_excerpts
from forms_service.language.files import gather
from forms_service.language.notes import Notes
from forms_service.register.check import problems_of as problems_of_service
from forms_service.settings import Settings


def check(settings: Settings, folder: Path | None = None) -> int:
    """Prints ``file:line:column: what is wrong``, as editors understand it. Exit status 1 when there is anything."""
    workflows = folder or settings.workflows
    if not workflows.is_dir():
        raise NotFound(f"There is no folder {workflows}")
    templates = templates_of(workflows, settings)
    files = gather(workflows, templates, Notes())
    words = wiring.words_of(files)
    problems = problems_in(workflows, templates, words, problems_of_service)
    for problem in with_excerpts(problems):
        print(problem)
    print(_summary(len(problems), workflows))
    for line in () if problems else how_far(files):
        print(f"  {line}")
    return 1 if problems else 0


def templates_of(workflows: Path, settings: Settings) -> Path:
    """A folder elsewhere brings its own templates beside it: workflows and pdf_templates."""
    beside = workflows.resolve().parent / "pdf_templates"
    return beside if beside.is_dir() else wiring.templates_of(workflows, settings)


def _summary(count: int, workflows: Path) -> str:
    if count == 0:
        return f"All is well in {workflows}"
    return f"{count} {'problem' if count == 1 else 'problems'} in {workflows}"
