"""The lists of the week, each with its word in the address, in the order in which they stand on the page."""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.casework.week.ending import releases_that_run_out, standing_pauses
from forms_service.casework.week.line import Listing
from forms_service.casework.week.load import colleagues_with_much_late, peers_over_their_hours, too_much
from forms_service.casework.week.silence import (
    matches_without_contact,
    participants_without_events,
    peers_without_a_talk,
)
from forms_service.domain.people import Viewer
from forms_service.engine.runtime import Runtime
from forms_service.web.week.span import Span
from forms_service.web.week.steps import agreed_dates, evaluations_due, tasks_due, tasks_that_stand_still

PARTS: Mapping[str, tuple[str, ...]] = {
    "silence": ("uten-kontakt", "uten-hendelser", "likemenn"),
    "load": ("over-timene", "for-mye", "mye-over-fristen"),
    "coming": ("frister", "evalueringer", "avtalt", "samtykker"),
    "still": ("staar-stille", "pauser"),
}
"""Part of the page → its lists, by their words in the address (``/uken/uten-kontakt``)."""


def lists_of(rt: Runtime, viewer: Viewer, span: Span) -> dict[str, Listing]:
    return {
        "uten-kontakt": matches_without_contact(span.silent_since()),
        "uten-hendelser": participants_without_events(span.starts(span.silent_since(2))),
        "likemenn": peers_without_a_talk(span.starts(span.monday)),
        "over-timene": peers_over_their_hours(),
        "for-mye": too_much(span.silent_since(2)),
        "mye-over-fristen": colleagues_with_much_late(span.starts(span.today)),
        "frister": tasks_due(rt, viewer, span),
        "evalueringer": evaluations_due(rt, span),
        "avtalt": agreed_dates(rt, span),
        "samtykker": releases_that_run_out(span.today, span.last),
        "staar-stille": tasks_that_stand_still(rt, viewer, span),
        "pauser": standing_pauses(),
    }
