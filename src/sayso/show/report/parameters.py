"""Notebook parameters, checked before anything runs.

papermill passes a mistyped name on with a mere log line. Here names and types are compared with
what the notebooks declare in their ``parameters`` cells.
"""

from __future__ import annotations

import ast
import difflib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
RESERVED = "corpus"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as a notebook declares it: ``type`` is a plain name such as 'int'."""

    name: str
    type: str
    default: str
    help: str


def declared(notebook: Path) -> dict[str, Parameter]:
    """Return the parameters that a notebook declares, by name."""
    from papermill import inspect_notebook

    found = inspect_notebook(str(notebook)).values()
    return {
        item["name"]: Parameter(item["name"], _type(item), item["default"], item["help"])
        for item in found
    }


def _type(item: Mapping[str, str]) -> str:
    """Return a parameter's type, read off its default where it has no annotation."""
    if item["inferred_type_name"] != "None":
        return item["inferred_type_name"].split("[")[0].strip("\"'")
    try:
        return type(ast.literal_eval(item["default"])).__name__
    except (ValueError, SyntaxError):
        return "any"


def assign(
    given: Mapping[str, Any], notebooks: Mapping[str, Mapping[str, Parameter]]
) -> dict[str, dict[str, Any]]:
    """Return each notebook's parameters: those given that it declares, as its types.

    Parameters
    ----------
    given
        Values by name; texts (from a command line) are turned into the declared type.
    notebooks
        What each notebook declares.

    Raises
    ------
    ValueError
        If no notebook declares a name, or a value is not of the declared type.
    """
    names = sorted({name for parameters in notebooks.values() for name in parameters} - {RESERVED})
    for name in given:
        if name == RESERVED:
            raise ValueError(f"parameter '{RESERVED}' is set by the input: leave it out")
        if name not in names:
            raise ValueError(_unknown(name, names))
    return {
        notebook: {
            name: convert(value, parameters[name], notebook)
            for name, value in given.items()
            if name in parameters
        }
        for notebook, parameters in notebooks.items()
    }


def _unknown(name: str, names: list[str]) -> str:
    close = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    hint = f", did you mean {' or '.join(repr(c) for c in close)}?" if close else "."
    valid = ", ".join(names) if names else "none"
    return f"no notebook has a parameter '{name}'{hint} Valid names: {valid}"


def convert(value: Any, parameter: Parameter, notebook: str) -> Any:
    """Return a value as the type that a parameter declares.

    Raises
    ------
    ValueError
        If it is not of that type; the message names parameter, notebook, type and value.
    """
    try:
        return CONVERTERS.get(parameter.type, _any)(value)
    except (ValueError, TypeError):
        raise ValueError(
            f"parameter '{parameter.name}' of {notebook} should be {parameter.type} "
            f"(its default is {parameter.default}), not {value!r}"
        ) from None


def _any(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    return _of(str, value)


def _flag(value: Any) -> bool:
    if isinstance(value, str):
        if value.lower() not in TRUTH:
            raise ValueError
        return TRUTH[value.lower()]
    return _of(bool, value)


def _whole(value: Any) -> int:
    if isinstance(value, bool):
        raise ValueError
    return int(value) if isinstance(value, str) else _of(int, value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError
    if not math.isfinite(float(value)):
        raise ValueError
    return float(value)


def _list(value: Any) -> list:
    """Return a list: as it is, from JSON, or from words between commas."""
    if isinstance(value, str):
        if value.lstrip().startswith("["):
            return _of(list, json.loads(value))
        return [word.strip() for word in value.split(",") if word.strip()]
    return list(_of((list, tuple), value))


def _mapping(value: Any) -> dict:
    return _of(dict, json.loads(value) if isinstance(value, str) else value)


def _of(types: type | tuple[type, ...], value: Any) -> Any:
    if not isinstance(value, types):
        raise ValueError
    return value


CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "str": _text,
    "bool": _flag,
    "int": _whole,
    "float": _number,
    "list": _list,
    "dict": _mapping,
}
