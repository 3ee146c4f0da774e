"""Bring our own words in other languages up to date: ``python -m tools.words`` fills forms_service/languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract

from forms_service.texts import catalogue
from forms_service.translation.update import Source, update

CHECKOUT = Path(__file__).parents[1]
TEMPLATES = CHECKOUT / "forms_service" / "web" / "templates"
LANGUAGES = CHECKOUT / "forms_service" / "languages"
NOT_SAID = ("languages.", "accounts.mail.", "handing.mail.", "upkeep.digest.", "paper.")
"""Beginnings of the keys in texts/nb.yaml that are said in bokmål alone: in letters, and on paper."""
WORDS_IN = {"_": None, "ngettext": (1, 2)}
COMMENT = "# What the pages say in another language. Brought up to date by: python -m tools.words"


def main() -> None:
    for file in sorted(LANGUAGES.glob("*.po")):
        updated = update(file.read_text(encoding="utf-8"), file.stem, sources(), COMMENT)
        file.write_text(updated.file, encoding="utf-8")
        print(f"{file.name}: {updated.translated} of {updated.in_all} texts")


def sources() -> tuple[Source, ...]:
    """The words of templates by themselves, the texts of the catalogue with their key as context."""
    said = (Source(key, text) for key, text in catalogue().items() if not key.startswith(NOT_SAID))
    return (*in_templates(), *said)


def in_templates() -> Iterator[Source]:
    places: dict[str, list[str]] = {}
    for template in sorted(TEMPLATES.rglob("*.html")):
        with template.open("rb") as file:
            for _, words, _, _ in extract("jinja2.ext:babel_extract", file, keywords=WORDS_IN):
                for each in (words,) if isinstance(words, str) else words:
                    found = places.setdefault(each, [])
                    found.extend([template.name] if template.name not in found else [])
    return (Source("", words, tuple(found)) for words, found in places.items())


if __name__ == "__main__":
    main()
