"""The shades of an installation's own colour, each as light as the theme's, so that all of it reads as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from forms_service.settings.colour import as_light_as, luminance

OURS, ALSO = "brand1", "accent"
LIGHT, DARK = '[data-color-scheme="light"]', '[data-color-scheme="dark"]'
SHADE = re.compile(rf"--ds-color-{OURS}-([a-z-]+):(#[0-9a-f]{{6}})")


def stylesheet(colour: str) -> str:
    """What stands over theme.css; nothing without a colour of one's own."""
    if not colour:
        return ""
    light, dark = (_block(colour, shades) for shades in theme_shades())
    root = ":root,[data-color-scheme]"
    on_dark = '[data-color-scheme="auto"]'
    return f"{root}{{{light}}}\n{DARK}{{{dark}}}\n@media (prefers-color-scheme:dark){{{on_dark}{{{dark}}}}}\n"


@lru_cache(maxsize=1)
def theme_shades() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Name of a shade → its colour in the theme; in light, and in dark."""
    theme = files("forms_service").joinpath("web", "static", "theme.css").read_text(encoding="utf-8")
    return _shades(theme, LIGHT), _shades(theme, DARK)


def _shades(theme: str, scheme: str) -> Mapping[str, str]:
    start = theme.index(scheme)
    return dict(SHADE.findall(theme[start : theme.index("}", start)]))


def _block(colour: str, shades: Mapping[str, str]) -> str:
    own = {name: _shade(colour, name, of_theme) for name, of_theme in shades.items()}
    return "".join(f"--ds-color-{each}-{name}:{shade};" for each in (OURS, ALSO) for name, shade in own.items())


def _shade(colour: str, name: str, of_theme: str) -> str:
    """What stands on the colour itself is white or nearly black, as in the theme."""
    return of_theme if "contrast" in name else as_light_as(colour, luminance(of_theme))
