"""How often sayso is right, told where its limits are: figures of the kept evaluations alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from sayso.analyze.blame import readings
from sayso.analyze.blame.readings import Reading
from sayso.show.html import Html, escape, part
from sayso.show.opening.sentences import percent

Rows = pd.DataFrame
US_NEWS = "US political news (PolNeAR, development articles; it learnt from others of that corpus)"


def measured(results: Mapping[str, Any], subject: str) -> Html:
    """Return what was measured of a subject, a sentence each.

    ``results`` are those of :func:`sayso.evaluation.results.read_results`, ``subject`` is a key of
    ``SUBJECTS``. What was not measured is told, too.
    """
    told = []
    for name, words in SUBJECTS[subject].items():
        if name in results:
            told.append(words(results[name].tables["figures"]))
        else:
            told.append(f"Not measured yet: data/results has no '{name}'.")
    told += [read(one) for one in READ.get(subject, ())]
    items = "".join(f"<li>{escape(one)}</li>" for one in told)
    return Html("\n".join(f"- {one}" for one in told), f'<ul style="max-width:52em">{items}</ul>')


def read(one: Reading) -> str:
    """Return how often something was right when articles were read, or that nobody looked."""
    if not one.read:
        return f"How often {one.what} is right was not measured."
    right = part(one.right, one.read, "case")
    return f"How often {one.what} is right: in {right} that were read in real articles."


def _published(rows: Rows) -> str:
    one = rows.iloc[0]
    return (
        f"From the texts alone, {part(int(one['answered']), int(one['articles']), 'article')} of "
        f"US political news (PolNeAR) could be dated, {int(one['right']):,} of these rightly."
    )


def _quotes(rows: Rows) -> str:
    by = rows.set_index("measure")
    found, direct, indirect = (by.loc[name] for name in ("content found", "direct", "indirect"))
    speaker = percent(by.at["attribution accuracy", "precision"])
    return (
        f"On {US_NEWS}, {percent(found['precision'])} of {int(found['predicted']):,} quotes found "
        f"were right, and {percent(found['recall'])} of {int(found['gold']):,} were found. Found "
        f"with the right speaker, too: {percent(direct['recall'])} of direct ones, "
        f"{percent(indirect['recall'])} of indirect ones. The speaker was right in {speaker} of "
        "those found. What is missed is mostly indirect, so shares of quotes with marks are too "
        "high."
    )


def _speakers(rows: Rows) -> str:
    one = rows.iloc[0]
    return (
        f"In news of three outlets (BASIL, development articles), of {int(one['spans']):,} quoted "
        f"passages {percent(one['covered'])} were found; of these "
        f"{round(one['spans'] * one['covered']):,} the speaker was right in "
        f"{percent(one['right'])}."
    )


def _dates(rows: Rows) -> str:
    every = rows.set_index("type").loc["all"]
    return (
        f"On news of the 1990s (TimeBank and AQUAINT, which its rules were developed on: expect "
        f"less), {every['relaxed_precision']:.0f}% of {int(every['predicted']):,} time expressions "
        f"shared words with an annotated one, and {every['value_precision']:.0f}% had its value, "
        f"too; {every['relaxed_recall']:.0f}% of the {int(every['gold']):,} annotated ones were "
        "met so."
    )


def _blame(rows: Rows) -> str:
    own = rows.set_index("measure")
    tie, second = own.loc["tie"], own.loc["second reader: tie"]
    return (
        f"In articles of US news that were read whole and that it did not learn from, "
        f"{percent(tie['precision'])} of {int(tie['predicted']):,} ties of blame were right, and "
        f"{percent(tie['recall'])} of {int(tie['gold']):,} were found; a second reader found "
        f"{percent(second['recall'])} of the first one's."
    )


SUBJECTS: dict[str, dict[str, Callable[[Rows], str]]] = {
    "articles": {"published": _published},
    "quotes": {"attribution": _quotes, "speakers": _speakers},
    "dates": {"dates": _dates},
    "blame": {"blame_articles": _blame},
}
READ = {
    "blame": (
        readings.SURE,
        readings.DENIED,
        readings.OWN,
        readings.ANSWERED,
        readings.LEFT_OUT,
    )
}
