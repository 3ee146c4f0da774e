from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from forms_service.commands.doctor import files, machine, services
from forms_service.commands.doctor.proxies import proxies
from forms_service.commands.doctor.run import doctor
from forms_service.settings import read_settings


@pytest.fixture
def fresh(instance):
    """The settings of a machine where nothing has been started yet."""
    return read_settings(instance, {}, make_key=False)


def test_what_is_missing_comes_with_the_command_that_brings_it(fresh, capsys):
    settings = replace(
        fresh, redis_url="redis://127.0.0.1:1", smtp_url="smtp://127.0.0.1:1", sms_url="http://127.0.0.1:1"
    )
    assert doctor(settings) == 1
    said = capsys.readouterr().out
    assert "missing Redis or Valkey" in said
    assert "Look at FORMS_SMTP_URL." in said
    assert "Look at FORMS_SMS_URL." in said
    assert said.endswith("3 things are missing.\n")


def test_a_machine_before_the_first_start_lacks_nothing(fresh, capsys):
    assert doctor(fresh) == 0
    said = capsys.readouterr().out
    assert "not made yet" in said
    assert said.endswith("Nothing is missing.\n")
    assert not fresh.instance.exists()


def test_a_database_without_tables_wants_migrate(fresh, empty_database_url):
    settings = replace(fresh, database_url=empty_database_url)
    (found,) = services.database(settings)
    assert not found.well
    assert found.mend == "forms-service migrate"


def test_a_prepared_database_is_well(fresh, database_url):
    (found,) = services.database(replace(fresh, database_url=database_url))
    assert found.well


def test_a_password_in_an_address_is_never_said(fresh, capsys):
    doctor(replace(fresh, database_url="postgresql+psycopg://me:hush@127.0.0.1:1/forms"))
    said = capsys.readouterr().out
    assert "missing Database" in said
    assert "hush" not in said


def test_servers_that_answer_are_well(fresh, valkey, smtp, gateway):
    settings = replace(fresh, redis_url=valkey, smtp_url=smtp.url, sms_url=gateway.url)
    looks = (services.doorbell, services.mail, services.sms)
    assert [found.well for look in looks for found in look(settings)] == [True] * 3


def test_an_https_address_asks_how_many_proxies_stand_in_front(fresh, capsys):
    settings = replace(fresh, base_url="https://forms.example.org")
    assert doctor(settings) == 0
    said = capsys.readouterr().out
    assert "better  Reverse proxy: FORMS_BASE_URL is https, FORMS_PROXIES is 0" in said
    assert "Set FORMS_PROXIES" in said


@pytest.mark.parametrize(("base_url", "number"), [("https://forms.example.org", 1), ("http://127.0.0.1:8000", 0)])
def test_who_stands_in_front_is_not_asked_for_twice_nor_where_nobody_does(fresh, base_url, number):
    [found] = proxies(replace(fresh, base_url=base_url, proxies=number))
    assert found.well


def test_a_spoilt_font_is_found(fresh, tmp_path):
    shutil.copytree(fresh.pdf_templates / "_shared" / "fonts", tmp_path / "_shared" / "fonts")
    (tmp_path / "_shared" / "fonts" / "Inter-Regular.woff2").write_bytes(b"spoilt")
    (found,) = files.fonts(replace(fresh, pdf_templates=tmp_path))
    assert not found.well
    assert found.said.startswith("Inter-Regular.woff2 in")


def test_missing_fonts_are_found(fresh, tmp_path):
    (tmp_path / "_shared").mkdir()
    (found,) = files.fonts(replace(fresh, pdf_templates=tmp_path))
    assert (found.well, found.mend) == (False, "make setup")


def test_templates_without_a_style_of_their_own_have_the_shipped_fonts(fresh, tmp_path):
    assert files.fonts(replace(fresh, pdf_templates=tmp_path)) == files.fonts(fresh)


def test_disk_and_clock_are_looked_at(fresh):
    names = [found.name for found in (*machine.disk(fresh), *machine.clock(fresh))]
    assert names == ["Disk", "Clock", "Time zones"]
