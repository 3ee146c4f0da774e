from __future__ import annotations

import pytest

from forms_service.machine.needs import TO_RUN, TO_TEST, Need, file, install_command, library, missing, program
from tools.setup import system
from tools.setup.say import SetupFailed

ABSENT = Need("Nothing", "no-such-package", "for this test", lambda: False)
NICE = Need("Nicety", "no-such-package-either", "for this test", lambda: False, must=False)


def test_what_is_there_is_seen_and_what_is_not_is_named(tmp_path):
    (tmp_path / "here").write_text("")
    assert file(str(tmp_path / "here"))()
    assert program("sh")()
    assert not file(str(tmp_path / "there"))()
    assert not program("no-such-program")()
    assert not library("libno-such-library.so.7")()
    assert missing([ABSENT]) == [ABSENT]


def test_the_command_names_exactly_what_is_missing():
    assert install_command([ABSENT, NICE]).split()[-2:] == ["no-such-package", "no-such-package-either"]


def test_set_up_stops_with_the_command_when_something_necessary_is_missing(capsys):
    with pytest.raises(SetupFailed):
        system.insist([ABSENT])
    assert "apt-get install --no-install-recommends no-such-package" in capsys.readouterr().err


def test_set_up_goes_on_without_a_nicety_and_says_so(capsys):
    system.insist([NICE])
    assert "Missing: Nicety" in capsys.readouterr().err


def test_every_need_says_what_it_is_for():
    assert all(need.why and need.package for need in (*TO_RUN, *TO_TEST))
