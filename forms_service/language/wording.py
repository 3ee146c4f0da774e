"""All texts of a form that people read, each with its place: to be translated, and to be listed for translators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from forms_service.language.definitions import Field, Form, Rule, Section
from forms_service.translation.catalogue import Catalogue
from forms_service.translation.update import Source

Say = Callable[[str, str], str]
"""A place within the form ("why.label") and the text that stands there → the text that shall stand there."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One text. ``path`` is its place within the form."""

    path: str
    text: str


def texts_of(form: Form) -> Iterator[Wording]:
    """In the order of the file; texts that are not there are left out."""
    found: list[Wording] = []

    def listen(path: str, text: str) -> str:
        found.append(Wording(path, text))
        return text

    reworded(form, listen)
    return (each for each in found if each.text)


def sources_of(forms: Iterable[Form]) -> Iterator[Source]:
    """For a catalogue: each text of a form once, with all places where it stands."""
    for form in forms:
        places: dict[str, list[str]] = {}
        for each in texts_of(form):
            places.setdefault(each.text, []).append(each.path)
        yield from (Source(file_of(form), text, tuple(found)) for text, found in places.items())


def file_of(form: Form) -> str:
    """The context of the form's texts in a catalogue."""
    return f"forms/{form.key}.yaml"


def translated(form: Form, catalogue: Catalogue) -> Form:
    """The form in another language; what that does not say stays as it is."""
    file = file_of(form)
    return reworded(form, lambda path, text: catalogue.words(text, f"{file}#{path}", file) or text)


def reworded(form: Form, say: Say) -> Form:
    """The form with other words; names, values and conditions are not words."""
    return replace(
        form,
        title=say("title", form.title),
        intro=say("intro", form.intro),
        sections=tuple(_section(f"sections.{number}", each, say) for number, each in enumerate(form.sections, 1)),
        rules=tuple(_rule(f"rules.{number}", each, say) for number, each in enumerate(form.rules, 1)),
        submit=say("submit", form.submit),
        receipt=say("receipt", form.receipt),
    )


def _section(path: str, section: Section, say: Say) -> Section:
    return replace(
        section,
        title=say(f"{path}.title", section.title),
        help=say(f"{path}.help", section.help),
        page=say(f"{path}.page", section.page),
        fields=tuple(_field(field.name, field, say) for field in section.fields),
    )


def _rule(path: str, rule: Rule, say: Say) -> Rule:
    return replace(rule, text=say(f"{path}.text", rule.text))


def _field(path: str, field: Field, say: Say) -> Field:
    return replace(
        field,
        label=say(f"{path}.label", field.label),
        help=say(f"{path}.help", field.help),
        choices={value: say(f"{path}.choices.{value}", label) for value, label in field.choices.items()},
        required=say(f"{path}.required", field.required),
        wanted=say(f"{path}.wanted", field.wanted),
        item=say(f"{path}.item", field.item),
        fields=tuple(_field(f"{path}.{inner.name}", inner, say) for inner in field.fields),
    )
