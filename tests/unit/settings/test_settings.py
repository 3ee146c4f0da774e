from __future__ import annotations

import stat
import tomllib
from datetime import time
from pathlib import Path

import pytest

from forms_service.errors import SettingsError
from forms_service.settings import read_settings
from forms_service.settings.read import DEFAULTS

CHECKOUT = Path(__file__).parents[3]


def refused(instance: Path, **given: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read_settings(instance, {f"FORMS_{key}": value for key, value in given.items()})
    return str(caught.value).splitlines()


def write(instance: Path, text: str) -> None:
    instance.mkdir(exist_ok=True)
    (instance / "settings.toml").write_text(text, encoding="utf-8")


def test_without_anything_given_all_is_on_this_machine(instance):
    settings = read_settings(instance, {})
    assert settings.database_url == f"sqlite:///{instance}/forms.db"
    assert (settings.redis_url, settings.smtp_url, settings.demo) == ("", "", False)
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.workflows == CHECKOUT / "workflows"
    assert settings.pdf_templates == CHECKOUT / "pdf_templates"


def test_the_environment_goes_before_the_file_and_the_file_before_the_defaults(instance):
    write(instance, 'port = 8100\nhost = "127.0.0.2"\n[service]\nname = "Likepersonen"\n')
    settings = read_settings(instance, {"FORMS_PORT": "8200"})
    assert (settings.port, settings.host, settings.service.name) == (8200, "127.0.0.2", "Likepersonen")
    assert settings.service.peer_label == "likemann"


def test_the_instance_folder_may_be_given_by_the_environment(instance):
    assert read_settings(None, {"FORMS_INSTANCE": str(instance)}).instance == instance


def test_an_empty_variable_counts_as_not_given(instance):
    assert read_settings(instance, {"FORMS_PORT": "", "FORMS_DATABASE_URL": " "}).port == 8000


def test_everything_wrong_is_said_at_once(instance):
    write(instance, 'demo = "perhaps"\nprot = 1\n[service]\nnam = "x"\nname = ""\n')
    said = refused(instance, PORT="many", TIMEZONE="Europe/Olso", SECRET_KEY="short", DATABSE_URL="x")
    assert len(said) == 8
    assert any("prot" in line and "did you mean port?" in line for line in said)
    assert any("service.nam " in line and "did you mean name?" in line for line in said)
    assert any("FORMS_DATABSE_URL" in line and "did you mean FORMS_DATABASE_URL?" in line for line in said)
    assert any("FORMS_TIMEZONE" in line and "did you mean Europe/Oslo?" in line for line in said)


def test_a_file_that_is_no_toml_is_refused_with_its_line(instance):
    write(instance, "port = = 3\n")
    (line,) = refused(instance)
    assert "settings.toml cannot be read" in line
    assert "line 1" in line


@pytest.mark.parametrize("name", ["WORKFLOWS", "PDF_TEMPLATES"])
def test_a_folder_that_is_not_there_is_refused(instance, name):
    (line,) = refused(instance, **{name: "/no/such/folder"})
    assert line == f"FORMS_{name} must be a folder; there is none at /no/such/folder"


def test_a_folder_in_the_file_is_relative_to_the_file(instance):
    write(instance, 'workflows = "mine"\n')
    (instance / "mine").mkdir()
    assert read_settings(instance, {}).workflows == instance / "mine"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("postgresql://u:p@db/forms", "postgresql+psycopg://u:p@db/forms"),
        ("postgres://db/forms", "postgresql+psycopg://db/forms"),
        ("postgresql+psycopg://db/forms?sslmode=require", "postgresql+psycopg://db/forms?sslmode=require"),
        ("sqlite:////srv/forms.db", "sqlite:////srv/forms.db"),
    ],
)
def test_a_database_address_becomes_the_one_that_sqlalchemy_wants(instance, given, read):
    assert read_settings(instance, {"FORMS_DATABASE_URL": given}).database_url == read


