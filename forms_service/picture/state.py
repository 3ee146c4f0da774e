"""Where a run stands at one of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from forms_service.texts import say

START, REPEAT, FINISH = "<start>", "<repeat>", "<finish>"
"""Places in a picture that are no step of the file; no step can have such an id."""


class State(StrEnum):
    """What has become of a step; the words are in texts/nb.yaml. The most urgent comes first."""

    STOPPED = "stopped"
    HERE = "here"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    DONE = "done"
    LATER = "later"
    NEVER = "never"
    """The run has gone another way."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of one step. ``counts`` is given for a step that is done for several items: how many are in which."""

    state: State
    counts: Mapping[State, int] = field(default_factory=dict)


Position = Mapping[str, Standing]
"""Step id (or START, REPEAT, FINISH) → standing. A step that is not in it is drawn without a state."""


def state_words(state: State) -> str:
    return say(f"picture.states.{state}")


def counts_words(counts: Mapping[State, int]) -> str:
    """As in «1 her nå, 3 gjort»."""
    return ", ".join(f"{number} {state_words(state).lower()}" for state, number in counts.items())


def standing_of(states: Mapping[State, int]) -> Standing:
    """One standing for all rows of a step: the most urgent of their states."""
    counts = {state: states[state] for state in State if states.get(state)}
    return Standing(next(iter(counts)), counts if sum(counts.values()) > 1 else {})
