"""What was given, as it was written: settings.toml first, the environment over it."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

KEYS = (
    "database_url",
    "redis_url",
    "smtp_url",
    "workflows",
    "pdf_templates",
    "host",
    "port",
    "base_url",
    "secret_key",
    "demo",
    "timezone",
    "mail_from",
    "draft_days",
    "silence_days",
    "sms_url",
    "sms_secret",
    "quiet_hours",
    "proxies",
    "digest_to",
    "digest_at",
)
PATHS = ("workflows", "pdf_templates", "logo")
SERVICE_KEYS = (
    *("name", "organisation", "address", "phone", "email", "place"),
    *("peer_label", "peer_definite", "peer_plural", "peer_plural_definite", "colour", "logo"),
)
VARIABLES = {f"FORMS_{key.upper()}": key for key in KEYS}
INSTANCE_VARIABLE = "FORMS_INSTANCE"


@dataclass(frozen=True, slots=True)
class Given:
    """A value as somebody wrote it, and where."""

    value: object
    where: str


def gather(instance: Path, environment: Mapping[str, str], problems: list[str]) -> dict[str, Given]:
    """Key → what was given for it; the letterhead's keys begin with ``service.``."""
    return {**from_file(instance / "settings.toml", problems), **_from_environment(environment, problems)}


def from_file(file: Path, problems: list[str]) -> dict[str, Given]:
    """What a settings file says; a file that is not there says nothing."""
    tables = _parse(file, problems)
    service = tables.pop("service", {})
    if not isinstance(service, dict):
        problems.append(f"service in {file} must be a table: [service]")
        service = {}
    found = _known(tables, KEYS, "", file, problems)
    return {**found, **_known(service, SERVICE_KEYS, "service.", file, problems)}


def _parse(file: Path, problems: list[str]) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"{file} cannot be read: {error}")
        return {}


def _known(
    table: Mapping[str, object], keys: Iterable[str], prefix: str, file: Path, problems: list[str]
) -> dict[str, Given]:
    keys = tuple(keys)
    problems.extend(f"{prefix}{key} in {file} is not a setting{did_you_mean(key, keys)}" for key in table.keys() - keys)
    return {
        f"{prefix}{key}": Given(_placed(table[key], key, file), f"{prefix}{key} in {file}")
        for key in keys
        if key in table
    }


def _placed(value: object, key: str, file: Path) -> object:
    """A path in a file is relative to that file."""
    return str(file.parent / Path(value).expanduser()) if key in PATHS and isinstance(value, str) and value else value


def _from_environment(environment: Mapping[str, str], problems: list[str]) -> dict[str, Given]:
    """An empty variable counts as not given."""
    ours = {name: value for name, value in environment.items() if name.startswith("FORMS_") and value.strip()}
    names = (*VARIABLES, INSTANCE_VARIABLE)
    problems.extend(f"{name} is not a setting{did_you_mean(name, names)}" for name in sorted(ours.keys() - set(names)))
    return {VARIABLES[name]: Given(value, name) for name, value in ours.items() if name in VARIABLES}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean …?`` or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""
