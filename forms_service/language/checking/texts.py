"""Checks the names inside ``{{ }}``: what a message, a form's text or a document's template may say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from forms_service.language.checking.seek import seek
from forms_service.language.companions import COMPANIONS
from forms_service.language.definitions import Document, Form, Message, Workflow, at
from forms_service.language.files import Files
from forms_service.language.jinja.environment import UnreadableTemplate, environment
from forms_service.language.jinja.names import Use, taken_by
from forms_service.language.missing import MissingName
from forms_service.language.notes import Notes, quoted
from forms_service.language.problems import Place, did_you_mean
from forms_service.language.sms_length import LONGEST, MOST_PARTS, outside, parts_of
from forms_service.language.template import TemplateFailed, render_text
from forms_service.language.vocabulary import MESSAGE_VARIABLES

MAY_SAY = f"It may say: {', '.join(sorted(MESSAGE_VARIABLES))}."
STAMP = ("stamp.number", "stamp.date", "stamp.title")
SERVICE = "service"
FACTS_STAND_IN = "In a form facts can stand in label, help and intro, in sections and in the labels of choices."
PROVIDED = frozenset({"range", "namespace", "cycler", "joiner", "dict", "loop", "super", "caller"})
"""Names that the template language brings along."""


@dataclass(frozen=True, slots=True)
class TextCheck:
    """Checks texts of one folder of files."""

    files: Files
    notes: Notes

    def message(self, message: Message) -> None:
        self.sms(message)
        for key, text in (("subject", message.subject), ("body", message.body), ("sms", message.sms)):
            for use in self.uses(text, at(message, key)):
                if use.name not in MESSAGE_VARIABLES and not self.notes.full(message.place.file):
                    place = self.seek(at(message, key), use)
                    hint = did_you_mean(use.name, MESSAGE_VARIABLES) or MAY_SAY
                    self.notes.add(place, f"A message may not say {quoted(use.name)}.", hint)

    def sms(self, message: Message) -> None:
        """The length with the longest values that its variables can have; what cannot be filled is told elsewhere."""
        try:
            text = render_text(message.sms, LONGEST).strip()
        except (MissingName, TemplateFailed, UnreadableTemplate):
            return
        parts = parts_of(text)
        if parts > MOST_PARTS:
            said = f"With a long link this SMS is {parts} messages ({len(text)} characters); {MOST_PARTS} is the most."
            twice = f"These make it twice as long: {outside(text)}" if outside(text) else "Say less."
            self.notes.add(at(message, "sms"), said, twice)

    def form(self, form: Form, facts: Collection[str]) -> None:
        for text, place in _texts_of(form):
            for use in self.uses(text, place):
                if not covered(use.name, facts):
                    self.notes.unknown(self.seek(place, use), "fact", use.name, facts)
        self.as_written(_shown_as_written(form))

    def workflow(self, workflow: Workflow) -> None:
        self.as_written([(workflow.title, at(workflow, "title"))])
        self.as_written((step.title, at(step, "title")) for step in workflow.all_steps())

    def as_written(self, texts: Iterable[tuple[str, Place]]) -> None:
        for text, place in texts:
            if "{{" in text or "{%" in text:
                self.notes.add(place, "This text is shown as it is written, braces and all.", FACTS_STAND_IN)

    def document(self, document: Document, file: str) -> None:
        labels = (f"{name}{ending}" for name in document.uses for ending in COMPANIONS)
        allowed = dict.fromkeys((*document.uses, *labels, *STAMP, SERVICE))
        for use in self.uses(document.template, Place(file, 1, 1), whole_file=True):
            if use.name not in PROVIDED and not covered(use.name, allowed) and not _are_rows(use, document.uses):
                self.not_in_uses(Place(file, use.line, 1), use, allowed)

    def not_in_uses(self, line: Place, use: Use, allowed: Collection[str]) -> None:
        guess = "" if self.notes.full(line.file) else did_you_mean(use.name, allowed)
        self.notes.add(self.seek(line, use), f'{quoted(use.name)} is not in the "uses" of document.yaml.', guess)

    def uses(self, text: str, place: Place, whole_file: bool = False) -> tuple[Use, ...]:
        if "{" not in text:
            return ()
        try:
            taken = taken_by(text)
        except UnreadableTemplate as error:
            where = Place(place.file, error.line, 1) if whole_file else place
            self.notes.add(where, f"The template cannot be read: {error.reason.rstrip('.')}.")
            return ()
        for name in taken.includes:
            self.include(name, place, whole_file)
        for use in () if whole_file else taken.unknown_filters:
            self.notes.unknown(self.seek(place, use), "filter", use.name, environment().filters)
        return taken.uses

    def include(self, name: str | None, place: Place, whole_file: bool) -> None:
        if not whole_file:
            self.notes.add(place, "A text cannot include another file.")
        elif name is None:
            self.notes.add(place, "A template includes a file whose name is worked out.", "Write the name itself.")

    def seek(self, place: Place, use: Use) -> Place:
        """Where the word stands; looked for only as long as somebody will read it."""
        if self.notes.full(place.file):
            return place
        return seek(self.files.get(place.file, ""), place, use.name)


def covered(name: str, allowed: Collection[str]) -> bool:
    """Whether a name or its beginning is allowed: "match.goals" allows "match.goals.first", but not "match"."""
    parts = name.split(".")
    return any(".".join(parts[:length]) in allowed for length in range(1, len(parts) + 1))


def _are_rows(use: Use, uses: Collection[str]) -> bool:
    """A template that goes through a group may do so when any answer of its rows is among the uses."""
    return use.goes_through and any(name.startswith(f"{use.name}.") for name in uses)


def _texts_of(form: Form) -> Iterator[tuple[str, Place]]:
    yield form.intro, at(form, "intro")
    for section in form.sections:
        yield section.title, at(section, "title")
        yield section.help, at(section, "help")
        yield section.page, at(section, "page")
    for field in form.all_fields():
        yield field.label, at(field, "label")
        yield field.help, at(field, "help")
        yield from ((label, at(field, f"choices.{value}")) for value, label in field.choices.items())


def _shown_as_written(form: Form) -> Iterator[tuple[str, Place]]:
    for key, text in (("title", form.title), ("submit", form.submit), ("receipt", form.receipt)):
        yield text, at(form, key)
    for field in form.all_fields():
        yield field.required, at(field, "required")
        yield field.item, at(field, "item")
        yield field.wanted, at(field, "wanted")
    yield from ((rule.text, at(rule, "text")) for rule in form.rules)
