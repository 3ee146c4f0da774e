"""The titles of workflows, their steps and documents, with their places: translated as the texts of forms are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias, TypeVar

from forms_service.language.definitions import Choose, Definitions, Document, Each, Step, Together, Workflow
from forms_service.language.files import document_settings
from forms_service.language.wording import Say
from forms_service.translation.catalogue import Catalogue
from forms_service.translation.update import Source

Titled: TypeAlias = Workflow | Document
OneTitled = TypeVar("OneTitled", bound=Titled)
Steps: TypeAlias = tuple[Step, ...]


def titles_of(titled: Titled) -> Iterator[tuple[str, str]]:
    """Places and titles, in the order of the file; what has none is left out."""
    found: list[tuple[str, str]] = []

    def listen(path: str, title: str) -> str:
        found.append((path, title))
        return title

    retitled(titled, listen)
    return ((path, title) for path, title in found if title)


def sources_of_titles(titled: Titled) -> Iterator[Source]:
    """For a catalogue: each title of a file once, with all places where it stands."""
    places: dict[str, list[str]] = {}
    for path, title in titles_of(titled):
        places.setdefault(title, []).append(path)
    return (Source(file_of_titles(titled), title, tuple(found)) for title, found in places.items())


def file_of_titles(titled: Titled) -> str:
    """The context of the titles in a catalogue."""
    return document_settings(titled.key) if isinstance(titled, Document) else f"{titled.key}.yaml"


def translated_titles(titled: OneTitled, catalogue: Catalogue) -> OneTitled:
    """The same in another language; what that does not say stays as it is."""
    file = file_of_titles(titled)
    return retitled(titled, lambda path, title: catalogue.words(title, f"{file}#{path}", file) or title)


def retitled(titled: OneTitled, say: Say) -> OneTitled:
    """The same with other titles."""
    other = replace(titled, title=say("title", titled.title))
    return replace(other, steps=_steps(other.steps, say)) if isinstance(other, Workflow) else other


def other_titles(plain: Definitions, other: Definitions) -> dict[str, str]:
    """Each title that is another in another language, by the bokmål one: what is stored with a task or a document."""
    found: dict[str, str] = {}
    for one, another in _pairs(plain, other):
        both = zip(titles_of(one), titles_of(another), strict=True)
        found |= {source: words for (_, source), (_, words) in both if words != source}
    forms = ((form.title, other.forms[key].title) for key, form in plain.forms.items())
    return {**{source: words for source, words in forms if words != source}, **found}


def _pairs(plain: Definitions, other: Definitions) -> Iterator[tuple[Titled, Titled]]:
    yield from ((document, other.documents[key]) for key, document in plain.documents.items())
    yield from ((workflow, other.workflows[key]) for key, workflow in plain.workflows.items())


def _steps(steps: Steps, say: Say) -> Steps:
    return tuple(_step(step, say) for step in steps)


def _step(step: Step, say: Say) -> Step:
    titled = _inside(replace(step, title=say(f"{step.id}.title", step.title)), say)
    return titled if step.failed is None else replace(titled, failed=_steps(step.failed, say))


def _inside(step: Step, say: Say) -> Step:
    match step:
        case Choose():
            ways = (replace(branch, steps=_steps(branch.steps, say)) for branch in step.branches)
            return replace(step, branches=tuple(ways))
        case Together():
            return replace(step, lanes=tuple(_steps(lane, say) for lane in step.lanes))
        case Each():
            return replace(step, steps=_steps(step.steps, say))
        case _:
            return step
