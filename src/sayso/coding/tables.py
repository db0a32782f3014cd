"""What coders say as the tables that were found: of the coded articles, as coders have them.

So whatever is counted in the one is counted in the other. What coders are not asked, a row has from
the one that was found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from sayso.analyze.blame import ties
from sayso.analyze.framing import shares
from sayso.coding.codings import Codings
from sayso.coding.items import Item, items, layer, matched, suggested, words_of

Tables = Mapping[str, pd.DataFrame]


def plain(names: pd.Series) -> pd.Series:
    """Return names without what does not tell them apart: case, blanks, an article before them."""
    if names.dtype.kind in "biuf":
        return names
    words = names.astype("object").where(names.notna(), "").str.casefold().str.split().str.join(" ")
    return words.str.replace(r"^(?:the|a|an) ", "", regex=True)


def coded_quotes(codings: Codings, tables: Tables) -> pd.DataFrame:
    """Return the settled codings as a quotes table, of the coded articles alone.

    A quote that was missed is said, and by somebody of whom nothing more is known. Places of cue
    and speaker are those found.
    """
    return _coded(codings, "quotes", tables["quotes"], _quote)


def coded_blames(codings: Codings, tables: Tables) -> pd.DataFrame:
    """Return the settled codings as a table of blame, of the coded articles alone.

    A tie that was missed tells no issue. It stands in a quote if its sentence shares words with one
    that was found.
    """
    quotes = tables.get("quotes", pd.DataFrame(columns=["article_id", "start", "end"]))
    places = {
        name: list(zip(own["start"], own["end"], own["quote_id"], strict=True))
        for name, own in quotes.groupby("article_id")
    }

    def tie(name: str, text: str, one: Item, known: dict | None) -> dict:
        return _tie(name, one, known, places.get(name, []))

    return _coded(codings, "blames", tables["blames"], tie)


def _coded(codings: Codings, kind: str, rows: pd.DataFrame, build: Callable) -> pd.DataFrame:
    """Return a row for each settled item of a layer, made of the row found that it is like."""
    found, made = dict(list(rows.groupby("article_id"))), []
    for name, settled in codings.settled.items():
        text, own = codings.texts[name], found.get(name, rows.iloc[:0])
        wanted = [one for one in settled if layer(one) == kind]
        known = own.to_dict("records")
        seen = items(text, suggested({kind: own}))
        pairs = {j: known[i] for i, j in matched(text, seen, wanted)}
        made += [build(name, text, one, pairs.get(n)) for n, one in enumerate(wanted)]
    return pd.DataFrame(made, columns=rows.columns).astype(rows.dtypes.to_dict())


def _quote(name: str, text: str, one: Item, known: dict | None) -> dict:
    start, end = one.spans[0][0], one.spans[-1][1]
    if known is None:
        known = {"quote_id": f"{name}-q{start}", "article_id": name, "start": start, "end": end}
        known |= {"act": "says", "speakers": [], "negated": False, "in_headline": False}
        known |= {"confidence": 1.0, "speaker": None}
    same = known["speaker"] == one.speaker
    return (
        known
        | {"kind": one.kind, "cue_stance": one.stance or None, "speaker": one.speaker or None}
        | {"content": words_of(text, one.spans), "content_spans": [list(s) for s in one.spans]}
        | {"speakers": known["speakers"] if same else [one.speaker] if one.speaker else []}
    )


def _tie(name: str, one: Item, known: dict | None, places: list) -> dict:
    (start, end), other = one.spans[0], ""
    if known is None:
        voices = [quote_id for a, b, quote_id in places if a < end and start < b]
        known = {"blame_id": f"{name}-b{start}-{one.target}-{one.speaker}", "article_id": name}
        known |= {"start": start, "end": end, "direction": "other", "confidence": 1.0, "cue": ""}
        known |= {
            "voice": next(iter(voices), "outlet"),
            "blamer": None,
            "sentence_span": (start, end),
        }
        other = "unnamed"
    row = known | {"stance": one.stance or known.get("stance", "assert")}
    if other or (row["blamer"] if pd.notna(row["blamer"]) else "") != one.speaker:
        row |= {"blamer": one.speaker or None, "agentless": not one.speaker}
        row |= {"blamer_kind": "named" if one.speaker else "unnamed"}
    return row | {"target": one.target or None, "target_mention": one.target}


def coded_frames(codings: Codings, tables: Tables) -> pd.DataFrame:
    """Return the units of the coded articles with the frames that coders gave them.

    A coder's frame goes to the unit that shares most with its words, of the voice that the coder
    names if one has it. Headlines that stand in a column only were not shown: they stay as found.
    """
    framing = tables["frames"]
    own = framing[framing["article_id"].isin(codings.texts)].copy()
    shown = (own["unit"] != "quote") & (own["where"] == "text")
    own.loc[shown, "present"] = False
    units = dict(list(own[shown].groupby(["article_id", "frame"])))
    for name, settled in codings.settled.items():
        for one in (one for one in settled if layer(one) == "frames"):
            rows = units.get((name, one.target))
            if rows is None:
                continue
            (start, end), voice = one.spans[0], rows["voice"].astype("object").fillna("")
            shared = rows["end"].clip(upper=end) - rows["start"].clip(lower=start)
            theirs = (rows["voice_kind"] == "outlet") if not one.speaker else voice == one.speaker
            best = (shared + theirs / 2).idxmax()
            if shared[best] > 0:
                own.loc[best, "present"] = True
    return own


def views(tables: Tables, articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return tables with the names that notebooks show, and those that are made of them.

    quotes: ``stance`` ('no cue' if none); said: a row a quote and who says it (``source``); blames:
    blamer and voice in words; voices, headlines and whole: frames by speaker, of headlines against
    bodies, and of articles.
    """
    made = dict(tables)
    if "quotes" in tables:
        quotes = tables["quotes"]
        stance = quotes["cue_stance"].astype("object").fillna("no cue")
        made["quotes"] = quotes.assign(stance=stance)
        made["said"] = quotes.explode("speakers").dropna(subset="speakers")
        made["said"] = made["said"].assign(source=made["said"]["speakers"])
    if "blames" in tables:
        own = tables["blames"]
        made["blames"] = own.assign(blamer=ties.label(own), voice=ties.told(own))
    if "frames" in tables:
        framing = tables["frames"]
        made["whole"] = shares.article_frames(framing)
        made["headlines"] = shares.headline_against_body(framing, articles)
        if "quotes" in tables:
            made["voices"] = shares.each_voice(framing, tables["quotes"])
    return made


CODED = {"quotes": coded_quotes, "blames": coded_blames, "frames": coded_frames}
"""How the table of each layer is made."""
