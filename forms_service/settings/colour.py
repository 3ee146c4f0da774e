"""Colours as the web writes them, how light they are, and how far apart two of them stand for the eye (WCAG 2)."""

from __future__ import annotations

import colorsys
import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
WHITE = "#ffffff"
READABLE = 4.5
"""What words need against what is behind them (WCAG 1.4.3)."""


def luminance(colour: str) -> float:
    """From 0 for black to 1 for white."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 for the same to 21 for black on white."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def as_light_as(colour: str, wanted: float) -> str:
    """The same hue and strength, of another luminance: what is as light reads as well."""
    hue, _, strength = colorsys.rgb_to_hls(*_parts(colour))
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if luminance(_written(hue, middle, strength)) < wanted else (low, middle)
    return _written(hue, (low + high) / 2, strength)


def readable_on_white(colour: str) -> str:
    """The nearest of its kind that words can be written in on white."""
    return as_light_as(colour, 1.05 / READABLE - 0.0525)


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _written(hue: float, lightness: float, strength: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, strength))
