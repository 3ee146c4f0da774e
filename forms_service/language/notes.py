"""The problems found so far, so that one pass shows them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from forms_service.language.problems import InvalidDefinitions, Place, Problem, did_you_mean

MOST_IN_A_FILE = 100
MOST_IN_ALL = 500
IN_ALL = "*"
"""Stands for all files; no file can be called so."""
LONGEST_WORD = 60


class Notes:
    """Collects problems; very many are cut short, so that a hostile file cannot keep anyone waiting."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._in_file: Counter[str] = Counter()

    def add(self, place: Place, message: str, suggestion: str = "") -> None:
        if self.full(place.file):
            return
        self._in_file.update((place.file, IN_ALL))
        if self.full(place.file):
            message, suggestion = "There are more problems after this; mend these first.", ""
        self.problems.append(Problem(place, printable(message), printable(suggestion)))

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem.place, problem.message, problem.suggestion)

    def full(self, file: str) -> bool:
        """Whether nothing more will be told of a file, so that nobody works out what is not told."""
        return self._in_file[file] > MOST_IN_A_FILE or self._in_file[IN_ALL] > MOST_IN_ALL

    def refuse(self) -> None:
        """InvalidDefinitions with everything that was found, when anything was."""
        if self.problems:
            raise InvalidDefinitions(self.problems)

    def unknown(self, place: Place, what: str, word: str, known: Iterable[str]) -> None:
        """Says that there is no such key, form, role …, and which one was probably meant."""
        if not self.full(place.file):
            self.add(place, f"There is no {what} {quoted(word)}.", did_you_mean(word, known))


def printable(text: str) -> str:
    """A text as a terminal shows it in one line, whatever signs an author's words are made of."""
    return text if text.isprintable() else "".join(sign if sign.isprintable() else "·" for sign in text)


def quoted(word: str) -> str:
    """A word as it can stand in a message, cut when it is very long."""
    return f'"{word}"' if len(word) <= LONGEST_WORD else f'"{word[:LONGEST_WORD]}…"'
