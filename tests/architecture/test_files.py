"""How long files and functions may grow, and that what is public is explained."""

import ast

import pytest

from tests.architecture.source import HOUSES, ROOT, decorators, functions, modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
#: Called by a framework, which explains them.
GIVEN_BY_FRAMEWORKS = {"handle", "add_arguments", "ready", "clean", "save", "get_queryset"}


def test_a_file_is_read_in_one_go() -> None:
    assert [m.path for m in modules() if m.text.count("\n") > LONGEST_FILE] == [], "split by topic"


def test_a_function_fits_a_screen() -> None:
    lengths = {
        f"{module.path} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for module in modules()
        for function in functions(module.tree)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}, "move the pure part out"


def test_what_is_public_is_explained() -> None:
    silent = [
        f"{module.path}:{function.lineno} {function.name}"
        for module in modules()
        for function in _public(module.tree)
        if not ast.get_docstring(function)
    ]
    assert silent == []


def _public(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Public functions, and public methods of public classes; a transition's explanation is its table in the docs."""
    classes = (node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))
    return [
        node
        for body in (tree.body, *(each.body for each in classes))
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and node.name not in GIVEN_BY_FRAMEWORKS
        and "transition" not in decorators(node)
    ]


@pytest.mark.parametrize("house", [house for house in HOUSES if house != "marketplace"])
def test_every_house_has_its_page(house: str) -> None:
    page = ROOT / house / "README.md"
    assert page.is_file()
    assert 5 <= page.read_text().count("\n") <= 60, "half a page"


def test_the_package_above_plain_modules_is_empty() -> None:
    """Otherwise `marketplace.lib.money` could not be imported without Django."""
    assert (ROOT / "marketplace" / "__init__.py").read_text() == ""
    assert (ROOT / "marketplace" / "lib" / "__init__.py").read_text() == ""