def test_a_relative_sqlite_file_lies_in_the_instance(instance):
    settings = read_settings(instance, {"FORMS_DATABASE_URL": "sqlite:///data/mine.db"})
    assert settings.database_url == f"sqlite:///{instance}/data/mine.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db/forms"),
        ("DATABASE_URL", "postgresql://db"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite://"),
        ("REDIS_URL", "http://cache"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "redis://cache:port"),
        ("SMTP_URL", "mail.example.org"),
        ("SMTP_URL", "smtp://:secret@mail"),
        ("BASE_URL", "ftp://a"),
        ("BASE_URL", "https://a/?b"),
        ("HOST", "http://a"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "80.5"),
        ("PORT", "٨٠"),
        ("DEMO", "maybe"),
        ("SECRET_KEY", "x" * 31),
        ("MAIL_FROM", "nobody"),
        ("TIMEZONE", "Mars/Olympus"),
        ("DIGEST_TO", "nobody"),
        ("DIGEST_TO", "a@post.example b@post.example"),
        ("DIGEST_AT", "25:00"),
        ("DIGEST_AT", "early"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_what_is_wrong(instance, name, value):
    (line,) = refused(instance, **{name: value})
    assert line.startswith(f"FORMS_{name} ")


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "SMTP_URL"])
def test_a_refused_address_is_not_repeated_since_it_may_hold_a_password(instance, name):
    assert "hush" not in "".join(refused(instance, **{name: "gopher://me:hush@host/x"}))


def test_settings_do_not_show_their_secrets(instance):
    given = {"FORMS_DATABASE_URL": "postgresql://u:hush@db/f", "FORMS_SECRET_KEY": "hush" * 8}
    assert "hush" not in repr(read_settings(instance, given))


@pytest.mark.parametrize("url", ["redis://a:6379/0", "rediss://a", "unix:///run/a.sock"])
def test_every_way_to_redis_is_taken(instance, url):
    assert read_settings(instance, {"FORMS_REDIS_URL": url}).redis_url == url


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("intern.example", "http://intern.example:8000"),
    ],
)
def test_the_address_for_people_can_be_typed_into_a_browser(instance, host, address):
    assert read_settings(instance, {"FORMS_HOST": host}).base_url == address


def test_the_secret_key_is_made_once_and_only_its_owner_can_read_it(instance):
    first, second = read_settings(instance, {}), read_settings(instance, {})
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE((instance / "secret_key").stat().st_mode) == 0o600
    assert sorted(path.name for path in instance.iterdir()) == ["secret_key"]


def test_a_given_secret_key_is_not_written_down(instance):
    assert read_settings(instance, {"FORMS_SECRET_KEY": "k" * 32}).secret_key == "k" * 32
    assert not instance.exists()


def test_who_only_looks_writes_nothing(instance):
    read_settings(instance, {}, make_key=False)
    assert not instance.exists()


def test_a_demo_by_default_gives_way_to_the_settings(instance):
    assert read_settings(instance, {}, demo_by_default=True).demo is True
    assert read_settings(instance, {"FORMS_DEMO": "no"}, demo_by_default=True).demo is False


def test_the_example_shows_the_defaults():
    example = tomllib.loads((CHECKOUT / "instance" / "settings.example.toml").read_text(encoding="utf-8"))
    assert example == tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))


def test_drafts_are_kept_for_a_month_unless_somebody_says_otherwise(instance):
    assert read_settings(instance, {}).draft_days == 30
    assert read_settings(instance, {"FORMS_DRAFT_DAYS": "7"}).draft_days == 7


@pytest.mark.parametrize("days", ["0", "-1", "many", "1.5", "99999"])
def test_days_that_make_no_sense_are_refused(instance, days):
    assert refused(instance, DRAFT_DAYS=days) == ["FORMS_DRAFT_DAYS must be a whole number of days from 1 to 3650"]


def test_who_is_told_of_problems_are_several_addresses_each_once(instance):
    given = {"FORMS_DIGEST_TO": "a@post.example, b@post.example,A@post.example ,", "FORMS_DIGEST_AT": "6.30"}
    settings = read_settings(instance, given)
    assert settings.digest_to == ("a@post.example", "b@post.example")
    assert settings.digest_at == time(6, 30)
    assert read_settings(instance, {}).digest_to == ()
