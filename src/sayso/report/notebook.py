"""What a notebook tells besides its tables: what it was made from, and its pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sayso.corpus import Corpus


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


def show(ax: Axes) -> None:
    """Show a picture in a notebook as SVG, with a description in words."""
    import matplotlib.pyplot as plt
    from IPython.display import display

    from sayso.report.svg import svg
    from sayso.show.canvas import alt_text

    words = alt_text(ax)
    data = {"image/svg+xml": svg(ax.figure, words), "text/plain": words}
    plt.close(ax.figure)
    # JupyterLab shows it as an image, which does not take the ink of a dark theme.
    display(data, raw=True, metadata={"image/svg+xml": {"needs_background": "light"}})
