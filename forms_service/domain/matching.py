"""Which peer suits a participant: hard rules first, then a ranking that can say why, for a coordinator who decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from forms_service.domain.people import Gender
from forms_service.domain.refusal import Refusal

COURSES_NEEDED = 3
FEWEST_HOURS = 1.0
"""Hours a week below which a match makes no sense."""
MUCH_YOUNGER = 10
CLOSE_IN_AGE = 10
SHORTEST_SHARED_WORD = 4
"""Shorter words ("og", "tur i") are shared by everybody."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """What matching knows of a participant."""

    gender: Gender
    birth_year: int | None = None
    wishes: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """What matching knows of a peer; hours are per week."""

    person_id: str
    name: str
    gender: Gender
    birth_year: int
    ready: bool
    courses_passed: int
    hours: float
    hours_taken: float = 0.0
    interests: str = ""

    @property
    def hours_free(self) -> float:
        return round(self.hours - self.hours_taken, 2)


class Merit(StrEnum):
    """Why one possible peer stands before or after another."""

    SHARED_INTEREST = "shared_interest"
    CLOSE_IN_AGE = "close_in_age"
    HAS_NOBODY = "has_nobody"
    MUCH_YOUNGER = "much_younger"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A peer whom the hard rules allow, and what speaks for and against her."""

    peer: Peer
    merits: tuple[Merit, ...]

    @property
    def points(self) -> int:
        return sum(POINTS[merit] for merit in self.merits)


def is_prepared(peer: Peer) -> bool:
    """All courses passed, and found ready by the organisation."""
    return peer.ready and peer.courses_passed >= COURSES_NEEDED


HARD_RULES: Mapping[Refusal, Callable[[Seeker, Peer, float], bool]] = {
    Refusal.OTHER_GENDER: lambda seeker, peer, hours: peer.gender != seeker.gender,
    Refusal.NOT_READY: lambda seeker, peer, hours: not peer.ready,
    Refusal.COURSES_MISSING: lambda seeker, peer, hours: peer.courses_passed < COURSES_NEEDED,
    Refusal.TOO_FEW_HOURS: lambda seeker, peer, hours: peer.hours_free < hours,
}

POINTS: Mapping[Merit, int] = {
    Merit.SHARED_INTEREST: 3,
    Merit.CLOSE_IN_AGE: 2,
    Merit.HAS_NOBODY: 1,
    Merit.MUCH_YOUNGER: -3,
}

WEIGHED: Mapping[Merit, Callable[[Seeker, Peer], bool]] = {
    Merit.SHARED_INTEREST: lambda seeker, peer: bool(_words(seeker.wishes) & _words(peer.interests)),
    Merit.CLOSE_IN_AGE: lambda seeker, peer: abs(_years_younger(seeker, peer)) <= CLOSE_IN_AGE,
    Merit.HAS_NOBODY: lambda seeker, peer: peer.hours_taken == 0,
    Merit.MUCH_YOUNGER: lambda seeker, peer: _years_younger(seeker, peer) > MUCH_YOUNGER,
}


def obstacles(seeker: Seeker, peer: Peer, hours: float = FEWEST_HOURS) -> tuple[Refusal, ...]:
    """The hard rules that a match of ``hours`` a week would break; empty when it is allowed."""
    return tuple(refusal for refusal, broken in HARD_RULES.items() if broken(seeker, peer, hours))


def suggest(seeker: Seeker, peers: Iterable[Peer], hours: float = FEWEST_HOURS) -> list[Suggestion]:
    """The allowed peers, the best first; the same peers always come in the same order."""
    suggestions = [_weigh(seeker, peer) for peer in peers if not obstacles(seeker, peer, hours)]
    return sorted(suggestions, key=_order)


def _order(suggestion: Suggestion) -> tuple[int, float, str, str]:
    peer = suggestion.peer
    return -suggestion.points, -peer.hours_free, peer.name, peer.person_id


def _weigh(seeker: Seeker, peer: Peer) -> Suggestion:
    return Suggestion(peer, tuple(merit for merit, holds in WEIGHED.items() if holds(seeker, peer)))


def _years_younger(seeker: Seeker, peer: Peer) -> int:
    """0 when the participant's age is unknown, so that it weighs for everybody alike."""
    return 0 if seeker.birth_year is None else peer.birth_year - seeker.birth_year


def _words(text: str) -> frozenset[str]:
    words = "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
    return frozenset(word for word in words if len(word) >= SHORTEST_SHARED_WORD)
