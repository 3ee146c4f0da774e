"""The moves of the domain, each in a transaction of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from forms_service.casework.refusals import refusal_words
from forms_service.casework.releases import withdraw_release
from forms_service.domain.refusal import Refusal, Refused
from forms_service.domain.releases import Content
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.errors import MissingValue, NotFound
from forms_service.storage.cases import ContactRow, GoalRow, MatchRow, ParticipantRow, ReleaseRow, WaitingRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DeliveryRow
from forms_service.storage.people import PeerRow, PersonRow
from forms_service.storage.runs import LinkRow
from tests.integration.casework.papers import deliver, link, message, paper
from tests.integration.casework.town import AGREED, CLOSING, REQUEST, TODAY, Town


def refusal_of(move: object) -> Refusal:
    assert isinstance(move, pytest.ExceptionInfo)
    assert isinstance(move.value, Refused)
    return move.value.refusal


def test_a_request_becomes_a_case_with_a_number_and_the_referrer_as_primary_contact(town: Town) -> None:
    row = town.participant(town.requested())
    assert row.case_number == "2026-0001"
    assert (row.status, row.office_id, row.caseworker_id, row.primary_contact_id) == (
        "requested",
        "nord",
        "nora",
        "nora",
    )
    assert (row.name, row.gender, row.birth_year) == ("Liv Strand", "woman", 1986)


def test_case_numbers_follow_each_other(town: Town) -> None:
    assert [town.participant(town.requested()).case_number for _ in range(3)] == ["2026-0001", "2026-0002", "2026-0003"]


def test_a_caseworker_files_for_her_own_office_only(town: Town) -> None:
    with pytest.raises(Refused) as refused:
        town.requested(office="sor")
    assert refusal_of(refused) is Refusal.OTHER_OFFICE
    with town.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ParticipantRow)) == 0


def test_a_caseworker_cannot_file_in_the_name_of_another(town: Town) -> None:
    assert town.participant(town.requested(caseworker="siri")).caseworker_id == "nora"


def test_the_coordinator_files_for_the_caseworker_on_the_phone(town: Town) -> None:
    row = town.participant(town.requested(by="solveig", caseworker="siri", office="sor"))
    assert (row.caseworker_id, row.primary_contact_id, row.office_id) == ("siri", "siri", "sor")


def test_a_case_that_the_coordinator_files_belongs_to_the_caseworkers_office(town: Town) -> None:
    assert town.participant(town.requested(by="solveig", caseworker="siri", office="nord")).office_id == "sor"
    assert town.participant(town.requested(by="solveig", caseworker="siri", office=None)).office_id == "sor"


def test_the_coordinator_has_to_say_for_whom(town: Town) -> None:
    with pytest.raises(MissingValue, match="caseworker"):
        town.requested(by="solveig")


@pytest.mark.parametrize("key", ["berit", "trond", "astrid", "pia"])
def test_nobody_else_refers(town: Town, key: str) -> None:
    with pytest.raises(Refused) as refused:
        town.requested(by=key)
    assert refusal_of(refused) is Refusal.NOT_A_CASEWORKER


def test_a_caseworker_who_has_left_refers_nobody(town: Town) -> None:
    town.change(PersonRow, "siri", active=False)
    with pytest.raises(Refused) as refused:
        town.requested(by="solveig", caseworker="siri", office="sor")
    assert refusal_of(refused) is Refusal.NOT_A_CASEWORKER


def test_empty_optional_answers_are_no_answers(town: Town) -> None:
    row = town.participant(town.requested(participant_phone=None, participant_email="", wishes=None))
    assert (row.phone, row.email, row.wishes) == (None, None, "")


def test_a_missing_answer_is_named_and_its_neighbours_are_not_told(town: Town) -> None:
    with pytest.raises(MissingValue) as missing:
        town.move("open_case", NO_SUBJECT, REQUEST | {"birth_year": None}, by="nora")
    assert str(missing.value) == "birth_year"


def test_the_waiting_list_keeps_the_participants_own_words(town: Town) -> None:
    subject = town.requested()
    town.move("join_waiting_list", subject, {"wishes": "Strikking"})
    row = town.participant(subject)
    assert (row.status, row.wishes) == ("waiting", "Strikking")


def test_nobody_joins_the_waiting_list_twice(town: Town) -> None:
    subject = town.waiting()
    with pytest.raises(Refused) as refused:
        town.move("join_waiting_list", subject)
    assert refusal_of(refused) is Refusal.WRONG_PARTICIPANT_STATUS


def test_not_now_leaves_the_door_open(town: Town) -> None:
    subject = town.requested()
    town.move("not_now", subject)
    assert town.participant(subject).status == "not_now"
    town.move("join_waiting_list", subject)
    assert town.participant(subject).status == "waiting"


def test_a_proposal_is_about_the_match_from_then_on_and_keeps_the_place_in_the_queue(town: Town) -> None:
    subject = town.proposed()
    assert subject.kind == "match"
    assert (town.match(subject).status, town.match(subject).reason) == ("proposed", "HEMMELIG grunn")
    assert town.participant(subject).status == "proposed"
    assert places_in_queue(town) == 1


@pytest.mark.parametrize(
    ("peer", "change", "hours", "refusal"),
    [
        ("odd", {}, 3.5, Refusal.OTHER_GENDER),
        ("berit", {"ready": False}, 3.5, Refusal.NOT_READY),
        ("berit", {"courses_passed": 2}, 3.5, Refusal.COURSES_MISSING),
        ("berit", {"hours_per_week": 3.0}, 3.5, Refusal.TOO_FEW_HOURS),
    ],
)
def test_the_hard_rules_are_asked_again_when_a_match_is_proposed(
    town: Town, peer: str, change: dict[str, object], hours: float, refusal: Refusal
) -> None:
    subject = town.waiting()
    town.change(PeerRow, peer, **change)
    with pytest.raises(Refused) as refused:
        town.propose(subject, peer, hours)
    assert refusal_of(refused) is refusal
    assert town.participant(subject).status == "waiting"


@pytest.mark.parametrize("key", ["nora", "nobody"])
def test_only_a_peer_can_be_proposed(town: Town, key: str) -> None:
    subject = town.waiting()
    with pytest.raises(Refused) as refused:
        town.propose(subject, key)
    assert refusal_of(refused) is Refusal.NOT_A_PEER


def test_a_peer_who_has_left_cannot_be_proposed(town: Town) -> None:
    subject = town.waiting()
    town.change(PersonRow, "berit", active=False)
    with pytest.raises(Refused) as refused:
        town.propose(subject)
    assert refusal_of(refused) is Refusal.NOT_A_PEER


def test_a_participant_has_one_match_at_a_time(town: Town) -> None:
    subject = town.waiting()
    town.propose(subject)
    with pytest.raises(Refused) as refused:
        town.propose(subject, "gunn")
    assert refusal_of(refused) is Refusal.ALREADY_MATCHED


def test_a_proposal_takes_the_peers_hours(town: Town) -> None:
    town.proposed("berit", hours=5)
    subject = town.waiting()
    with pytest.raises(Refused) as refused:
        town.propose(subject, "berit", hours=3.5)
    assert refusal_of(refused) is Refusal.TOO_FEW_HOURS
    assert refusal_words(str(refused.value)).endswith("Ledig nå er 2,5 timer i uken.")
    assert "Berit" not in refusal_words(str(refused.value))


@pytest.mark.parametrize("ended", ["paused", "closed", "withdrawn"])
def test_a_match_that_is_paused_or_ended_frees_the_peer(town: Town, ended: str) -> None:
    busy = town.proposed("berit", hours=7.5)
    town.change(MatchRow, busy.id, status=ended)
    assert town.match(town.proposed("berit", hours=7.5)).status == "proposed"


def test_a_yes_opens_the_match_with_goals_and_releases(town: Town) -> None:
    subject = town.active()
    match = town.match(subject)
    assert (match.status, match.started_on) == ("active", date(2026, 1, 20))
    assert town.participant(subject).status == "matched"
    assert places_in_queue(town) == 0
    with town.database.reading() as session:
        goals = session.execute(select(GoalRow.number, GoalRow.text).order_by(GoalRow.number)).all()
        given = set(session.execute(select(ReleaseRow.content, ReleaseRow.recipient, ReleaseRow.recorded_by)))
    assert [tuple(goal) for goal in goals] == [(1, "Trene to ganger i uken"), (2, "Finne et sted å bo")]
    assert {tuple(row) for row in given} == {
        ("agreement", "primary_contact", "solveig"),
        ("final_report", "primary_contact", "solveig"),
    }


def test_a_no_at_a_new_match_ends_what_was_released_in_the_earlier_one(town: Town) -> None:
    first = town.active()
    town.closed(first)
    participant = Subject("participant", town.match(first).participant_id)
    town.move("join_waiting_list", participant)
    second = town.propose(participant, "gunn")
    town.move("open_match", second, AGREED | {"release_final_report": "no"})
    with town.database.reading() as session:
        standing = session.scalars(select(ReleaseRow.content).where(ReleaseRow.withdrawn_at.is_(None))).all()
    assert standing == ["agreement"]


@pytest.mark.parametrize(
    ("started_on", "refusal"),
    [
        ("2026-03-16", None),
        ("2026-03-17", Refusal.STARTS_TOO_LATE),
        ("2025-01-15", None),
        ("2024-12-31", Refusal.STARTED_TOO_EARLY),
    ],
)
def test_the_first_day_is_not_far_from_today(town: Town, started_on: str, refusal: Refusal | None) -> None:
    if refusal is None:
        assert town.match(town.active(started_on=started_on)).started_on == date.fromisoformat(started_on)
        return
    with pytest.raises(Refused) as refused:
        town.active(started_on=started_on)
    assert refusal_of(refused) is refusal


def test_a_match_opens_once(town: Town) -> None:
    subject = town.active()
    with pytest.raises(Refused) as refused:
        town.move("open_match", subject, AGREED)
    assert refusal_of(refused) is Refusal.WRONG_MATCH_STATUS


def test_a_no_leads_back_to_the_same_place_in_the_queue(town: Town) -> None:
    proposed = town.proposed()
    back = town.move("withdraw_match", proposed)
    assert back == Subject("participant", town.match(proposed).participant_id)
    assert (town.match(proposed).status, town.participant(back).status) == ("withdrawn", "waiting")
    assert places_in_queue(town) == 1


def test_closing_says_why_and_where_each_goal_stands(town: Town) -> None:
    subject = town.closed(town.active(), goal_1_status="reached", goal_2_status="underway", goal_3_status=None)
    match = town.match(subject)
    assert (match.status, match.closed_on, match.closure_reason) == ("closed", date(2026, 6, 30), "goal_reached")
    assert town.participant(subject).status == "closed"
    assert [goal["status"] for goal in town.facts(subject)["match"]["goals"]] == ["reached", "underway"]


@pytest.mark.parametrize(
    ("closed_on", "refusal"),
    [("2026-07-01", Refusal.CLOSED_AHEAD), ("2026-01-19", Refusal.CLOSED_BEFORE_START)],
)
def test_the_last_day_lies_between_the_first_one_and_today(town: Town, closed_on: str, refusal: Refusal) -> None:
    subject = town.active()
    with pytest.raises(Refused) as refused:
        town.closed(subject, closed_on=closed_on)
    assert refusal_of(refused) is refusal
    assert town.match(subject).status == "active"


def test_the_last_day_can_be_the_day_it_is_where_the_service_is(town: Town) -> None:
    subject, late = town.active(started_on="2026-01-15"), datetime(2026, 1, 15, 23, 30, tzinfo=UTC)
    answers = {"closed_on": "2026-01-16", "reason": "moved"}
    assert town.match(town.move("close_match", subject, answers, now=late)).closed_on == date(2026, 1, 16)


def test_a_match_that_has_not_begun_yet_can_be_ended_today(town: Town) -> None:
    subject = town.active(started_on="2026-02-01")
    town.move("close_match", subject, {"closed_on": "2026-01-15", "reason": "own_choice"})
    assert town.match(subject).status == "closed"


def test_a_match_closes_once(town: Town) -> None:
    subject = town.closed(town.active())
    with pytest.raises(Refused) as refused:
        town.closed(subject, reason="moved")
    assert refusal_of(refused) is Refusal.WRONG_MATCH_STATUS
    assert town.match(subject).closure_reason == "goal_reached"


def test_a_death_silences_everything_addressed_to_the_person_at_once(town: Town) -> None:
    subject = town.active()
    posted, invitation = message(town, subject, person_id=None), link(town, subject)
    town.closed(subject, reason="died")
    assert town.participant(subject).status == "deceased"
    with town.database.reading() as session:
        assert session.get_one(MessageRow, posted).status == "cancelled"
        assert session.get_one(LinkRow, invitation).revoked_at == CLOSING


@pytest.mark.parametrize("how_far", ["requested", "waiting", "not_now", "proposed", "active", "closed"])
def test_a_death_can_be_recorded_at_any_time_and_twice(town: Town, how_far: str) -> None:
    subject = brought_to(town, how_far)
    about = Subject("participant", town.participant(subject).id)
    for _ in range(2):
        assert town.move("remember", about, {"died_on": "2026-06-29"}, now=CLOSING) == about
    assert town.participant(about).status == "deceased"
    assert places_in_queue(town) == 0


@pytest.mark.parametrize(
    ("how_far", "ended"), [("proposed", ("withdrawn", None)), ("active", ("closed", date(2026, 6, 29)))]
)
def test_a_death_ends_the_open_match(town: Town, how_far: str, ended: tuple[str, date | None]) -> None:
    subject = brought_to(town, how_far)
    about = Subject("participant", town.participant(subject).id)
    town.move("remember", about, {"died_on": "2026-06-29"}, now=CLOSING)
    match = town.match(subject)
    assert (match.status, match.closed_on) == ended
    assert match.closure_reason == "died"
    assert town.facts(about)["case"]["peer_name"] == "Berit"


def test_a_death_leaves_an_earlier_match_as_it_ended(town: Town) -> None:
    subject = town.closed(town.active())
    town.move("remember", Subject("participant", town.participant(subject).id))
    assert town.match(subject).closure_reason == "goal_reached"


def test_a_death_is_not_ahead(town: Town) -> None:
    with pytest.raises(Refused) as refused:
        town.move("remember", town.waiting(), {"died_on": "2026-01-16"})
    assert refusal_of(refused) is Refusal.DIED_AHEAD


def test_everything_about_somebody_who_has_died_is_silenced_and_nothing_else(town: Town) -> None:
    other, subject = town.active("gunn"), town.active("berit")
    about = Subject("participant", town.participant(subject).id)
    assert silenced(town, subject) == ()
    town.move("remember", about)
    assert set(silenced(town, subject)) == set(silenced(town, about)) == {about, subject}
    assert silenced(town, other) == silenced(town, NO_SUBJECT) == ()


def test_a_try_that_came_to_nothing_leaves_no_peer_to_tell(town: Town) -> None:
    about = town.move("withdraw_match", town.proposed())
    assert town.facts(about)["case"]["peer_name"] == ""


def test_a_new_primary_contact_gets_what_the_old_one_has_not_opened(town: Town) -> None:
    subject = town.active()
    agreement, report = delivered(town, subject, "agreement"), delivered(town, subject, "final_report")
    town.change(DeliveryRow, report, opened_at=CLOSING)
    town.move("change_contact", subject, {"contact": "pia", "also_caseworker": "no"})
    row = town.participant(subject)
    assert (row.primary_contact_id, row.caseworker_id, row.office_id) == ("pia", "nora", "nord")
    assert (holder(town, agreement), holder(town, report)) == ("pia", "nora")


def test_what_is_no_longer_released_does_not_go_over_to_a_new_contact(town: Town) -> None:
    subject = town.active()
    agreement = delivered(town, subject, "agreement")
    with town.database.writing() as session:
        participant = town.participant(subject).id
        withdraw_release(session, participant, Content.AGREEMENT, "primary_contact", CLOSING)
    town.move("change_contact", subject, {"contact": "pia", "also_caseworker": "no"}, now=CLOSING)
    assert town.participant(subject).primary_contact_id == "pia"
    assert holder(town, agreement) == "nora"


def test_a_case_follows_its_new_caseworker_to_her_office(town: Town) -> None:
    subject = town.waiting()
    town.move("change_contact", subject, {"contact": "siri", "also_caseworker": "yes"})
    row = town.participant(subject)
    assert (row.primary_contact_id, row.caseworker_id, row.office_id) == ("siri", "siri", "sor")


@pytest.mark.parametrize(
    ("contact", "also", "refusal"),
    [
        ("berit", "no", Refusal.NOT_A_CONTACT),
        ("nobody", "no", Refusal.NOT_A_CONTACT),
        ("pia", "yes", Refusal.NOT_A_CASEWORKER),
    ],
)
def test_only_the_municipality_holds_a_contact(town: Town, contact: str, also: str, refusal: Refusal) -> None:
    subject = town.waiting()
    with pytest.raises(Refused) as refused:
        town.move("change_contact", subject, {"contact": contact, "also_caseworker": also})
    assert refusal_of(refused) is refusal
    assert town.participant(subject).primary_contact_id == "nora"


def test_every_refusal_has_words_and_nothing_else_has(town: Town) -> None:
    said = {refusal: refusal_words(str(Refused(refusal, 2.5))) for refusal in Refusal}
    assert all(words.endswith(".") and "{" not in words for words in said.values())
    assert refusal_words("something else") == ""


def test_remembering_after_the_closure_changes_nothing_more(town: Town) -> None:
    subject = town.closed(town.active(), reason="died")
    assert town.move("remember", subject) == subject
    assert town.participant(subject).status == "deceased"


def test_a_peer_logs_a_contact_in_seconds(town: Town) -> None:
    subject = town.active()
    answers = {"on": TODAY.isoformat(), "kind": "phone", "hours": None, "internal_note": "Kort prat"}
    town.move("log_contact", subject, answers, by="berit")
    with town.database.reading() as session:
        row = session.scalars(select(ContactRow)).one()
    assert (row.on, row.kind, row.minutes, row.internal_note, row.recorded_by) == (
        TODAY,
        "phone",
        None,
        "Kort prat",
        "berit",
    )


@pytest.mark.parametrize(("answers", "minutes"), [({"hours": 1.5}, 90), ({"hours": 0.33}, 20), ({"minutes": 45}, 45)])
def test_a_contact_is_kept_in_minutes_however_its_form_asked(
    town: Town, answers: dict[str, object], minutes: int
) -> None:
    subject = town.active()
    town.move("log_contact", subject, {"on": TODAY.isoformat(), "kind": "meeting", **answers}, by="berit")
    with town.database.reading() as session:
        row = session.scalars(select(ContactRow)).one()
    assert (row.minutes, row.at_night, row.too_much) == (minutes, False, False)


def test_a_peer_logs_for_her_own_match_only(town: Town) -> None:
    subject = town.active()
    with pytest.raises(Refused) as refused:
        town.move("log_contact", subject, {"on": "2026-01-21", "kind": "sms"}, by="gunn")
    assert refusal_of(refused) is Refusal.NOT_OWN_MATCH


def test_an_ended_match_takes_no_more_contacts(town: Town) -> None:
    subject = town.closed(town.active())
    with pytest.raises(Refused) as refused:
        town.move("log_contact", subject, {"on": "2026-07-01", "kind": "sms"}, by="berit")
    assert refusal_of(refused) is Refusal.WRONG_MATCH_STATUS


@pytest.mark.parametrize("move", ["open_match", "withdraw_match", "close_match", "log_contact"])
def test_a_move_of_a_match_needs_a_match(town: Town, move: str) -> None:
    with pytest.raises(NotFound):
        town.move(move, town.waiting())


def test_no_refusal_tells_a_stranger_anything(town: Town) -> None:
    with pytest.raises(Refused) as refused:
        town.requested(office="sor", participant_name="MERKE-4711")
    assert "4711" not in str(refused.value)
    assert "sor" not in str(refused.value)


def brought_to(town: Town, how_far: str) -> Subject:
    if how_far == "not_now":
        return town.move("not_now", town.requested())
    return town.closed(town.active()) if how_far == "closed" else getattr(town, how_far)()


def silenced(town: Town, subject: Subject) -> tuple[Subject, ...]:
    with town.database.reading() as session:
        return town.service.silenced(session, subject)


def delivered(town: Town, subject: Subject, name: str) -> str:
    """The id of a delivery to the primary contact, under the participant's release."""
    document = paper(town, name, subject)
    deliver(town, document, "nora")
    with town.database.writing() as session:
        release = town.service.release(session, name, "primary_contact", subject, TODAY)
        row = session.scalars(select(DeliveryRow).where(DeliveryRow.document_id == document.id)).one()
        row.release_id = release
    return row.id


