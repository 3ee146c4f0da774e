"""The shipped documents agree with the forms they are made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms_service.casework.month import COUNTED
from forms_service.casework.peer_support import PeerSupport
from forms_service.documents.allow_list import allowed
from forms_service.documents.preview import document_in
from forms_service.documents.sample import read_sample
from forms_service.domain.match import ContactKind
from forms_service.language.definitions import Definitions, FieldType, Form
from forms_service.language.files import read_files
from forms_service.language.load import load

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "pdf_templates"
KEYS = sorted(folder.name for folder in TEMPLATES.iterdir() if (folder / "document.yaml").is_file())
OPEN_TO = {
    "agreement": ("coordinator", "peer"),
    "evaluation_report": ("coordinator",),
    "final_report": ("coordinator",),
    "final_report_draft": ("coordinator",),
    "handover_pack": ("coordinator",),
    "monthly_report": ("coordinator",),
    "request_summary": ("coordinator", "caseworker"),
}


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load(read_files(ROOT / "workflows", TEMPLATES), PeerSupport().vocabulary)


def labels_of(form: Form) -> dict[str, str]:
    return {field.name: field.label for field in form.fields()}


def test_all_of_them_are_there() -> None:
    assert set(KEYS) == set(OPEN_TO)


@pytest.mark.parametrize("key", KEYS)
def test_a_document_is_open_to_whom_it_concerns(key: str) -> None:
    assert document_in(TEMPLATES, key).open_to == OPEN_TO[key]


@pytest.mark.parametrize("key", KEYS)
def test_the_sample_holds_what_the_document_uses_and_nothing_else(key: str) -> None:
    sample = read_sample(TEMPLATES, key)
    assert allowed(document_in(TEMPLATES, key).uses, sample) == sample


@pytest.mark.parametrize("key", KEYS)
def test_a_template_is_norwegian_and_has_a_title(key: str) -> None:
    page = (TEMPLATES / "_shared/page.html").read_text(encoding="utf-8")
    assert '<html lang="nb">' in page
    assert "<title>" in page
    assert "<h1>" in page
    assert re.match(r'{% extends "(page|final_report)\.html" %}', document_in(TEMPLATES, key).template)


def test_the_evaluation_repeats_the_statements_as_the_participant_read_them(definitions: Definitions) -> None:
    template = document_in(TEMPLATES, "evaluation_report").template
    statements = {name: words for words, name in re.findall(r'\("([^"]+)", self\.(\w+),', template)}
    labels = labels_of(definitions.forms["self_evaluation"])
    assert len(statements) == 11
    assert statements == {name: labels[name] for name in statements}


def test_the_summary_repeats_the_questions_as_the_caseworker_read_them(definitions: Definitions) -> None:
    template = document_in(TEMPLATES, "request_summary").template
    labels = labels_of(definitions.forms["intake"])
    for name in ("own_wish", "relatively_drug_free", "lacks_network", "participant_phone", "participant_email"):
        assert f'"{labels[name]}"' in template


def test_every_kind_of_contact_has_a_name_in_the_final_report(definitions: Definitions) -> None:
    body = (TEMPLATES / "_shared/final_report.html").read_text(encoding="utf-8")
    kinds = {field.name: field.choices for field in definitions.forms["contact_entry"].fields()}["kind"]
    assert set(kinds) == set(ContactKind)
    assert set(kinds) == set(re.findall(r'^  "(\w+)": "', body, flags=re.MULTILINE))


def test_the_monthly_report_counts_every_kind_of_contact_and_holds_nothing_that_was_told(
    definitions: Definitions,
) -> None:
    asked = {field.name: field for field in definitions.forms["monthly_report"].fields()}
    counted = {str(field.prefill.source) for field in asked.values() if field.prefill}
    assert {f"match.{fact}" for fact in COUNTED} <= counted
    used = {name.removeprefix("month.") for name in document_in(TEMPLATES, "monthly_report").uses}
    assert not used & {name for name, field in asked.items() if field.internal or field.type is FieldType.PARAGRAPH}
    assert set(COUNTED.values()) == set(ContactKind)
