"""The words people see, found by key in ``texts/nb.yaml`` (a folder of data beside this module, not a package)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

import yaml

from forms_service.errors import FormsServiceError
from forms_service.translation.spoken import in_our_words


class UnknownText(FormsServiceError):
    """There is no such text."""

    code = "unknown_text"


def say(key: str, **values: object) -> str:
    """The text under a dotted key ("forms.too_long") with its ``{name}`` placeholders filled.

    UnknownText when the key is not in the catalogue or a placeholder got no value.
    """
    try:
        text = catalogue()[key]
    except KeyError:
        raise UnknownText(f'There is no text "{key}" in texts/nb.yaml.') from None
    text = in_our_words(text, key)
    try:
        return text.format(**values) if values or "{" in text else text
    except (KeyError, IndexError):
        raise UnknownText(f'A placeholder of the text "{key}" got no value.') from None


def said_if_known(key: str) -> str:
    """The text under a key that may not be there, in the language that is spoken; empty when it is not."""
    text = catalogue().get(key, "")
    return text and in_our_words(text, key)


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, str]:
    """Every text by its dotted key. BaseLoader keeps all scalars as written: ``no: Nei`` is a text, not a boolean."""
    source = files("forms_service").joinpath("texts", "nb.yaml").read_text(encoding="utf-8")
    return dict(_flat(yaml.load(source, Loader=yaml.BaseLoader) or {}))  # noqa: S506 (it makes nothing but texts)


def _flat(section: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in section.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", str(value)
