"""The words that a described service lends to its workflows, forms and documents."""

from __future__ import annotations

from forms_service.language.checking.names import facts_of
from forms_service.language.grammar.kinds import Kind
from forms_service.language.vocabulary import ValueType, Vocabulary
from forms_service.register.description import Description, Move, Role

CASE = "case"
CASE_NUMBER = f"{CASE}.case_number"
"""The number of the record that a run is about, whatever kind it is; messages may say it."""


MAKER = "me.id"
"""The id of whoever gave the answers that a move is made with; empty for an answer by a one-time link."""


def vocabulary_of(description: Description) -> Vocabulary:
    """Each kind's fields are facts ("loan.book"); a person field can pick from everybody in a role."""
    words = Vocabulary(roles=frozenset(description.roles), facts=_facts(description))
    return Vocabulary(
        roles=words.roles,
        moves={move.key: needed_answers(move, words) for move in description.moves.values()},
        facts=words.facts,
        releases=frozenset(description.releases),
        subjects=frozenset(description.subjects),
        picks=frozenset(role.key for role in description.roles.values() if is_shared(role)),
    )


def is_shared(role: Role) -> bool:
    """Held by all people who sign in with it, and not by one whom a record names."""
    return not (role.address or role.person)


def names_of_moves(words: Vocabulary) -> dict[str, Kind]:
    """What a move can speak of beside the answers that it is made with."""
    return facts_of(words) | {MAKER: Kind(ValueType.TEXT)}


def needed_answers(move: Move, words: Vocabulary) -> frozenset[str]:
    """The names in a move's expressions that are no facts: they must be answers of the form behind it."""
    used = {name for expression in move.expressions() for name in expression.names()}
    return frozenset(name for name in used - facts_of(words).keys() if "." not in name)


def _facts(description: Description) -> dict[str, ValueType]:
    facts = {CASE_NUMBER: ValueType.TEXT} if description.subjects else {}
    for kind in description.subjects.values():
        facts |= {f"{kind.key}.{name}": type_ for name, type_ in kind.fields.items()}
    return facts
