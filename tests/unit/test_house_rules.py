"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
MODULES = sorted(
    path.relative_to(CHECKOUT) for room in ("forms_service", "tools") for path in (CHECKOUT / room).rglob("*.py")
)


def text_of(module: Path) -> str:
    return (CHECKOUT / module).read_text(encoding="utf-8")


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_says_what_it_is(module):
    said = ast.get_docstring(ast.parse(text_of(module))) or ""
    assert said.split("\n\n")[0].rstrip().endswith((".", ":", "?"))


def test_only_the_settings_read_the_environment():
    reading = [module for module in MODULES if re.search(r"\bos\.(environ|getenv)", text_of(module))]
    assert [
        module for module in reading if module.parts[:2] not in {("forms_service", "settings"), ("tools", "setup")}
    ] == []


@pytest.mark.parametrize("module", [module for module in MODULES if module.parts[0] == "forms_service"], ids=str)
def test_words_for_people_stand_in_the_catalogue_and_not_in_code(module):
    """Norwegian letters give them away; docstrings may explain."""
    tree = ast.parse(text_of(module))
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in docstrings]
    assert [node.value for node in constants if isinstance(node.value, str) and re.search("[æøåÆØÅ]", node.value)] == []
