"""Who takes part in the service, and who is looking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the service."""

    PARTICIPANT = "participant"
    PEER = "peer"
    COORDINATOR = "coordinator"
    CASEWORKER = "caseworker"
    PRIMARY_CONTACT = "primary_contact"
    """A relation to one participant; a caseworker often holds it, and others of the municipality may."""
    PROJECT_LEAD = "project_lead"
    ADMIN = "admin"


CONTACTS = frozenset({Role.CASEWORKER, Role.PRIMARY_CONTACT})
"""Roles of the municipality; anybody in them can be a participant's primary contact."""


STAND_IN_FOR_EACH_OTHER = frozenset({Role.COORDINATOR, Role.CASEWORKER, Role.PROJECT_LEAD, Role.ADMIN})
"""Jobs that colleagues share; the others are ties to one participant, and what they bring goes only with the tie."""


class Gender(StrEnum):
    """What matching never mixes."""

    WOMAN = "woman"
    MAN = "man"


class ParticipantStatus(StrEnum):
    """Where a participant is on the way."""

    REQUESTED = "requested"
    WAITING = "waiting"
    PROPOSED = "proposed"
    MATCHED = "matched"
    NOT_NOW = "not_now"
    CLOSED = "closed"
    DECEASED = "deceased"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who is signed in and looks at something."""

    person_id: str
    name: str
    role: str
    """A Role; in a service of another trade, one that its own description names."""
    office_id: str | None = None
