"""The folders that are shipped load with the words of their service."""

from __future__ import annotations

from pathlib import Path

from forms_service.casework.vocabulary import PEER_SUPPORT
from forms_service.language.check import check
from forms_service.language.definitions import Ask
from forms_service.language.files import read_files
from forms_service.language.load import files_of, load

ROOT = Path(__file__).parents[3]
WORKFLOWS, TEMPLATES = ROOT / "workflows", ROOT / "pdf_templates"


def test_the_shipped_folders_have_no_problems() -> None:
    assert [str(problem) for problem in check(WORKFLOWS, TEMPLATES, PEER_SUPPORT)] == []


def test_every_shipped_workflow_loads_from_its_own_files_alone() -> None:
    files = read_files(WORKFLOWS, TEMPLATES)
    definitions = load(files, PEER_SUPPORT)
    assert len(definitions.workflows) >= 5
    for key, workflow in definitions.workflows.items():
        assert load(files_of(definitions, key, files), PEER_SUPPORT, alone=True).workflows == {key: workflow}


def test_no_shipped_document_may_use_an_internal_answer() -> None:
    definitions = load(read_files(WORKFLOWS, TEMPLATES), PEER_SUPPORT)
    asks = [
        step for workflow in definitions.workflows.values() for step in workflow.all_steps() if isinstance(step, Ask)
    ]
    answers = [(step.id, field) for step in asks for field in definitions.forms[step.form].fields()]
    internal = {f"{step}.{field.name}" for step, field in answers if field.internal}
    used = {name for document in definitions.documents.values() for name in document.uses}
    assert "conversation.internal_note" in internal
    assert not used & internal
