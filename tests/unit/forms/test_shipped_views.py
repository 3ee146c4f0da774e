"""The shipped questions about how it goes: short for whoever is asked, never a dead end for the coordinator."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms_service.casework.vocabulary import PEER_SUPPORT
from forms_service.forms.context import Context
from forms_service.forms.fill import blank, fill
from forms_service.language.definitions import Definitions, FieldType, Form
from forms_service.language.files import read_files
from forms_service.language.load import load
from tests.unit.forms.asking import posted

ROOT = Path(__file__).parents[3]
VIEWS = ("self_evaluation", "peer_evaluation", "caseworker_evaluation")


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load(read_files(ROOT / "workflows", ROOT / "pdf_templates"), PEER_SUPPORT)


def seen_by(role: str) -> Context:
    return Context({"me": {"role": role}})


def names(form: Form, role: str) -> set[str]:
    return {question.name for question in blank(form, seen_by(role)).questions()}


@pytest.mark.parametrize("form", [*VIEWS, "final_report_reading"])
@pytest.mark.parametrize("role", ["", "peer", "caseworker", "primary_contact"])
def test_only_the_coordinator_can_say_that_nobody_answered(definitions: Definitions, form: str, role: str) -> None:
    asked = definitions.forms[form]
    assert names(asked, "coordinator") - names(asked, role) == {"unanswered"}


@pytest.mark.parametrize("form", [*VIEWS, "final_report_reading"])
def test_that_nobody_answered_is_enough_to_go_on(definitions: Definitions, form: str) -> None:
    sent = fill(definitions.forms[form], seen_by("coordinator"), posted(unanswered="true"))
    assert sent.answers is not None, sent.problems
    assert sent.answers["unanswered"] is True


@pytest.mark.parametrize("form", VIEWS)
def test_nothing_in_a_view_must_be_answered(definitions: Definitions, form: str) -> None:
    assert not [field.name for field in definitions.forms[form].fields() if field.required]


@pytest.mark.parametrize("form", ["peer_evaluation", "caseworker_evaluation", "relief_talk"])
def test_what_others_say_of_somebody_stays_inside(definitions: Definitions, form: str) -> None:
    told = {field.name for field in definitions.forms[form].fields() if field.type is not FieldType.NOTE}
    internal = {field.name for field in definitions.forms[form].fields() if field.internal}
    assert told - internal <= {"unanswered", "talked_on"}


def test_a_view_is_short(definitions: Definitions) -> None:
    assert len(names(definitions.forms["peer_evaluation"], "peer")) <= 4
    assert len(names(definitions.forms["caseworker_evaluation"], "caseworker")) <= 4
