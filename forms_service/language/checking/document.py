"""Checks what a document may use: names that its workflow knows by then, and never an internal answer."""

from __future__ import annotations

from collections.abc import Iterable

from forms_service.language.checking.form import LABEL
from forms_service.language.checking.scope import Scope
from forms_service.language.checking.seek import seek
from forms_service.language.definitions import Document, Make, Workflow, at
from forms_service.language.files import document_template
from forms_service.language.grammar.kinds import Elsewhere
from forms_service.language.jinja.environment import UnreadableTemplate
from forms_service.language.jinja.names import Use, uses_of
from forms_service.language.notes import Notes, quoted
from forms_service.language.problems import Place, did_you_mean
from forms_service.language.vocabulary import Vocabulary

MOST_USES = 500


def check_document(document: Document, vocabulary: Vocabulary, notes: Notes) -> None:
    if len(document.uses) > MOST_USES:
        notes.add(at(document, f"uses.{MOST_USES}"), f"A document uses {MOST_USES} names at most.")
    for index, role in enumerate(document.open_to):
        if role not in vocabulary.roles:
            notes.unknown(at(document, f"open_to.{index}"), "role", role, vocabulary.roles)


def check_uses(
    document: Document, workflow: Workflow, step: Make, scope: Scope, elsewhere: Elsewhere, notes: Notes
) -> None:
    for index, name in enumerate(document.uses[:MOST_USES]):
        place = at(document, f"uses.{index}")
        if notes.full(place.file):
            return
        kind = scope.names.get(name)
        if kind and kind.internal:
            notes.add(place, f"{quoted(name)} is internal and never leaves: a document cannot use it.")
        elif kind and kind.has_rows and not kind.in_rows:
            named = ", ".join(f"{name}.{column}" for column, _ in (kind.of or kind).columns)
            notes.add(place, f"{quoted(name)} is a group of answers; name those that the document needs.", named)
        elif kind is None and not elsewhere.may_hold(name):
            _unknown(name, place, f'the step "{step.id}" of {workflow.key}', scope, elsewhere, notes)


def check_labels(document: Document, labels: Iterable[Use], scope: Scope, notes: Notes) -> None:
    """The words of a choice stand beside its value; other values have none."""
    for use in labels:
        kind = scope.names.get(use.name.removesuffix(LABEL))
        line = Place(document_template(document.key), use.line, 1)
        if kind and not kind.labelled and not notes.full(line.file):
            place = seek(document.template, line, use.name)
            notes.add(place, f"There is no {quoted(use.name)}: only what is chosen from a list has a label.")


def labels_in(document: Document) -> tuple[Use, ...]:
    """The labels that the template takes of names it may use, each once; none of a template that cannot be read."""
    labels = {f"{name}{LABEL}" for name in document.uses}
    try:
        return tuple({use.name: use for use in uses_of(document.template) if use.name in labels}.values())
    except UnreadableTemplate:
        return ()


def _unknown(name: str, place: Place, where: str, scope: Scope, elsewhere: Elsewhere, notes: Notes) -> None:
    plain = name.removesuffix(LABEL)
    if name in elsewhere.names:
        notes.add(place, f"{quoted(name)} is not known yet at {where}.")
    elif plain in scope.names:
        notes.add(place, f"{quoted(name)} comes by itself.", f'Write "{plain}".')
    else:
        notes.add(place, f"There is no {quoted(name)} at {where}.", did_you_mean(name, scope.names))
