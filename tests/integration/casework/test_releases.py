"""What may go to whom, asked at the moment of sending."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from forms_service.casework.releases import give_release, withdraw_release
from forms_service.domain.releases import Content
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.errors import ReleaseMissing
from tests.integration.casework.town import NOW, TODAY, Town


def release(town: Town, content: str, subject: Subject, role: str = "primary_contact", day: date = TODAY) -> str:
    with town.database.writing() as session:
        return town.service.release(session, content, role, subject, day)


def test_what_was_agreed_to_may_go(town: Town) -> None:
    subject = town.active()
    assert release(town, "agreement", subject)
    assert release(town, "final_report", subject)


def test_what_was_not_agreed_to_stays(town: Town) -> None:
    with pytest.raises(ReleaseMissing, match="evaluation"):
        release(town, "evaluation", town.active())


def test_a_release_is_for_its_recipient_only(town: Town) -> None:
    with pytest.raises(ReleaseMissing):
        release(town, "agreement", town.active(), role="caseworker")


def test_without_a_case_nothing_may_go(town: Town) -> None:
    with pytest.raises(ReleaseMissing):
        release(town, "agreement", NO_SUBJECT)


def test_a_withdrawn_release_lets_nothing_out_from_that_moment(town: Town) -> None:
    subject = town.active()
    with town.database.writing() as session:
        participant_id = town.match(subject).participant_id
        assert withdraw_release(session, participant_id, Content.AGREEMENT, "primary_contact", NOW) == 1
    with pytest.raises(ReleaseMissing):
        release(town, "agreement", subject)
    assert release(town, "final_report", subject)


def test_a_release_that_was_given_twice_is_withdrawn_with_one_word(town: Town) -> None:
    subject = town.active()
    participant_id = town.match(subject).participant_id
    with town.database.writing() as session:
        give_release(session, participant_id, Content.AGREEMENT, "primary_contact", NOW)
    with town.database.writing() as session:
        assert withdraw_release(session, participant_id, Content.AGREEMENT, "primary_contact", NOW) == 2
    with pytest.raises(ReleaseMissing):
        release(town, "agreement", subject)


def test_a_release_can_be_given_later_and_until_a_day(town: Town) -> None:
    subject = town.active()
    until = TODAY + timedelta(days=7)
    with town.database.writing() as session:
        give_release(
            session, town.match(subject).participant_id, Content.EVALUATION, "primary_contact", NOW, until=until
        )
    assert release(town, "evaluation", subject, day=until)
    with pytest.raises(ReleaseMissing):
        release(town, "evaluation", subject, day=until + timedelta(days=1))
