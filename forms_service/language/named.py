"""A folder's definitions with the word for a peer that an installation has chosen: whatever of them people read."""

from __future__ import annotations

from dataclasses import replace

from forms_service.language.definitions import Definitions, Document, Form, Message, Workflow
from forms_service.language.titles import retitled
from forms_service.language.wording import Say, reworded
from forms_service.translation.catalogue import SOURCE
from forms_service.translation.naming import AS_WRITTEN, Naming


def named(definitions: Definitions, naming: Naming) -> Definitions:
    """Values, names and conditions are no words, and stay. A version is frozen without it: the word is of today."""
    if naming == AS_WRITTEN:
        return definitions
    return Definitions(
        {key: _workflow(workflow, naming) for key, workflow in definitions.workflows.items()},
        {key: named_form(form, naming) for key, form in definitions.forms.items()},
        {key: _message(message, naming) for key, message in definitions.messages.items()},
        {key: _document(document, naming) for key, document in definitions.documents.items()},
    )


def named_form(form: Form, naming: Naming) -> Form:
    languages = {code: reworded(other, _say(naming, code)) for code, other in form.languages.items()}
    return replace(reworded(form, _say(naming, SOURCE)), languages=languages)


def _workflow(workflow: Workflow, naming: Naming) -> Workflow:
    languages = {code: retitled(other, _say(naming, code)) for code, other in workflow.languages.items()}
    return replace(retitled(workflow, _say(naming, SOURCE)), languages=languages)


def _document(document: Document, naming: Naming) -> Document:
    """Its template too, in which the word stands nowhere but in what is printed."""
    languages = {code: retitled(other, _say(naming, code)) for code, other in document.languages.items()}
    plain = retitled(document, _say(naming, SOURCE))
    return replace(plain, template=naming.said(document.template, SOURCE), languages=languages)


def _message(message: Message, naming: Naming) -> Message:
    subject, body, sms = (naming.said(text, SOURCE) for text in (message.subject, message.body, message.sms))
    return replace(message, subject=subject, body=body, sms=sms)


def _say(naming: Naming, language: str) -> Say:
    return lambda _, text: naming.said(text, language)
