"""The floor plan of the house: what may import what, and how much stands side by side.

Arrows run down only. A wing may import the wings that stand after it here, and itself.
"""

from __future__ import annotations

import ast
from pathlib import Path

from conftest import ROOT

PACKAGE = ROOT / "src" / "sayso"
WINGS = (
    "cli",
    "report",
    "evaluation",
    "batch",
    "corpus",
    "coding",
    "store",
    "show",
    "extract",
    "analyze",
    "reading",
    "timex",
    "article",
    "model",
    "tables",
    "lexicon",
    "text",
    "paths",
)
MOST_MODULES = 12
MOST_LINES = 40
MOST_ARGUMENTS = 6


def module_name(path: Path) -> str:
    """Return what a file is imported as, without 'sayso.'; '' for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {
    module_name(path): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imported(tree: ast.Module) -> set[str]:
    """Return the modules of sayso that a module imports, anywhere in it, without 'sayso.'."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            named = [one if one.removeprefix("sayso.") in TREES else node.module for one in whole]
        else:
            continue
        found |= {name.removeprefix("sayso").removeprefix(".") for name in named if is_ours(name)}
    return found


def is_ours(name: str) -> bool:
    return name.split(".")[0] == "sayso"


ARROWS = {name: imported(tree) - {name} for name, tree in TREES.items()}


def wing(module: str) -> str:
    return module.split(".")[0]


def test_every_module_stands_in_a_wing():
    assert {wing(name) for name in TREES if name} == set(WINGS)


def test_arrows_run_down():
    # The package itself ('') only tells its version; its face is loaded when asked for.
    up = [
        f"{module} -> {other}"
        for module, others in ARROWS.items()
        for other in others
        if module and other and WINGS.index(wing(other)) < WINGS.index(wing(module))
    ]
    assert up == []


def test_there_are_no_circles():
    left = dict(ARROWS)
    while free := [module for module, others in left.items() if not others & set(left)]:
        for module in free:
            del left[module]
    assert left == {}


def test_no_folder_is_a_pile():
    counts: dict[str, int] = {}
    for path in PACKAGE.rglob("*.py"):
        if path.name != "__init__.py":
            folder = str(path.parent.relative_to(PACKAGE))
            counts[folder] = counts.get(folder, 0) + 1
    assert {folder: n for folder, n in counts.items() if n > MOST_MODULES} == {}


def functions() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (f"{name}.{node.name}", node)
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def test_functions_are_short():
    lines = {name: node.end_lineno - node.lineno + 1 for name, node in functions()}
    assert {name: n for name, n in lines.items() if n > MOST_LINES} == {}


def test_functions_take_few_arguments():
    counts = {}
    for name, node in functions():
        # What a command takes is named, one by one, by who types it.
        if any(ast.unparse(one).startswith("app.command") for one in node.decorator_list):
            continue
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        counts[name] = len([one for one in given if one.arg not in ("self", "cls")])
    assert {name: n for name, n in counts.items() if n > MOST_ARGUMENTS} == {}
