"""Checks that all files of a folder fit together and keep to the service's vocabulary."""

from __future__ import annotations

from forms_service.language.checking.document import check_document, labels_in
from forms_service.language.checking.form import check_form
from forms_service.language.checking.names import answers_of, columns_of, facts_of, outcome_of, viewer_of
from forms_service.language.checking.runs import check_runs
from forms_service.language.checking.scope import Given
from forms_service.language.checking.texts import TextCheck
from forms_service.language.checking.translations import asked_by, check_translations
from forms_service.language.checking.words import Words, decides
from forms_service.language.checking.workflow import check_workflow
from forms_service.language.files import LANGUAGES, Files, document_template
from forms_service.language.found import Found, readable
from forms_service.language.notes import Notes
from forms_service.language.titles import Titled
from forms_service.language.vocabulary import Vocabulary


def cross_check(found: Found, files: Files, vocabulary: Vocabulary, notes: Notes) -> None:
    """Everything that can only be seen with all files at hand; what is wrong is added to ``notes``."""
    words, texts = words_of(found, vocabulary, notes), TextCheck(files, notes)
    facts = facts_of(vocabulary) | viewer_of(vocabulary)
    for form in readable(found.forms.values()):
        check_form(form, vocabulary, notes)
        texts.form(form, facts)
    titled: tuple[Titled, ...] = (*readable(found.workflows.values()), *readable(found.documents.values()))
    asked = asked_by(readable(found.forms.values()), titled)
    for code, catalogue in found.languages.items():
        if catalogue:
            check_translations(f"{LANGUAGES}{code}.po", catalogue, asked, notes)
    for message in readable(found.messages.values()):
        texts.message(message)
    for document in readable(found.documents.values()):
        check_document(document, vocabulary, notes)
        texts.document(document, document_template(document.key))
    for workflow in readable(found.workflows.values()):
        check_workflow(workflow, words)
        texts.workflow(workflow)
    check_runs({workflow.key: workflow for workflow in readable(found.workflows.values())}, notes)


def words_of(found: Found, vocabulary: Vocabulary, notes: Notes) -> Words:
    return Words(
        found,
        vocabulary,
        notes,
        given_by(found),
        labels={document.key: labels_in(document) for document in readable(found.documents.values())},
        deciding={form.key for form in readable(found.forms.values()) if decides(form)},
    )


def given_by(found: Found) -> Given:
    answers = {form.key: answers_of(form) | columns_of(form) for form in readable(found.forms.values())}
    return Given(answers, {workflow.key: outcome_of(workflow) for workflow in readable(found.workflows.values())})
