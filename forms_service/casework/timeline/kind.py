"""What a line of time tells, by which words one chooses of it, and who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from forms_service.domain.access import Thing


class Kind(StrEnum):
    """What an entry tells. Of what happened at the same moment, the cause comes before what followed from it."""

    RUN_STARTED = "run_started"
    CASE_OPENED = "case_opened"
    CONTACT = "contact"
    TASK_DONE = "task_done"
    NOTE = "note"
    HAPPENING = "happening"
    RELEASE_GIVEN = "release_given"
    RELEASE_WITHDRAWN = "release_withdrawn"
    DOCUMENT = "document"
    MESSAGE = "message"
    RUN_ENDED = "run_ended"


KINDS = tuple(Kind)

CHOICES: Mapping[str, tuple[Kind, ...]] = {
    "kontakter": (Kind.CONTACT,),
    "moter": (Kind.TASK_DONE,),
    "avgjorelser": (Kind.HAPPENING, Kind.CASE_OPENED, Kind.RELEASE_GIVEN, Kind.RELEASE_WITHDRAWN),
    "evalueringer": (Kind.TASK_DONE, Kind.DOCUMENT),
    "dokumenter": (Kind.DOCUMENT,),
    "meldinger": (Kind.MESSAGE,),
    "notater": (Kind.NOTE,),
}
"""The word in the address → what is shown; whoever sees the first kind is offered the word."""

NEEDS: Mapping[Kind, Thing] = {
    Kind.RUN_STARTED: Thing.ALL_TASKS,
    Kind.CASE_OPENED: Thing.PARTICIPANT_PAGE,
    Kind.CONTACT: Thing.CONTACT_LOG,
    Kind.TASK_DONE: Thing.ALL_TASKS,
    Kind.NOTE: Thing.OWN_NOTES,
    Kind.HAPPENING: Thing.PARTICIPANT_PAGE,
    Kind.RELEASE_GIVEN: Thing.RELEASES,
    Kind.RELEASE_WITHDRAWN: Thing.RELEASES,
    Kind.DOCUMENT: Thing.PARTICIPANT_PAGE,
    Kind.MESSAGE: Thing.ALL_TASKS,
    Kind.RUN_ENDED: Thing.ALL_TASKS,
}
"""What one must be able to see of the case for such an entry to be there at all."""
