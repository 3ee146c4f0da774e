"""Every page of the service and who may open it; a page without a line opens for nobody.

What a Thing is, and which roles see it by which tie, is in ``domain.access``: this table
only says which Thing a page shows.
"""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.domain.access import DOCUMENTS, Thing
from forms_service.web.access.line import Line, Need

T = Thing

EVERYBODY = Line(Need.NOTHING)
LINK = Line(Need.LINK)
SIGNED_IN = Line(Need.SIGNED_IN)
ANY_DOCUMENT = (*DOCUMENTS.values(), T.OTHER_DOCUMENT)

LINES: Mapping[str, Line] = {
    # Open to everybody: they show nobody's data.
    "static": EVERYBODY,
    "look.colours": EVERYBODY,
    "look.logo": EVERYBODY,
    "operations.alive": EVERYBODY,
    "operations.ready": EVERYBODY,
    "sign_in.choose": EVERYBODY,
    "sign_in.enter": EVERYBODY,
    "sign_in.leave": EVERYBODY,
    "sign_in.forgotten": EVERYBODY,
    "sign_in.send_forgotten": EVERYBODY,
    "sign_in.forgotten_sent": EVERYBODY,
    # For whoever holds the link.
    "sign_in.show_link": LINK,
    "sign_in.choose_password": LINK,
    "forms.link": LINK,
    "forms.link_thanks": LINK,
    "forms.link_document": LINK,
    # Her own.
    "desk.home": SIGNED_IN,
    "my_account.mine": SIGNED_IN,
    "my_account.change": SIGNED_IN,
    "my_account.leave_everywhere": SIGNED_IN,
    "desk.tasks": Line(Need.ROLE, (T.OWN_TASKS,)),
    "inbox.mine": Line(Need.ROLE, (T.OWN_MESSAGES,)),
    "inbox.as_file": Line(Need.ROLE, (T.OWN_MESSAGES,)),
    "handing.task": Line(Need.HANDING, (T.OWN_TASKS,)),
    "week.overview": Line(Need.ROLE, (T.WEEK,)),
    "week.whole": Line(Need.ROLE, (T.WEEK,)),
    "week.pack": Line(Need.ROLE, (T.WEEK,)),
    "absence.mine": SIGNED_IN,
    "absence.hand_on_mine": SIGNED_IN,
    "absence.everyone": Line(Need.ROLE, (T.ABSENCES,)),
    "absence.one": Line(Need.ROLE, (T.ABSENCES,)),
    "absence.hand_on": Line(Need.ROLE, (T.ABSENCES,)),
    "drafts.mine": Line(Need.ROLE, (T.OWN_TASKS,)),
    "drafts.ask": Line(Need.DRAFT, (T.OWN_TASKS,)),
    "drafts.delete": Line(Need.DRAFT, (T.OWN_TASKS,)),
    "forms.task": Line(Need.TASK, (T.OWN_TASKS,)),
    "forms.from_paper": Line(Need.TASK, (T.OWN_TASKS,)),
    "paper.task": Line(Need.TASK, (T.OWN_TASKS,)),
    "forms.start": Line(Need.BEGINNING, (T.OWN_TASKS,)),
    "forms.confirm": Line(Need.BEGINNING, (T.OWN_TASKS,)),
    "forms.press": Line(Need.BEGINNING, (T.OWN_TASKS,)),
    "paper.start": Line(Need.BEGINNING, (T.OWN_TASKS,)),
    "records.everything": Line(Need.BEGINNING, (T.OWN_TASKS,)),
    "forms.receipt": Line(Need.RUN, (T.OWN_RUNS,)),
    "forms.receipt_steps": Line(Need.RUN, (T.OWN_RUNS,)),
    "paper.answers": Line(Need.ANSWERS, (T.OWN_RUNS,)),
    "paper.fhir": Line(Need.ANSWERS, (T.OWN_RUNS,)),
    "paper.attached": Line(Need.ANSWERS, (T.OWN_RUNS,)),
    # Participants.
    "everyone.listed": Line(Need.OF_SOMEBODY, (T.PARTICIPANT_PAGE,)),
    "everyone.searched": Line(Need.OF_SOMEBODY, (T.PARTICIPANT_PAGE,)),
    "everyone.as_file": Line(Need.OF_SOMEBODY, (T.LIST_TO_TAKE_ALONG,)),
    "participants.one": Line(Need.OF_PARTICIPANT, (T.PARTICIPANT_PAGE,)),
    "participants.standing": Line(Need.OF_PARTICIPANT, (T.ALL_TASKS,)),
    "participants.strike": Line(Need.OF_PARTICIPANT, (T.OWN_NOTES,)),
    "participants.release": Line(Need.OF_PARTICIPANT, (T.RELEASES,)),
    "looks.whole": Line(Need.OF_PARTICIPANT, (T.ACCESS_LOG,)),
    "looks.as_file": Line(Need.OF_PARTICIPANT, (T.ACCESS_LOG,)),
    "documents.show": Line(Need.DOCUMENT, ANY_DOCUMENT),
    # Matching.
    "matching.waiting": Line(Need.ROLE, (T.QUEUES,)),
    "matching.waiting_as_file": Line(Need.OF_SOMEBODY, (T.LIST_TO_TAKE_ALONG,)),
    "matching.everyone": Line(Need.ROLE, (T.PEERS,)),
    "matching.everyone_as_file": Line(Need.ROLE, (T.PEERS,)),
    # What was sent.
    "outbox.messages": Line(Need.ROLE, (T.OUTBOX,)),
    "outbox.message": Line(Need.ROLE, (T.OUTBOX,)),
    "outbox.settle": Line(Need.ROLE, (T.OUTBOX,)),
    "links.link": Line(Need.ROLE, (T.OUTBOX,)),
    "links.decide": Line(Need.ROLE, (T.OUTBOX,)),
    # Operations: what the machine does.
    "operations.overview": Line(Need.ROLE, (T.RUNS,)),
    "operations.versions": Line(Need.ROLE, (T.RUNS,)),
    "operations.machine": Line(Need.ROLE, (T.RUNS,)),
    "operations.look_closely": Line(Need.ROLE, (T.RUNS,)),
    "operations.retry": Line(Need.ROLE, (T.RUNS,)),
    "runs.everything": Line(Need.ROLE, (T.RUNS,)),
    "runs.those_ticked": Line(Need.ROLE, (T.RUNS,)),
    "runs.one": Line(Need.ROLE, (T.RUNS,)),
    "runs.act_on_run": Line(Need.ROLE, (T.RUNS,)),
    "runs.act_on_step": Line(Need.ROLE, (T.RUNS,)),
    "runs.try_steps_again": Line(Need.ROLE, (T.RUNS,)),
    "runs.settle": Line(Need.ROLE, (T.RUNS,)),
    "runs.move": Line(Need.ROLE, (T.RUNS,)),
    "runs.workflows": Line(Need.ROLE, (T.RUNS,)),
    "runs.workflow": Line(Need.ROLE, (T.RUNS,)),
    "preview.everything": Line(Need.ROLE, (T.RUNS,)),
    "preview.one": Line(Need.ROLE, (T.RUNS,)),
    "preview.changed": Line(Need.ROLE, (T.RUNS,)),
    "accounts.everyone": Line(Need.ROLE, (T.ACCOUNTS,)),
    "accounts.new": Line(Need.ROLE, (T.ACCOUNTS,)),
    "accounts.add": Line(Need.ROLE, (T.ACCOUNTS,)),
    "accounts.person": Line(Need.ROLE, (T.ACCOUNTS,)),
    "accounts.decide": Line(Need.ROLE, (T.ACCOUNTS,)),
    # An author alone at her own machine (``forms-service preview``): no service runs there, and nobody signs in.
    "preview_alone.everything": EVERYBODY,
    "preview_alone.one": EVERYBODY,
    "preview_alone.changed": EVERYBODY,
}
"""Endpoint → its line."""
