"""What is wrong in a file, where, and what the author probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from forms_service.errors import DefinitionError

LONGEST_GUESS = 60
MOST_GUESSES = 500
MOST_WORK = 250_000
"""How many pairs of letters are compared for one guess."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Place("", 1, 1)
"""For definitions that come from no file."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error for the author of a file."""

    place: Place
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        hint = f" {self.suggestion}" if self.suggestion else ""
        return f"{self.place}: {self.message}{hint}"


class InvalidDefinitions(DefinitionError):
    """The YAML definitions contain errors."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suggestion such as 'Did you mean "coordinator"?', or nothing."""
    close = closest(word, known)
    return f'Did you mean "{close}"?' if close else ""


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like this one, or nothing; bounded, since comparing words is slow."""
    if len(word) > LONGEST_GUESS:
        return ""
    close = difflib.get_close_matches(word, sorted(_some(word, known)), n=1, cutoff=0.6)
    return close[0] if close else ""


def _some(word: str, known: Iterable[str]) -> Iterator[str]:
    work = MOST_WORK
    for other in islice(known, MOST_GUESSES):
        work -= len(word) * len(other)
        if work >= 0:
            yield other
