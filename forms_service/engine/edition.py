"""One version of one workflow, as a frozen value, and the same as somebody reads it in another language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from forms_service.engine.plan import Plan, plan_of
from forms_service.language.definitions import Definitions, Workflow
from forms_service.language.titles import other_titles, retitled


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of one workflow, ready to be followed."""

    id: str
    workflow: Workflow
    definitions: Definitions
    plan: Plan
    free: frozenset[str]
    """The asks that may be left out: in their forms no question must be answered."""
    titles: Mapping[str, str] = field(default_factory=dict, repr=False)
    """By the bokmål title what it is called here, where that is another; empty in bokmål."""

    def said(self, title: str) -> str:
        """A title as it is stored, which is in bokmål, maybe with the item after it that a task is about."""
        begins = (plain for plain in self.titles if title.startswith(f"{plain}: "))
        plain = title if title in self.titles else max(begins, key=len, default="")
        return self.titles[plain] + title[len(plain) :] if plain else title


def in_language(edition: Edition, language: str, today: Mapping[str, str]) -> Edition:
    """With its own words, and today's for a title that was not translated when the version was published."""
    definitions = edition.definitions.in_language(language)
    workflow = definitions.workflows[edition.workflow.key]
    workflow = retitled(workflow, lambda _, title: today.get(title, title))
    definitions = replace(definitions, workflows={**definitions.workflows, workflow.key: workflow})
    titles = {**today, **other_titles(edition.definitions, definitions)}
    return replace(edition, workflow=workflow, definitions=definitions, plan=plan_of(workflow), titles=titles)