def holder(town: Town, delivery: str) -> str:
    with town.database.reading() as session:
        return session.get_one(DeliveryRow, delivery).person_id


def places_in_queue(town: Town) -> int:
    with town.database.reading() as session:
        standing = select(func.count()).select_from(WaitingRow).where(WaitingRow.left_at.is_(None))
        return session.scalar(standing) or 0


def test_a_paused_match_frees_the_hours_of_its_peer_and_comes_back(town: Town) -> None:
    subject = town.active()
    assert town.facts(subject)["match"]["paused"] == "no"
    town.move("pause_match", subject)
    assert town.match(subject).status == "paused"
    assert town.facts(subject)["match"]["paused"] == "yes"
    town.move("resume_match", subject)
    assert town.match(subject).status == "active"


def test_only_an_active_match_is_paused_and_only_a_paused_one_resumed(town: Town) -> None:
    proposed = town.proposed()
    with pytest.raises(Refused):
        town.move("pause_match", proposed)
    active = town.move("open_match", proposed, AGREED)
    with pytest.raises(Refused):
        town.move("resume_match", active)
    town.move("pause_match", active)
    with pytest.raises(Refused):
        town.move("pause_match", active)


def test_a_paused_match_can_be_closed(town: Town) -> None:
    subject = town.active()
    town.move("pause_match", subject)
    assert town.match(town.closed(subject)).status == "closed"
