"""What a notebook needs besides the corpus: its paths, its parameters checked, its pictures."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sayso.paths import notebooks_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sayso.corpus import Corpus


def project_path(path: str | Path) -> Path:
    """Return where a path leads that a notebook was given.

    JupyterLab and nbval start a notebook in its folder, papermill where the user is. So a relative
    path is tried from the working directory first, then from the notebooks' folder.
    """
    path = Path(path)
    if path.is_absolute() or _leads_somewhere(path):
        return path
    beside = notebooks_path() / path
    return beside.resolve() if _leads_somewhere(beside) else path


def _leads_somewhere(path: Path) -> bool:
    """Whether there is something at a path, or something that it fits as a glob."""
    if path.exists():
        return True
    fixed = [part for part in path.parts if not set(part) & set("*?[")]
    if len(fixed) == len(path.parts):
        return False
    anchor = Path(*path.parts[: path.parts.index(next(p for p in path.parts if p not in fixed))])
    return next(anchor.glob(str(path.relative_to(anchor))), None) is not None


def check_parameters(**parameters: tuple[Any, Any]) -> None:
    """Check a notebook's parameters: each is given as ``name=(value, rule)``.

    Parameters
    ----------
    **parameters
        The rule is a type (``str``), a ``range`` for whole numbers (``range(1, 31)``), a pair for
        other numbers (``(0.0, 1.0)``, both included), or a list of the values that are allowed.

    Raises
    ------
    ValueError
        On the first value that breaks its rule: its name, the value, what is expected.

    Examples
    --------
    >>> check_parameters(top=(8, range(1, 31)), by=("outlet", ["outlet", "agency"]))
    >>> check_parameters(top=(0, range(1, 31)))
    Traceback (most recent call last):
    ...
    ValueError: parameter 'top' is 0, expected a whole number from 1 to 30
    """
    for name, (value, rule) in parameters.items():
        fits, expected = _judge(value, rule)
        if not fits:
            raise ValueError(f"parameter '{name}' is {value!r}, expected {expected}")


def _judge(value: Any, rule: Any) -> tuple[bool, str]:
    """Return whether a value keeps a rule, and the rule in words."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if isinstance(rule, type):
        return isinstance(value, rule) and (rule is bool or value is not True), f"{rule.__name__}"
    if isinstance(rule, range):
        words = f"a whole number from {rule.start} to {rule[-1]}"
        return isinstance(value, int) and number and value in rule, words
    if isinstance(rule, tuple):
        return number and rule[0] <= value <= rule[1], f"a number from {rule[0]} to {rule[1]}"
    return value in list(rule), "one of " + ", ".join(repr(allowed) for allowed in rule)


def provenance(corpus: Corpus, /, **parameters: Any) -> pd.DataFrame:
    """Return what a report was made from: sayso's version, the corpus, the parameters.

    Of paths only the last part is told, so the table is the same on every machine.

    Returns
    -------
    DataFrame
        Columns: item, value.
    """
    import sayso

    rows = [
        ("sayso", sayso.__version__),
        ("articles", f"{len(corpus):,}"),
        ("corpus SHA-256", corpus.digest),
    ]
    rows += [(f"parameter {name}", _told(value)) for name, value in parameters.items()]
    return pd.DataFrame(rows, columns=["item", "value"])


def _told(value: Any) -> str:
    if isinstance(value, (str, Path)) and ("/" in str(value) or "\\" in str(value)):
        return str(value).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return str(value)


def show(ax: Axes, notes: Iterable[str] = ()) -> None:
    """Show a picture in a notebook, with a description in words that nbval compares.

    Parameters
    ----------
    ax
        What a plotting helper returned.
    notes
        Sentences to add to the description.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    from sayso.show.canvas import DPI, alt_text

    words = alt_text(ax, notes)
    file = io.BytesIO()
    ax.figure.savefig(file, format="png", dpi=DPI, metadata={"Software": None})
    plt.close(ax.figure)
    data = {"image/png": base64.b64encode(file.getvalue()).decode(), "text/plain": words}
    display(data, raw=True, metadata={"image/png": {"alt": words}})
