"""Notebook parameters: what each may be, checked before anything is read.

papermill passes a mistyped name or value on, and the notebook fails in the middle. Here names and
types are compared with what the notebooks declare in their ``parameters`` cells, and values with
``RULES``: by ``sayso report`` before any notebook starts, and by each notebook in its first cell.
"""

from __future__ import annotations

import ast
import contextlib
import difflib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.analyze.framing.load import load_codebook
from sayso.analyze.groups import BY, PERIODS
from sayso.analyze.words.keyness import UNITS, VOICES, check_reference
from sayso.paths import project_path

if TYPE_CHECKING:
    from sayso.corpus import Corpus

RESERVED = "corpus"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a value must be: a test, and the words for it."""

    fits: Callable[[Any], bool]
    expected: str


def one_of(allowed: Sequence[str]) -> Rule:
    """Return the rule that a value is one of several."""
    return Rule(lambda value: value in allowed, "one of " + ", ".join(map(repr, allowed)))


def whole(least: int, most: int) -> Rule:
    """Return the rule that a value is a whole number between two, both included."""
    return Rule(
        lambda value: type(value) is int and least <= value <= most,
        f"a whole number from {least:,} to {most:,}",
    )


TEXT = Rule(lambda value: isinstance(value, str), "a text")
FLAG = Rule(lambda value: isinstance(value, bool), "True or False")
SHARE = Rule(lambda value: type(value) in (int, float) and 0 <= value <= 1, "a number from 0 to 1")
TEXTS = Rule(
    lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "a list of texts",
)
RULES: dict[str, Rule] = {
    "article": TEXT,
    "by": one_of(BY),
    "codebook": TEXT,
    "codings": TEXT,
    "corpus": TEXT,
    "draw": whole(2, 100_000),
    "examples": whole(1, 20),
    "keep_copies": FLAG,
    "lanes": whole(1, 60),
    "least": SHARE,
    "period": one_of(("auto", *PERIODS)),
    "prior_words": whole(1, 1_000_000),
    "reference": TEXT,
    "rows": whole(1, 1000),
    "statement": TEXT,
    "terms": TEXTS,
    "top": whole(1, 20),
    "unit": one_of(UNITS),
    "whose_words": one_of(VOICES),
}


def check_parameters(**values: Any) -> None:
    """Check parameters by ``RULES``; those that have no rule are left to their notebook.

    Raises
    ------
    ValueError
        On the first value that breaks its rule: its name, the value, what is expected.
    FileNotFoundError
        If there is no such codebook; the message lists those there are.

    Examples
    --------
    >>> check_parameters(top=8, by="outlet")
    >>> check_parameters(top=0)
    Traceback (most recent call last):
    ...
    ValueError: parameter 'top' is 0, expected a whole number from 1 to 20
    """
    for name, value in values.items():
        rule = RULES.get(name)
        if rule and not rule.fits(value):
            raise ValueError(f"parameter '{name}' is {value!r}, expected {rule.expected}")
    if "codebook" in values:
        load_codebook(project_path(values["codebook"]))


def check_choices(
    corpus: Corpus,
    /,
    *,
    by: str = "outlet",
    reference: str = "",
    article: str = "",
    statement: str = "",
    codings: str = "",
    **_: Any,
) -> None:
    """Check the parameters that choose something from a corpus.

    Raises
    ------
    ValueError
        If no group is called like the reference, or no statement has that id; the message lists
        some that there are.
    KeyError
        If no article, or more than one, fits.

    Codings that are not of the corpus, or damaged, raise what ``corpus.with_codings`` does.
    """
    if codings:
        corpus.with_codings(project_path(codings))
    if reference:
        check_reference(reference, corpus.facts, by=by)
    if article:
        corpus.article(article)
    if statement:
        known = corpus.coverage(by=by)["statement_id"].unique()
        if statement not in known:
            some = ", ".join(known[:5]) or "none"
            raise ValueError(f"statement '{statement}' is none of those shared; there are: {some}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as a notebook declares it: ``type`` is a plain name such as 'int'."""

    name: str
    type: str
    default: str


def declared(notebook: Path) -> dict[str, Parameter]:
    """Return the parameters that a notebook declares, by name."""
    from papermill import inspect_notebook

    return {
        name: Parameter(name, _type(item), item["default"])
        for name, item in inspect_notebook(str(notebook)).items()
    }


def defaults(parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    """Return the values that a notebook has by itself, where they are literals."""
    values = {}
    for name, parameter in parameters.items():
        with contextlib.suppress(ValueError, SyntaxError):
            values[name] = ast.literal_eval(parameter.default)
    return values


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

    Texts (from a command line) are turned into the declared type.

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
    return f"no notebook has a parameter '{name}'{hint} Valid names: {', '.join(names) or 'none'}"


def convert(value: Any, parameter: Parameter, notebook: str) -> Any:
    """Return a value as the type that a parameter declares.

    Raises
    ------
    ValueError
        If it is not of that type; the message names parameter, notebook, type and value.
    """
    try:
        converted = _read(value, parameter.type)
        if not _is(converted, parameter.type):
            raise ValueError
    except ValueError:
        raise ValueError(
            f"parameter '{parameter.name}' of {notebook} should be {parameter.type} "
            f"(its default is {parameter.default}), not {value!r}"
        ) from None
    if parameter.name in ("codebook", "codings") and converted and Path(converted).exists():
        return str(Path(converted).resolve())  # the notebook runs in another folder
    return converted


TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
TYPES = {"str": str, "bool": bool, "int": int, "float": float, "list": list, "dict": dict}


def _read(value: Any, kind: str) -> Any:
    """Return a text from a command line as a type; a value of Python as what stands for it."""
    if not isinstance(value, str):
        widened = {"float": int, "list": tuple}.get(kind)
        return TYPES[kind](value) if type(value) is widened else value
    if kind == "bool":
        return TRUTH.get(value.lower())
    if kind in ("int", "float"):
        return TYPES[kind](value)
    if kind == "dict" or (kind == "list" and value.lstrip().startswith("[")):
        return json.loads(value)
    if kind == "list":
        return [word.strip() for word in value.split(",") if word.strip()]
    return value


def _is(value: Any, kind: str) -> bool:
    if kind not in TYPES:
        return True
    return type(value) is TYPES[kind] and not (kind == "float" and not math.isfinite(value))
