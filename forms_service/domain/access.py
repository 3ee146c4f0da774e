"""Who may see what: one table, meant to be read aloud; what is not in it may not be seen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from forms_service.domain.people import Role, Viewer


class Relation(StrEnum):
    """What ties a viewer to a participant or to one of the participant's documents."""

    NONE = "none"
    """No tie at all: what the role alone gives."""
    OWN_OFFICE = "own_office"
    """The participant belongs to the viewer's own office."""
    PRIMARY_CONTACT = "primary_contact"
    """The viewer is the participant's primary contact now."""
    OWN_MATCH = "own_match"
    """The viewer is the peer of a match that has not ended."""
    RECIPIENT = "recipient"
    """The document was delivered to the viewer, who is still the participant's primary contact."""
    SELF = "self"
    """The participant, over a link that is hers alone."""


class Thing(StrEnum):
    """What can be seen."""

    PARTICIPANT_PAGE = "participant_page"
    """Name, how to reach the participant, case number, office, status, who is involved."""
    REQUEST = "request"
    """The phase and the wishes that the request told of."""
    MATCHES = "matches"
    GOALS = "goals"
    RELEASES = "releases"
    CONTACT_LOG = "contact_log"
    OWN_NOTES = "own_notes"
    """The notes that the viewer wrote herself."""
    INTERNAL_NOTES = "internal_notes"
    """Everybody's notes for the coordinator, and why a peer was chosen."""
    ANSWERS = "answers"
    """What others have answered in a form, question by question: a document tells it with more care."""
    ACCESS_LOG = "access_log"
    WAITING_LIST = "waiting_list"
    LIST_TO_TAKE_ALONG = "list_to_take_along"
    """The list of participants as a file, which is nobody's to guard once it has left."""

    REQUEST_SUMMARY = "document_request_summary"
    AGREEMENT = "document_agreement"
    EVALUATION_REPORT = "document_evaluation_report"
    MONTHLY_REPORT = "document_monthly_report"
    """How much contact there was; it stays with the organisation."""
    FINAL_REPORT_DRAFT = "document_final_report_draft"
    FINAL_REPORT = "document_final_report"
    OTHER_DOCUMENT = "document_other"
    """A kind of document that has no line of its own here."""

    OWN_TASKS = "own_tasks"
    COLLEAGUES_TASKS = "colleagues_tasks"
    """What waits for colleagues in the same role at the same office: title, case number, due date and whose it is."""
    ALL_TASKS = "all_tasks"
    OWN_MESSAGES = "own_messages"
    OUTBOX = "outbox"
    OWN_RUNS = "own_runs"
    """What has become of something that she began or has a task in, and what she answered."""
    PEERS = "peers"
    QUEUES = "queues"
    """How many wait at each office and for how long, never a person."""
    FIGURES = "figures"
    """Numbers and capacity, never a person."""
    RUNS = "runs"
    """Every run with its steps, and what can be done to it: what the machine does, no answer and no participant."""
    WEEK = "week"
    """Where nothing happens, who has too much and what comes, of all cases; and the pack for whoever stands in."""
    ABSENCES = "absences"
    """Who of all who work here is away, until when, and who stands in."""
    ACCOUNTS = "accounts"


T = Thing

