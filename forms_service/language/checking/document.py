"""Checks what a document may use: names that its workflow knows by then, and never an internal answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from forms_service.language.checking.scope import Scope
from forms_service.language.checking.seek import seek
from forms_service.language.companions import COMPANIONS, LABEL, SIGNED
from forms_service.language.definitions import Document, Make, Workflow, at
from forms_service.language.files import document_template
from forms_service.language.grammar.kinds import Elsewhere
from forms_service.language.jinja.environment import UnreadableTemplate
from forms_service.language.jinja.names import Use, uses_of
from forms_service.language.notes import Notes, quoted
from forms_service.language.problems import Place, did_you_mean
from forms_service.language.vocabulary import Vocabulary

MOST_USES = 500
ONLY = {LABEL: "only what is chosen from a list has a label", SIGNED: "only a signature tells who signed"}


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
    """The words of a choice stand beside its value, and who signed beside a signature; other values have neither."""
    for use in labels:
        ending = next(ending for ending in COMPANIONS if use.name.endswith(ending))
        kind = scope.names.get(use.name.removesuffix(ending))
        line = Place(document_template(document.key), use.line, 1)
        has_it = kind and (kind.labelled if ending == LABEL else kind.signed)
        if kind and not has_it and not notes.full(line.file):
            place = seek(document.template, line, use.name)
            notes.add(place, f"There is no {quoted(use.name)}: {ONLY[ending]}.")


def labels_in(document: Document) -> tuple[Use, ...]:
    """What the template takes that comes beside names it may use, each once; nothing of one that cannot be read."""
    try:
        return tuple({use.name: use for use in _beside(document)}.values())
    except UnreadableTemplate:
        return ()


def _beside(document: Document) -> Iterator[Use]:
    known = {f"{name}{ending}" for name in document.uses for ending in COMPANIONS}
    for use in uses_of(document.template):
        parts = use.name.split(".")
        heads = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
        yield from (replace(use, name=head) for head in heads if head in known)


def _unknown(name: str, place: Place, where: str, scope: Scope, elsewhere: Elsewhere, notes: Notes) -> None:
    plain = name.removesuffix(LABEL).removesuffix(SIGNED)
    if name in elsewhere.names:
        notes.add(place, f"{quoted(name)} is not known yet at {where}.")
    elif plain in scope.names:
        notes.add(place, f"{quoted(name)} comes by itself.", f'Write "{plain}".')
    else:
        notes.add(place, f"There is no {quoted(name)} at {where}.", did_you_mean(name, scope.names))
