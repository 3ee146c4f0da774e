"""What a workflow's names mean to people: roles, forms, questions and answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from forms_service.language.definitions import Ask, Definitions, Each, Field, FieldType, Make, RunWorkflow, Workflow
from forms_service.texts import catalogue, said_if_known, say

NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Knows one workflow with its files. ``roles`` are an installation's own words for some roles.

    What it does not know it says as the author wrote it: a version of a workflow brings only the files it uses.
    """

    definitions: Definitions
    workflow: Workflow
    roles: Mapping[str, str]
    questions: Mapping[str, Field] = field(init=False, repr=False)
    papers: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", _questions(self.definitions, self.workflow))
        makes = (step for step in self.workflow.all_steps() if isinstance(step, Make))
        object.__setattr__(self, "papers", {step.id: step.title or self.document(step.document) for step in makes})

    def role(self, key: str) -> str:
        return self.roles.get(key) or said_if_known(f"roles.{key}") or key

    def some_roles(self, keys: Iterable[str]) -> str:
        return either([self.role(key) for key in keys])

    def form(self, key: str) -> str:
        found = self.definitions.forms.get(key)
        return found.title if found else key

    def document(self, key: str) -> str:
        found = self.definitions.documents.get(key)
        return found.title if found else key

    def paper(self, make: str) -> str:
        """What the document of an earlier step is called."""
        return self.papers.get(make, make)

    def other_workflow(self, key: str) -> str:
        found = self.definitions.workflows.get(key)
        return found.title if found else key

    def outcome(self, word: str) -> str:
        return said_if_known(f"outcomes.{word}") or word

    def name(self, name: str) -> str:
        """A dotted name: the question behind an answer, the words for a fact, or the name as written."""
        asked = self.questions.get(name)
        return asked.label if asked else said_if_known(f"facts.{name}") or name

    def answer(self, name: str, value: object) -> str:
        """A value as the answer to the question behind a name."""
        asked = self.questions.get(name)
        if isinstance(value, bool) or (asked and asked.type is FieldType.YES_NO and value in ("yes", "no")):
            return say("common.yes" if value in (True, "yes") else "common.no")
        return asked.choices.get(str(value), str(value)) if asked else str(value)


def either(words: Sequence[str]) -> str:
    """As in «a, b eller c»."""
    return _joined(words, say("picture.or"))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def both(words: Sequence[str]) -> str:
    """As in «a, b og c»."""
    return _joined(words, say("picture.and"))


def _joined(words: Sequence[str], last: str) -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def _questions(definitions: Definitions, workflow: Workflow) -> dict[str, Field]:
    """Fields by the names that expressions use; the item of an each is a choice of the question its list comes from."""
    found = {**dict(_asked(definitions, workflow)), **dict(_outcomes(definitions, workflow))}
    items = {step.item: step.over.source.strip() for step in workflow.all_steps() if isinstance(step, Each)}
    return {**{item: found[name] for item, name in items.items() if name in found}, **found}


def _asked(definitions: Definitions, workflow: Workflow) -> Iterator[tuple[str, Field]]:
    """A label with a place to fill in is no words yet; one that several steps ask is told apart by their titles."""
    asks = [step for step in workflow.all_steps() if isinstance(step, Ask)]
    asked = [("", "", workflow.start.form), *((f"{ask.id}.", ask.title, ask.form) for ask in asks)]
    times = Counter(form for _, _, form in asked)
    for prefix, title, form in asked:
        for each in definitions.forms[form].fields() if form in definitions.forms else ():
            if "{" not in each.label:
                label = f"{title}: {each.label}" if title and times[form] > 1 else each.label
                yield f"{prefix}{each.name}", replace(each, label=label)


def _outcomes(definitions: Definitions, workflow: Workflow) -> Iterator[tuple[str, Field]]:
    """How a workflow that was waited for has ended."""
    words = {key.removeprefix("outcomes."): said_if_known(key) for key in catalogue() if key.startswith("outcomes.")}
    for step in workflow.all_steps():
        if isinstance(step, RunWorkflow) and step.waits:
            found = definitions.workflows.get(step.workflow)
            title = step.title or (found.title if found else step.workflow)
            label = say("picture.outcome_of", title=title)
            yield f"{step.id}.outcome", Field("outcome", label, FieldType.TEXT, step.place, choices=words)
