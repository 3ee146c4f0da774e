"""Write the pictures of the shipped workflows into the documentation: ``python -m tools.pictures``."""

from __future__ import annotations

from pathlib import Path

from forms_service.commands.picture import Drawn, drawn_in
from forms_service.picture.mermaid import mermaid
from forms_service.settings import read_settings

CHECKOUT = Path(__file__).parents[1]
PAGE = CHECKOUT / "docs" / "workflows.md"
HEAD = """\
# The shipped workflows

Drawn from `workflows/*.yaml` by `python -m tools.pictures`; a test says when they are out of date. The words are those
that people see. One picture alone, of any folder: `forms-service picture WORKFLOW --mermaid`, or without `--mermaid` as
a page for a browser.
"""


def page_of(drawn: Drawn) -> str:
    """The whole page; workflows in the order of their titles."""
    titled = sorted(drawn.definitions.workflows.values(), key=lambda each: each.title)
    charts = (mermaid(drawn.definitions, each, drawn.roles) for each in titled)
    parts = (f"\n## {each.title}\n\n```mermaid\n{chart}```\n" for each, chart in zip(titled, charts, strict=True))
    return HEAD + "".join(parts)


def shipped() -> Drawn:
    """With the words of an installation that has changed none."""
    settings = read_settings(CHECKOUT / "no-instance", {}, make_key=False)
    return drawn_in(CHECKOUT / "workflows", settings)


if __name__ == "__main__":
    PAGE.write_text(page_of(shipped()), encoding="utf-8")
    print(f"{PAGE.relative_to(CHECKOUT)} is written")
