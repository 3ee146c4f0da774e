"""What an audit has found out, and what it could not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """A known vulnerability of a locked version; ``mended`` are versions without it."""

    package: str
    version: str
    name: str
    mended: str = ""

    def __str__(self) -> str:
        return f"  {self.package} {self.version}: {self.name}{f', mended in {self.mended}' if self.mended else ''}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``asked`` is how many packages something is known about; ``unknown`` are the others, or all, and then ``why``."""

    what: str
    asked: int = 0
    flaws: tuple[Flaw, ...] = ()
    unknown: tuple[str, ...] = ()
    why: str = ""

    def lines(self) -> Iterator[str]:
        """Never a word that sounds as if all were well where nothing is known."""
        if self.asked:
            yield f"{self.what}: {self.asked} audited, {len(self.flaws) or 'no'} known vulnerabilities"
        yield from map(str, self.flaws)
        if self.why or self.unknown:
            yield f"{self.what}: NOT AUDITED: {self.why or ', '.join(self.unknown)}"
