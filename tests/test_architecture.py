"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "chinai_tui"
MODULES = sorted(PACKAGE.rglob("*.py"))
CORE = [
    "domain.document",
    "text.tokens",
    "ingest",
    "store",
    "entities.catalogue",
    "index",
    "annotate.anchors",
    "export.walk",
    "workspace",
]


@pytest.mark.parametrize("module", CORE)
def test_the_core_does_not_draw(module: str) -> None:
    code = (
        f"import sys, chinai_tui.{module}\n"
        "print([name for name in ('textual', 'rich') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("heavy", ["textual", "sqlite3", "tinydb", "msgspec", "rapidfuzz", "rich"])
def test_the_command_line_starts_without_what_it_may_not_need(heavy: str) -> None:
    code = f"import sys, chinai_tui.cli\nprint({heavy!r} in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_short(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.count("\n") < 400
    for function in functions(ast.parse(source)):
        lines = (function.end_lineno or 0) - function.lineno + 1
        if ast.get_docstring(function):
            first = function.body[0]
            lines -= (first.end_lineno or 0) - first.lineno + 1
        assert lines <= 40, function.name


def test_every_worker_names_its_group() -> None:
    calls = [
        node
        for path in (PACKAGE / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("run_worker", "work")
    ]
    assert calls
    for call in calls:
        assert any(keyword.arg == "group" for keyword in call.keywords), ast.unparse(call)


def test_no_style_touches_every_widget_when_the_focus_moves() -> None:
    for path in [*(PACKAGE / "ui").rglob("*.py"), *(PACKAGE / "ui").rglob("*.tcss")]:
        source = path.read_text("utf-8")
        assert "*:focus" not in source
        assert ":focus-within" not in source
