"""Those who look after the service get one letter on a working day when something stands still, and never two."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from forms_service.clock import FrozenClock
from forms_service.engine.deliver import deliver
from forms_service.engine.dispatch import dispatch
from forms_service.engine.heartbeat import Kind, beat
from forms_service.engine.runtime import Runtime
from forms_service.storage.outbox import DigestRow, MessageRow
from forms_service.upkeep.digest import Digest, tell_of, what_there_is
from forms_service.upkeep.morning import is_first_of_week
from tests.fixtures.mail import Mailbox
from tests.integration.upkeep.conftest import Runs

OSLO = ZoneInfo("Europe/Oslo")
WEDNESDAY = datetime(2026, 1, 14, 7, 0, tzinfo=OSLO)
TO = ("drift@post.example", "vakt@post.example")


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(WEDNESDAY.astimezone(UTC))


@pytest.fixture
def rt(runtime: Runtime) -> Runtime:
    """With two who are told, and workers and pollers that live."""
    told = replace(runtime, settings=replace(runtime.settings, digest_to=TO))
    _live(told)
    return told


def _live(rt: Runtime) -> None:
    beat(rt, "machine:1:1")
    beat(rt, "machine:2:1", Kind.POLLER)


def at(clock: FrozenClock, moment: datetime, rt: Runtime | None = None) -> None:
    """It is another time; whoever lived lives still."""
    clock.instant = moment.astimezone(UTC)
    if rt is not None:
        _live(rt)


def letters(rt: Runtime) -> list[MessageRow]:
    with rt.database.reading() as session:
        return list(session.scalars(select(MessageRow).order_by(MessageRow.created_at, MessageRow.address)))


def send(rt: Runtime) -> list[str]:
    """What became of each letter."""
    return [deliver(rt, letter.id, "worker") for letter in letters(rt) if letter.status == "created"]


def test_what_stands_still_is_told_once_to_each(rt: Runtime, runs: Runs, smtp: Mailbox) -> None:
    runs.add(status="incident", problem="render_failed: HEMMELIG")
    assert Digest().look(rt) == 2
    assert send(rt) == ["sent", "sent"]
    assert smtp.recipients == [[TO[0]], [TO[1]]]
    message = smtp.messages[0]
    assert message["Subject"] == "Drift: én ting å se på"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "- Ett steg har stoppet." in message.get_content()
    assert f"{rt.settings.base_url}/drift" in message.get_content()


def test_a_letter_names_nobody_and_nothing(rt: Runtime, runs: Runs) -> None:
    runs.add(status="incident", problem="render_failed: HEMMELIG", title="Liv Strand")
    runs.add(status="ready", due_at=rt.clock.now() - timedelta(hours=3))
    Digest().look(rt)
    written = letters(rt)[0].subject + letters(rt)[0].body
    for secret in ("HEMMELIG", "Liv", "2026-0", "likemann", "intake", "forespørsel"):
        assert secret.casefold() not in written.replace(rt.settings.base_url, "").casefold()


def test_a_second_look_on_the_same_day_writes_nothing(rt: Runtime, runs: Runs, clock: FrozenClock) -> None:
    runs.add(status="incident")
    first = Digest()
    assert [first.look(rt), first.look(rt), Digest().look(rt)] == [2, 0, 0]
    runs.add(status="incident")
    at(clock, WEDNESDAY + timedelta(hours=9))
    assert Digest().look(rt) == 0
    assert len(letters(rt)) == 2


def test_of_many_pollers_that_look_at_once_one_writes(rt: Runtime, runs: Runs) -> None:
    runs.add(status="incident")
    together = threading.Barrier(4)

    def look() -> int:
        together.wait(10)
        return tell_of(rt, WEDNESDAY.date())

    with ThreadPoolExecutor(4) as pollers:
        written = [each.result() for each in [pollers.submit(look) for _ in range(4)]]
    assert sorted(written) == [0, 0, 0, 2]
    assert len(letters(rt)) == 2


class Killed(BaseException):
    """As a signal would end the process here."""


def test_a_poller_that_is_killed_before_it_has_written_leaves_it_to_the_next(
    rt: Runtime, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs.add(status="incident")

    def killed(*args: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("sqlalchemy.orm.Session.add_all", killed)
        with pytest.raises(Killed):
            Digest().look(rt)
    assert letters(rt) == []
    assert Digest().look(rt) == 2


def test_a_poller_that_is_killed_before_it_has_rung_has_told_all_the_same(
    rt: Runtime, runs: Runs, smtp: Mailbox
) -> None:
    runs.add(status="incident")

    class Deadly:
        def ring_message(self, message_id: str) -> bool:
            raise Killed

        def answers(self) -> bool:
            return True

    with pytest.raises(Killed):
        Digest().look(replace(rt, bell=Deadly()))  # type: ignore[arg-type]
    assert Digest().look(rt) == 0
    assert dispatch(rt) >= 2
    send(rt)
    assert len(smtp.messages) == 2


def test_a_worker_that_is_killed_while_it_sends_sends_no_second_one(rt: Runtime, runs: Runs, smtp: Mailbox) -> None:
    runs.add(status="incident")
    Digest().look(rt)
    smtp.cut("accepted")
    assert send(rt) == ["unknown", "unknown"]
    smtp.mend()
    assert send(rt) == []
    assert len(smtp.messages) == 2


def test_nothing_is_told_when_there_is_nothing_to_tell(rt: Runtime) -> None:
    assert Digest().look(rt) == 0
    with rt.database.reading() as session:
        assert session.get_one(DigestRow, WEDNESDAY.date()).letters == 0


def test_once_a_week_it_is_told_that_all_is_well(rt: Runtime, clock: FrozenClock) -> None:
    told = []
    for day in range(7):
        at(clock, WEDNESDAY + timedelta(days=day), rt)
        told.append(Digest().look(rt))
    assert told == [0, 0, 0, 0, 0, 2, 0]
    assert letters(rt)[0].subject == "Drift: alt går som det skal"


def test_nobody_is_told_on_weekends_and_holidays(rt: Runtime, runs: Runs, clock: FrozenClock) -> None:
    runs.add(status="incident")
    told = {}
    for day in range(1, 8):
        moment = datetime(2026, 4, 2, 8, 0, tzinfo=OSLO) + timedelta(days=day - 1)
        at(clock, moment, rt)
        told[moment.day] = Digest().look(rt)
    assert told == {2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 2, 8: 2}  # from Maundy Thursday to Easter Monday


def test_a_week_begins_with_its_first_working_day() -> None:
    easter = [datetime(2026, 4, day, tzinfo=OSLO).date() for day in range(6, 11)]
    assert [is_first_of_week(day) for day in easter] == [False, True, False, False, False]


def test_the_hour_is_that_of_the_service_and_of_the_settings(rt: Runtime, runs: Runs, clock: FrozenClock) -> None:
    runs.add(status="incident")
    later = replace(rt, settings=replace(rt.settings, digest_at=time(9, 30)))
    at(clock, WEDNESDAY.replace(hour=9, minute=29))
    assert Digest().look(later) == 0
    at(clock, WEDNESDAY.replace(hour=9, minute=30))
    assert Digest().look(later) == 2


def test_a_poller_that_begins_in_the_afternoon_tells_then(rt: Runtime, runs: Runs, clock: FrozenClock) -> None:
    runs.add(status="incident")
    at(clock, WEDNESDAY.replace(hour=15))
    assert Digest().look(rt) == 2


def test_a_clock_that_is_set_back_tells_nothing_again(rt: Runtime, runs: Runs, clock: FrozenClock) -> None:
    runs.add(status="incident")
    looks = Digest()
    assert looks.look(rt) == 2
    at(clock, WEDNESDAY + timedelta(days=1))
    assert looks.look(rt) == 2
    at(clock, WEDNESDAY)
    assert looks.look(rt) == 0
    assert len(letters(rt)) == 4


def test_a_letter_that_could_not_leave_gives_way_to_the_next_days(
    rt: Runtime, runs: Runs, clock: FrozenClock, smtp: Mailbox
) -> None:
    runs.add(status="incident")
    Digest().look(rt)
    smtp.refuse("MAIL", "451 later")
    assert send(rt) == ["created", "created"]
    smtp.mend()
    at(clock, WEDNESDAY + timedelta(days=1))
    Digest().look(rt)
    assert send(rt) == ["", "", "sent", "sent"]
    assert len(smtp.messages) == 2


def test_whoever_is_taken_off_the_list_gets_no_letter_any_more(rt: Runtime, runs: Runs, smtp: Mailbox) -> None:
    runs.add(status="incident")
    Digest().look(rt)
    fewer = replace(rt, settings=replace(rt.settings, digest_to=TO[:1]))
    send(fewer)
    assert smtp.recipients == [[TO[0]]]
    assert [letter.status for letter in letters(rt)] == ["sent", "cancelled"]


def test_without_anybody_to_tell_nobody_looks(rt: Runtime, runs: Runs) -> None:
    runs.add(status="incident")
    assert Digest().look(replace(rt, settings=replace(rt.settings, digest_to=()))) == 0
    with rt.database.reading() as session:
        assert session.scalars(select(DigestRow)).all() == []


def test_a_letter_that_did_not_arrive_is_told_of_on_the_page(rt: Runtime, runs: Runs, smtp: Mailbox) -> None:
    runs.add(status="incident")
    Digest().look(rt)
    smtp.refuse("RCPT")
    assert send(rt) == ["failed", "failed"]
    assert {matter.code for matter in what_there_is(rt)} == {"stopped", "digests"}