ACCESS: Mapping[tuple[str, Relation], frozenset[Thing]] = {
    # The coordinator carries the service and sees every case.
    (Role.COORDINATOR, Relation.NONE): frozenset(Thing) - {T.ACCOUNTS},
    # A caseworker sees her own office's participants, never what was told in confidence.
    (Role.CASEWORKER, Relation.NONE): frozenset({T.OWN_TASKS, T.OWN_MESSAGES, T.OWN_RUNS, T.QUEUES}),
    (Role.CASEWORKER, Relation.OWN_OFFICE): frozenset(
        {
            T.PARTICIPANT_PAGE,
            T.REQUEST,
            T.MATCHES,
            T.WAITING_LIST,
            T.LIST_TO_TAKE_ALONG,
            T.COLLEAGUES_TASKS,
            T.REQUEST_SUMMARY,
            T.OTHER_DOCUMENT,
        }
    ),
    # A primary contact sees the participant, and the documents that were released and delivered to her.
    (Role.CASEWORKER, Relation.PRIMARY_CONTACT): frozenset({T.PARTICIPANT_PAGE, T.REQUEST, T.MATCHES}),
    (Role.CASEWORKER, Relation.RECIPIENT): frozenset(
        {T.AGREEMENT, T.EVALUATION_REPORT, T.FINAL_REPORT, T.OTHER_DOCUMENT}
    ),
    (Role.PRIMARY_CONTACT, Relation.NONE): frozenset({T.OWN_TASKS, T.OWN_MESSAGES, T.OWN_RUNS}),
    (Role.PRIMARY_CONTACT, Relation.PRIMARY_CONTACT): frozenset({T.PARTICIPANT_PAGE, T.MATCHES}),
    (Role.PRIMARY_CONTACT, Relation.RECIPIENT): frozenset(
        {T.AGREEMENT, T.EVALUATION_REPORT, T.FINAL_REPORT, T.OTHER_DOCUMENT}
    ),
    # A peer sees those she walks beside, for as long as she does, and of all notes only her own.
    (Role.PEER, Relation.NONE): frozenset({T.OWN_TASKS, T.OWN_MESSAGES, T.OWN_RUNS}),
    (Role.PEER, Relation.OWN_MATCH): frozenset(
        {T.PARTICIPANT_PAGE, T.MATCHES, T.GOALS, T.CONTACT_LOG, T.OWN_NOTES, T.AGREEMENT, T.OTHER_DOCUMENT}
    ),
    # A participant reads the final report first, and can see who has looked.
    (Role.PARTICIPANT, Relation.SELF): frozenset(
        {
            T.PARTICIPANT_PAGE,
            T.REQUEST,
            T.MATCHES,
            T.GOALS,
            T.RELEASES,
            T.ACCESS_LOG,
            T.OWN_TASKS,
            T.REQUEST_SUMMARY,
            T.AGREEMENT,
            T.EVALUATION_REPORT,
            T.MONTHLY_REPORT,
            T.FINAL_REPORT_DRAFT,
            T.FINAL_REPORT,
        }
    ),
    # These two never see the content of a case.
    (Role.PROJECT_LEAD, Relation.NONE): frozenset({T.OWN_TASKS, T.OWN_MESSAGES, T.QUEUES, T.FIGURES}),
    (Role.ADMIN, Relation.NONE): frozenset({T.OWN_TASKS, T.OWN_MESSAGES, T.ABSENCES, T.ACCOUNTS, T.RUNS}),
}

DOCUMENTS: Mapping[str, Thing] = {
    "request_summary": T.REQUEST_SUMMARY,
    "agreement": T.AGREEMENT,
    "evaluation_report": T.EVALUATION_REPORT,
    "monthly_report": T.MONTHLY_REPORT,
    "final_report_draft": T.FINAL_REPORT_DRAFT,
    "final_report": T.FINAL_REPORT,
}


ANOTHER_TRADE = frozenset({T.OWN_TASKS, T.OWN_MESSAGES, T.OWN_RUNS, T.OTHER_DOCUMENT})
"""What somebody sees whose role is none of peer support's: she works for a service of another trade."""


def is_of_another_trade(role: str) -> bool:
    return role not in set(Role)


def may_see(viewer: Viewer, thing: Thing, *relations: Relation) -> bool:
    """Whether the viewer may see the thing, by her role alone or by one of her relations."""
    if is_of_another_trade(viewer.role):
        return thing in ANOTHER_TRADE
    return any(thing in ACCESS.get((viewer.role, relation), ()) for relation in (Relation.NONE, *relations))


def may_see_of_somebody(viewer: Viewer, thing: Thing) -> bool:
    """Whether there can be anybody of whom the viewer may see the thing; whoever signs in has no link of her own."""
    signed_in = (relation for relation in Relation if relation is not Relation.SELF)
    return may_see(viewer, thing, *signed_in)


def relations_that_show(role: str, thing: Thing) -> tuple[Relation, ...]:
    """The relations by which somebody in this role may see the thing."""
    return tuple(relation for relation in Relation if thing in ACCESS.get((role, relation), ()))


def thing_of_document(name: str) -> Thing:
    """The line of the table that rules a document, by its template's key."""
    return DOCUMENTS.get(name, Thing.OTHER_DOCUMENT)
