"""Checks one form: its names, what its conditions ask about, and the lists its fields pick from."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from forms_service.language.checking.names import (
    OF_THE_PAGE,
    answers_of,
    columns_of,
    facts_of,
    kind_of,
    reserved,
    viewer_of,
)
from forms_service.language.companions import COMPANIONS
from forms_service.language.definitions import Field, FieldType, Form, Rule, at
from forms_service.language.expression import Expression, type_of
from forms_service.language.grammar.kinds import Elsewhere, Kind, Names, full
from forms_service.language.notes import Notes
from forms_service.language.problems import Place
from forms_service.language.vocabulary import ValueType, Vocabulary

LATER = "stands later in the form; a condition can only ask about fields before it"
NOT_YET = "is an answer; what stands in a field from the beginning can only come from facts"
SIGNED_LAST = "is a signature; it is given when all else is answered"


def check_form(form: Form, vocabulary: Vocabulary, notes: Notes) -> None:
    check_names(form, vocabulary, notes)
    answers, columns = answers_of(form), columns_of(form)
    signed = frozenset(field.name for field in form.fields() if field.type is FieldType.SIGNATURE)
    names = facts_of(vocabulary) | viewer_of(vocabulary)
    for field in form.fields():
        if field.show_when:
            check_condition(field.show_when, names, Elsewhere(answers | columns, LATER), notes)
        check_people(field, vocabulary, notes)
        if field.prefill:
            check_prefill(field, answers, vocabulary, notes)
        if field.name in answers and field.name not in signed:
            names[field.name] = answers[field.name]
        names |= {name: kind for name, kind in columns.items() if name.startswith(f"{field.name}.")}
    for rule in form.rules:
        check_rule(rule, answers, names, notes)
    check_pages(form, notes)


def check_people(field: Field, vocabulary: Vocabulary, notes: Notes) -> None:
    """Who signs, and the lists that people are chosen from, are those that the service has."""
    if field.signer and field.signer not in vocabulary.roles:
        notes.unknown(at(field, "signer"), "role", field.signer, vocabulary.roles)
    for picking in (field, *field.fields):
        if picking.pick and picking.pick not in vocabulary.picks:
            notes.unknown(at(picking, "pick"), "list", picking.pick, vocabulary.picks)


def check_prefill(field: Field, answers: Names, vocabulary: Vocabulary, notes: Notes) -> None:
    """It is worked out before anything is answered, and must be what the field takes."""
    assert field.prefill is not None
    names, wanted = facts_of(vocabulary) | viewer_of(vocabulary), kind_of(field).type
    check_type(field.prefill, wanted, f"This field takes a {wanted}", names, Elsewhere(answers, NOT_YET), notes)


def check_rule(rule: Rule, answers: Names, names: Names, notes: Notes) -> None:
    unsaid = Elsewhere(answers.keys() - names.keys(), SIGNED_LAST)
    check_type(rule.must, ValueType.YES_NO, "A rule must be yes or no", names, unsaid, notes)
    markable = [name for name, kind in answers.items() if not full(kind).signed]
    if rule.at not in markable:
        notes.unknown(at(rule, "at"), "field", rule.at, markable)
    asked = rule.must.names()
    if asked <= names.keys() and not {name.partition(".")[0] for name in asked} & answers.keys():
        notes.add(rule.must.place, "A rule speaks of at least one field of its form.")


def check_names(form: Form, vocabulary: Vocabulary, notes: Notes) -> None:
    """A name inside a group never stands alone, so that only the others in its group can take it."""
    check_own(form.fields(), reserved(vocabulary), notes)
    for group in form.fields():
        check_own(group.fields, (), notes)


def check_own(fields: Iterable[Field], taken: Collection[str], notes: Notes) -> None:
    places = dict[str, Place]()
    for field in fields:
        place = at(field, "name")
        if field.name in places:
            notes.add(place, f'There is a field "{field.name}" already, in line {places[field.name].line}.')
        elif field.name in OF_THE_PAGE:
            notes.add(place, f'"{field.name}" is used by the pages themselves and cannot be a field.')
        elif field.name in taken:
            notes.add(place, f'"{field.name}" has a meaning of its own and cannot be a field.')
        for ending in (ending for ending in COMPANIONS if field.name.endswith(ending)):
            notes.add(place, f'A field cannot end in "{ending}": {COMPANIONS[ending]}.')
        places.setdefault(field.name, place)


def check_pages(form: Form, notes: Notes) -> None:
    """Whoever names one page names all, each by its own title."""
    titled = [section for section in form.sections if section.page]
    if titled and not form.sections[0].page:
        notes.add(at(titled[0], "page"), "The first section must begin a page too.", 'Give it a "page".')
    seen: set[str] = set()
    for section in titled:
        if section.page in seen:
            notes.add(at(section, "page"), f'There is a page "{section.page[:60]}" already.')
        seen.add(section.page)


def check_condition(condition: Expression, names: Names, elsewhere: Elsewhere, notes: Notes) -> None:
    """Names, types and choices of an expression that must be yes or no."""
    check_type(condition, ValueType.YES_NO, "A condition must be yes or no", names, elsewhere, notes)


def check_type(
    expression: Expression, wanted: ValueType, rule: str, names: Names, elsewhere: Elsewhere, notes: Notes
) -> Kind | None:
    """The expression's kind when it is known and as wanted."""
    if notes.full(expression.place.file):
        return None
    typed = type_of(expression, names, elsewhere)
    notes.extend(typed.problems)
    if typed.type not in (None, wanted):
        notes.add(expression.place, f"{rule}; this is a {typed.type}.")
    return typed.kind if typed.type is wanted else None
