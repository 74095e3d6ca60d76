"""How verbs are written: clocks, locks, effects, exactness. Each test lists the places that break its rule."""

import ast

from tests.architecture.source import MONEY_HOUSES, Module, calls, decorators, functions, modules

VERBS = [m for m in modules() if m.is_operation]
TIMELESS = [m for m in modules() if m.is_operation or m.is_core]
EXACT = [m for m in TIMELESS if m.parts[0] in MONEY_HOUSES]
#: The ledger's own instruments take what they work on first; every other argument is by keyword.
TAKE_A_SUBJECT = {"post", "post_many", "lock_balances", "check_move", "hold_key"}
#: A solver of rates, which are approximate by nature; the money that goes in is whole minor units.
APPROXIMATE = {"loans/core/xirr.py"}
TRANSACTION = {"owns_transaction", "needs_transaction"}


def place(module: Module, node: ast.AST) -> str:
    """File and line, for a message that leads there."""
    return f"{module.path}:{getattr(node, 'lineno', 0)}"


def constants(module: Module, kind: type) -> list[ast.Constant]:
    """Every literal of a type."""
    return [n for n in ast.walk(module.tree) if isinstance(n, ast.Constant) and type(n.value) is kind]


def test_row_locks_leave_foreign_keys_alone() -> None:
    """`select_for_update(no_key=True)`: a plain lock makes every insert that points at the row wait."""
    plain = [
        place(module, call)
        for module in modules()
        for call in calls(module.tree, "select_for_update")
        if not any(k.arg == "no_key" and ast.unparse(k.value) == "True" for k in call.keywords)
    ]
    typed = [place(m, text) for m in modules() for text in constants(m, str) if "FOR UPDATE" in str(text.value)]
    assert plain + typed == []


def test_no_verb_starts_a_task() -> None:
    """A task started before the commit may run without it: record an event, and let a listener start the task."""
    starters = ("delay", "apply_async", "send_task")
    assert [place(m, call) for m in VERBS for name in starters for call in calls(m.tree, name)] == []


def test_the_clock_is_an_argument() -> None:
    """Doors read the time; verbs take `at=` or `day=`, so that any date can be replayed."""
    readers = ("now", "today", "utcnow", "time", "monotonic")
    read = [place(m, call) for m in TIMELESS for name in readers for call in calls(m.tree, name)]
    read += [place(m, call) for m in TIMELESS for call in calls(m.tree, "localdate") if not call.args]
    assert read == []


def test_no_floats_near_money() -> None:
    """Whole minor units, Decimal or Fraction."""
    exact = [module for module in EXACT if module.path not in APPROXIMATE]
    literals = [place(m, literal) for m in exact for literal in constants(m, float)]
    conversions = [place(m, call) for m in exact for call in calls(m.tree, "float")]
    assert literals + conversions == []


def test_verbs_are_called_by_keyword_and_explained() -> None:
    broken = []
    for module in VERBS:
        for function in functions(module.tree):
            if decorators(function).isdisjoint(TRANSACTION):
                continue
            positional = len(function.args.posonlyargs + function.args.args)
            if positional > (function.name in TAKE_A_SUBJECT) or not ast.get_docstring(function):
                broken.append(f"{place(module, function)} {function.name}")
    assert broken == []


def test_public_verbs_say_who_commits() -> None:
    """A public function of a verbs' module that writes rows by itself says whose transaction it is."""
    writes = ("create", "bulk_create", "get_or_create", "save", "bulk_update", "update", "delete")
    silent = [
        f"{place(module, function)} {function.name}"
        for module in VERBS
        for function in module.tree.body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and decorators(function).isdisjoint(TRANSACTION)
        and any(list(calls(function, name)) for name in writes)
    ]
    assert silent == []
