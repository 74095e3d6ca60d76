"""Our own source as syntax trees, for rules that are about how code is written."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSES = ("marketplace", "borrowers", "investors", "listings", "loans", "escrow", "risk_reserve")
#: What a money house computes with must be exact.
MONEY_HOUSES = ("borrowers", "investors", "listings", "loans", "escrow", "risk_reserve")


@dataclass(frozen=True)
class Module:
    """One of our files."""

    path: str
    text: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        """The path's parts, without the suffix."""
        return Path(self.path).with_suffix("").parts

    @property
    def is_operation(self) -> bool:
        """Say whether it holds verbs."""
        return "operations" in self.parts

    @property
    def is_core(self) -> bool:
        """Say whether it is arithmetic or a decision."""
        return "core" in self.parts


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the houses but migrations."""
    files = (file for house in HOUSES for file in sorted((ROOT / house).rglob("*.py")))
    return tuple(
        Module(str(file.relative_to(ROOT)), text := file.read_text(), ast.parse(text))
        for file in files
        if "migrations" not in file.parts
    )


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, however deep."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Every call of a function or method of that name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) == name:
            yield node


def name_of(node: ast.expr) -> str:
    """The last name of `a.b.c` or `c`; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def decorators(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """The names of a function's decorators."""
    return {name_of(d.func if isinstance(d, ast.Call) else d) for d in function.decorator_list}
