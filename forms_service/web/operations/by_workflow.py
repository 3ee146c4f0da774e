"""Versions under the name that people know their workflow by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from forms_service.upkeep.editions import Published
from forms_service.web.current import runtime


def titles() -> Mapping[str, str]:
    """Key → title; what is no longer in the folder has none."""
    return {key: each.title for key, each in runtime().library.current_as_read().workflows.items()}


def by_workflow(versions: Iterable[Published]) -> Mapping[str, tuple[Published, ...]]:
    """As they come: by workflow, the newest first."""
    return {key: tuple(group) for key, group in groupby(versions, lambda each: each.workflow)}
