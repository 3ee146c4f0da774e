"""Checks what an each goes through: single values, that may be told to whoever is asked about them."""

from __future__ import annotations

from dataclasses import replace

from forms_service.language.checking.scope import Scope
from forms_service.language.definitions import Ask, Each, RunWorkflow, at, walk
from forms_service.language.grammar.kinds import Kind
from forms_service.language.notes import Notes, quoted
from forms_service.language.vocabulary import ValueType

ITSELF_A_LIST = "Each item would be a list itself; an item is one text, number, date or row."


def check_items(step: Each, kind: Kind | None, scope: Scope, notes: Notes) -> Kind | None:
    """What is known of one item; None when that is nothing, or no item can be like that."""
    check_runs_of_items(step, notes)
    if kind is None:
        return None
    if kind.entry.type is ValueType.LIST:
        notes.add(step.over.place, ITSELF_A_LIST, "Take one of the lists, as with first(…).")
        return None
    internal = internal_names(step, scope)
    if internal:
        check_asks_of_items(step, internal[0], notes)
    columns = tuple((name, replace(column, internal=bool(internal))) for name, column in kind.entry.columns)
    return replace(kind.entry, internal=bool(internal), columns=columns)


def internal_names(step: Each, scope: Scope) -> list[str]:
    found = ((name, scope.names.get(name)) for name in sorted(step.over.names()))
    return [name for name, kind in found if kind and kind.internal]


def check_asks_of_items(step: Each, name: str, notes: Notes) -> None:
    ask = next((inner for inner in walk(step.steps) if isinstance(inner, Ask)), None)
    if ask:
        message = f'{quoted(name)} is internal and never leaves: the title of the task "{ask.id}" would name the item.'
        notes.add(step.over.place, message)


def check_runs_of_items(step: Each, notes: Notes) -> None:
    """About one subject a workflow is under way once, so that items at the same time would meet in one run."""
    runs = (inner for inner in walk(step.steps) if isinstance(inner, RunWorkflow)) if step.at_once else ()
    for run in runs:
        message = f"All items come at the same time, and would share one run of {quoted(run.workflow)}."
        notes.add(at(run, "run"), message, 'Leave out "at_once".')
