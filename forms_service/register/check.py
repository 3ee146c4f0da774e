"""Checks that the words of ``service.yaml`` fit together, and that its workflows keep to what its roles can do."""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.domain.people import Role
from forms_service.language.checking.form import check_condition
from forms_service.language.checking.names import facts_of
from forms_service.language.definitions import at
from forms_service.language.expression import Expression, type_of
from forms_service.language.files import SERVICE, Files
from forms_service.language.grammar.kinds import PLAIN, Elsewhere, Kind
from forms_service.language.load import read
from forms_service.language.notes import Notes
from forms_service.language.problems import Problem
from forms_service.language.vocabulary import ValueType, Vocabulary
from forms_service.register.check_steps import check_steps
from forms_service.register.description import Description, Move
from forms_service.register.description import Role as Described
from forms_service.register.service_file import read_service
from forms_service.register.vocabulary import names_of_moves, vocabulary_of

TAKEN = frozenset(Role) - {Role.ADMIN}
"""Roles of peer support, which see its pages. Whoever looks after the machine does so for any service."""
ANSWERS = Elsewhere(unsure=frozenset({PLAIN}))
"""A plain name is an answer of the form behind a move; only the workflow knows which form that is."""


def problems_of(files: Files) -> tuple[Problem, ...]:
    """All problems that ``service.yaml`` has by itself and with its workflows; nothing for a folder without one."""
    notes = Notes()
    description = read_service(files, notes) if SERVICE in files else None
    if description:
        vocabulary = vocabulary_of(description)
        check_description(description, vocabulary, notes)
        check_steps(description, vocabulary, read(files, Notes()), notes)
    return tuple(sorted(set(notes.problems)))


def words_in(files: Files) -> Vocabulary | None:
    """The words of the service as far as its file can be read; None when it cannot be read at all."""
    description = read_service(files, Notes())
    return vocabulary_of(description) if description else None


def check_description(description: Description, vocabulary: Vocabulary, notes: Notes) -> None:
    facts = facts_of(vocabulary)
    for role in description.roles.values():
        _check_role(role, facts, notes)
        if role.key in TAKEN:
            notes.add(role.place, f'The pages of this program have a role "{role.key}" already; call it otherwise.')
    for move in description.moves.values():
        _check_move(move, description, names_of_moves(vocabulary), notes)
    for condition in description.releases.values():
        check_condition(condition, facts, Elsewhere(), notes)
    _check_numbers(description, notes)


def _check_role(role: Described, facts: Mapping[str, Kind], notes: Notes) -> None:
    for key, name in (("address", role.address), ("person", role.person)):
        if name and name not in facts:
            notes.unknown(at(role, key), "fact", name, facts)
        elif name and facts[name].type is not ValueType.TEXT:
            notes.add(at(role, key), f'"{key}" takes a fact that is a text; "{name}" is a {facts[name].type}.')


def _check_move(move: Move, description: Description, facts: Mapping[str, Kind], notes: Notes) -> None:
    kind = description.subjects.get(move.kind)
    if kind is None:
        if move.kind:
            key = "opens" if move.opens else "changes"
            notes.unknown(at(move, key), "subject", move.kind, description.subjects)
        return
    for name, expression in move.sets.items():
        if name not in kind.fields:
            notes.unknown(at(move, f"sets.{name}"), f'field of "{kind.key}"', name, kind.fields)
        check_value(expression, kind.fields.get(name), name, facts, notes)
    if move.only:
        check_condition(move.only, facts, ANSWERS, notes)


def check_value(
    expression: Expression, wanted: ValueType | None, name: str, names: Mapping[str, Kind], notes: Notes
) -> None:
    """Whether a field can hold what the expression gives, as far as the names tell."""
    typed = type_of(expression, names, ANSWERS)
    notes.extend(typed.problems)
    if wanted and typed.type not in (None, wanted):
        notes.add(expression.place, f'The field "{name}" holds a {wanted}; this is a {typed.type}.')


def _check_numbers(description: Description, notes: Notes) -> None:
    """Numbers of two kinds must never be the same."""
    first: dict[str, str] = {}
    for kind in description.subjects.values():
        other = first.setdefault(kind.number, kind.key)
        if kind.number and other != kind.key:
            notes.add(at(kind, "number"), f'The numbers of "{other}" begin with "{kind.number}" already.')
