"""Read the settings, or say everything that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from forms_service.errors import SettingsError
from forms_service.settings import addresses, words
from forms_service.settings.environment import ours
from forms_service.settings.given import INSTANCE_VARIABLE, SERVICE_KEYS, Given, from_file, gather
from forms_service.settings.model import ServiceIdentity, Settings
from forms_service.settings.places import shipped_folder, usual_instance
from forms_service.settings.secret_key import secret_key

DEFAULTS = Path(__file__).with_name("defaults.toml")

Reader = Callable[[object], Any]


def read_settings(
    instance: Path | None = None,
    environment: Mapping[str, str] | None = None,
    demo_by_default: bool = False,
    make_key: bool = True,
) -> Settings:
    """The settings of an instance folder. Raises SettingsError with every problem, one a line.

    With ``make_key=False`` nothing is written: for those who only look, and then sign nothing.
    """
    environment = ours() if environment is None else environment
    folder = Path(instance or environment.get(INSTANCE_VARIABLE) or usual_instance()).expanduser().resolve()
    problems: list[str] = []
    given = _not_at_night(_defaults(demo_by_default) | gather(folder, environment, problems))
    values = {key: _read(reader, given[key], problems) for key, reader in _readers(folder).items()}
    values["secret_key"] = _secret(folder, given.get("secret_key"), make_key, problems)
    if problems:
        raise SettingsError("\n".join(problems))
    return _settings(folder, values)


def _defaults(demo: bool) -> dict[str, Given]:
    shipped = {name: Given(str(shipped_folder(name)), "the shipped folder") for name in ("workflows", "pdf_templates")}
    return from_file(DEFAULTS, []) | shipped | {"demo": Given(demo, "demo")}


def _not_at_night(given: dict[str, Given]) -> dict[str, Given]:
    """Whoever tries a demo in the evening wants to see the message, unless the settings name hours for it."""
    is_said = given["quiet_hours"].where != f"quiet_hours in {DEFAULTS}"
    is_demo = str(given["demo"].value).strip().lower() in words.TRUE
    return given | {"quiet_hours": Given("none", "demo")} if is_demo and not is_said else given


def _readers(instance: Path) -> dict[str, Reader]:
    return {
        "database_url": lambda value: addresses.database_url(words.filled(value), instance),
        "redis_url": _maybe(addresses.redis_url),
        "smtp_url": _maybe(addresses.smtp_url),
        "workflows": words.folder,
        "pdf_templates": words.folder,
        "host": words.host,
        "port": words.port,
        "base_url": _maybe(addresses.base_url),
        "demo": words.yes_or_no,
        "timezone": words.timezone,
        "mail_from": words.mail_address,
        "draft_days": words.days,
        "silence_days": words.days,
        "sms_url": _maybe(addresses.sms_url),
        "sms_secret": words.header,
        "quiet_hours": words.quiet_hours,
        "proxies": words.proxies,
        "digest_to": words.mail_addresses,
        "digest_at": words.time_of_day,
        **{f"service.{key}": words.text for key in SERVICE_KEYS},
        "service.name": words.filled,
        "service.peer_label": words.filled,
        "service.colour": words.own_colour,
        "service.logo": words.logo,
    }


def _maybe(check: Callable[[str], str]) -> Reader:
    """Empty text stays empty; anything else is checked."""

    def read(value: object) -> str:
        found = words.text(value)
        return check(found) if found else ""

    return read


def _read(reader: Reader, given: Given, problems: list[str]) -> Any:
    try:
        return reader(given.value)
    except ValueError as error:
        problems.append(f"{given.where} {error}")
        return None


def _secret(instance: Path, given: Given | None, make: bool, problems: list[str]) -> str:
    try:
        return words.secret(given.value) if given else secret_key(instance, make)
    except (ValueError, OSError) as error:
        problems.append(f"{given.where if given else instance / 'secret_key'} {error}")
        return ""


def _settings(instance: Path, values: dict[str, Any]) -> Settings:
    service = ServiceIdentity(**{key: values.pop(f"service.{key}") for key in SERVICE_KEYS})
    values["base_url"] = values["base_url"] or local_address(values["host"], values["port"])
    return Settings(instance=instance, service=service, **values)


def local_address(host: str, port: int) -> str:
    """What to type into a browser on this machine; 0.0.0.0 and :: mean every address, which no browser understands."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared with, not bound to
    return f"http://{f'[{shown}]' if ':' in shown and not shown.startswith('[') else shown}:{port}"
