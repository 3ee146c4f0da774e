"""The pictures in the documentation are those of the shipped workflows."""

from __future__ import annotations

from tools.pictures import PAGE, page_of, shipped


def test_the_pictures_are_up_to_date() -> None:
    """When a workflow has changed: python -m tools.pictures."""
    assert PAGE.read_text(encoding="utf-8") == page_of(shipped())


def test_every_shipped_workflow_has_a_picture() -> None:
    drawn = shipped()
    page = page_of(drawn)
    assert page.count("```mermaid") == len(drawn.definitions.workflows)
    for workflow in drawn.definitions.workflows.values():
        assert f"## {workflow.title}\n" in page
