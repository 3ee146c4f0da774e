"""forms-service access-log: what it says of a whole log and of a broken one, and an export that stands in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from forms_service.casework.access.seal import seal
from forms_service.storage.cases import AccessRow
from tests.integration.casework.test_access_seals import behind_its_back
from tests.integration.commands.conftest import House

CASE = "2026-0001"


@pytest.fixture
def sealed(house: House, tmp_path: Path) -> House:
    house.call("access-log", "export", CASE, "--reason", "Spurt om innsyn", "--out", str(tmp_path / "first.csv"))
    assert seal(house.rt) == 1
    return house


def test_a_whole_log_is_said_to_be_whole_with_something_to_write_down(
    sealed: House, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert sealed.call("access-log", "verify") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "The log is whole: 1 lines under 1 seals, and 0 not sealed yet."
    noted = said[1].rpartition(" ")[2]
    assert sealed.call("access-log", "verify", "--noted", noted) == 0
    assert sealed.call("access-log", "verify", "--noted", "1:ffff") == 1
    assert capsys.readouterr().err == "Seal 1 is not the one that was written down.\n"
    assert sealed.call("access-log", "verify", "--noted", "nonsense") == 1


def test_a_changed_log_ends_with_status_1(sealed: House, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    behind_its_back(sealed.rt, "UPDATE access SET reason = 'role'")
    assert sealed.call("access-log", "verify") == 1
    assert capsys.readouterr().err == "Seal 1 has lines, or a seal before it, that were changed.\n"


def test_an_export_is_written_and_stands_in_the_log_with_its_reason(sealed: House, tmp_path: Path) -> None:
    assert sealed.call("access-log", "export", CASE, "--reason", "Igjen", "--out", str(tmp_path / "second.csv")) == 0
    told = (tmp_path / "second.csv").read_text(encoding="utf-8-sig")
    assert "Innsynsloggen som fil;;Spurt om innsyn;1" in told
    assert "driftsansvarlig ved maskinen" in told
    with sealed.rt.database.reading() as session:
        looks = list(session.execute(select(AccessRow.role, AccessRow.reason).order_by(AccessRow.id)))
    assert [tuple(look) for look in looks] == [("operator", "Spurt om innsyn"), ("operator", "Igjen")]


def test_an_export_needs_a_reason_and_a_case(house: House, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "none.csv"))
    assert house.call("access-log", "export", CASE, "--reason", " ", *out) == 1
    assert house.call("access-log", "export", "1999-0001", "--reason", "x", *out) == 1
    assert not (tmp_path / "none.csv").exists()
    with house.rt.database.reading() as session:
        assert session.scalars(select(AccessRow)).all() == []
