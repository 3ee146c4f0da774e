"""What a peer is called here, in the four forms that texts need and in every language that we speak."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from forms_service.settings.model import ServiceIdentity
from forms_service.texts import catalogue
from forms_service.translation.catalogue import SOURCE
from forms_service.translation.naming import Naming
from forms_service.translation.spoken import own_catalogue, own_languages

WRITTEN = "likemann"
"""The word that all texts are written with."""
FORMS = ("one", "the_one", "many", "the_many")
REGULAR: Mapping[str, str] = {"one": "{}", "the_one": "{}en", "many": "{}er", "the_many": "{}ene"}
"""How most words go that texts/nb.yaml does not know; the settings say it for those that go otherwise."""
ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "nn": {"one": "{}", "the_one": "{}en", "many": "{}ar", "the_many": "{}ane"},
    "en": {"one": "{}", "the_one": "the {}", "many": "{}s", "the_many": "the {}s"},
}
NORWEGIAN = (SOURCE, "nn")
"""The languages that the settings' own forms are meant for."""


def peer_words(service: ServiceIdentity, language: str) -> Mapping[str, str]:
    """Form → word, as in the_one → «likemannen»."""
    own = {"the_one": service.peer_definite, "many": service.peer_plural, "the_many": service.peer_plural_definite}
    own = own if language in NORWEGIAN else {}
    regular = ELSEWHERE.get(language, REGULAR)
    label = service.peer_label
    return {form: own.get(form) or _known(label, form, language) or regular[form].format(label) for form in FORMS}


@lru_cache(maxsize=32)
def naming_of(service: ServiceIdentity) -> Naming:
    """Empty where a peer is called as the texts are written."""
    return Naming({code: pairs for code in own_languages() if (pairs := _pairs(service, code))})


def _pairs(service: ServiceIdentity, language: str) -> tuple[tuple[str, str], ...]:
    chosen = peer_words(service, language)
    pairs = tuple((_known(WRITTEN, form, language), chosen[form]) for form in FORMS)
    return pairs if any(written != word for written, word in pairs) else ()


def _known(label: str, form: str, language: str) -> str:
    """As texts/nb.yaml has the word, and the catalogues of other languages; empty for one that they do not know."""
    key = f"peer_words.{label.lower()}.{form}"
    word = catalogue().get(key, "")
    return word if language == SOURCE else own_catalogue(language).words(word, key) or word
