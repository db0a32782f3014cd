"""What came back from coders: read, found again in the texts, and settled where they differ."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

import pandas as pd

from sayso.coding import design as designs
from sayso.coding import sheet
from sayso.coding.formats import read_document
from sayso.coding.items import (
    DETAILS,
    KINDS,
    Document,
    Item,
    anchor_pieces,
    carried,
    details,
    item,
    items,
    matched,
    same_words,
    words_of,
)
from sayso.coding.page import FORMAT
from sayso.paths import data_path

SETTLED = "settled"
OPEN = "nobody knows how these articles were drawn, so they stand for no others"
RULE = (
    "where coders differ, the folder 'settled' counts if it has the article, else the coder whose "
    "turn it is (column 'lead' of the design), else the first by name who coded it"
)
UNDONE = "not marked as done"
# Files that lie in a coder's folder and hold no codings of their own.
OTHERS = {".html", ".htm", ".txt", ".conf", ".xml", ".md", ".pdf"}


@dataclass(frozen=True)
class Codings:
    """Codings of some articles of a corpus.

    ``design`` is the draw (null of a convenience sample; ``why_not`` says so), ``texts`` the coded
    articles, ``coded`` the items by article and coder, ``verdicts`` how many of each there are,
    ``problems`` what was not taken and why: file, article_id, problem.
    """

    design: pd.DataFrame | None
    texts: Mapping[str, str]
    coded: Mapping[tuple[str, str], list[Item]]
    problems: pd.DataFrame
    why_not: str = ""
    turns: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> dict[str, str]:
        """What coders were asked: some of :data:`sayso.coding.items.LAYERS`, frames by codebook."""
        words = ["quotes"] if self.design is None else self.design["asked"].iloc[0].split(";")
        return {name: book for name, _, book in (word.partition(":") for word in words)}

    @property
    def coders(self) -> list[str]:
        """Who coded anything, by name; 'settled' is nobody."""
        return sorted({coder for _, coder in self.coded} - {SETTLED})

    @property
    def settled(self) -> dict[str, list[Item]]:
        """The items that count, by article (see ``RULE``)."""
        return {name: self.coded[name, self._counts(name)] for name in sorted(self.texts)}

    def _counts(self, article_id: str) -> str:
        own = sorted(coder for name, coder in self.coded if name == article_id)
        wanted = (SETTLED, self.turns.get(article_id, ""))
        return next((coder for coder in wanted if coder in own), own[0])

    def only(self, names: Collection[str]) -> Codings:
        """Return the codings of some articles."""
        coded = {key: own for key, own in self.coded.items() if key[0] in names}
        return replace(self, texts={n: t for n, t in self.texts.items() if n in names}, coded=coded)

    def conflicts(self) -> pd.DataFrame:
        """Return where two coders differ: article_id, words, what, coder, value, other, its value.

        ``what`` is 'quote' (only one of them marked it), or kind, speaker, stance; ``counts`` is
        whose coding is taken.
        """
        rows = []
        for name in sorted(self.texts):
            for one, other in combinations([c for c in self.coders if (name, c) in self.coded], 2):
                for row in _differences(
                    self.texts[name], self.coded[name, one], self.coded[name, other]
                ):
                    words, what, *values = row
                    rows.append(
                        (name, words, what, one, values[0], other, values[1], self._counts(name))
                    )
        columns = ["article_id", "words", "what", "coder", "value", "other", "its_value", "counts"]
        return pd.DataFrame(rows, columns=columns)


def _differences(text: str, one: list[Item], other: list[Item]) -> Iterator[tuple[str, ...]]:
    pairs = matched(text, one, other)
    for i, j in pairs:
        for what in DETAILS:
            values = getattr(one[i], what), getattr(other[j], what)
            if values[0] != values[1]:
                yield (words_of(text, one[i].spans), what, *values)
    lone = [(q, 0) for i, q in enumerate(one) if i not in {i for i, _ in pairs}]
    lone += [(q, 1) for j, q in enumerate(other) if j not in {j for _, j in pairs}]
    for q, whose in lone:
        yield (words_of(text, q.spans), "quote", *(("marked", "not marked")[:: 1 - 2 * whose]))


def read(folder: str | Path, articles: pd.DataFrame) -> Codings:
    """Read a folder of codings: a folder a coder in it, with files of any kind that sayso knows.

    Raises
    ------
    FileNotFoundError
        If there is no such folder, or no folder of a coder in it.
    ValueError
        If the design or a file is of other texts than these articles (told by their digests), or
        holds what it cannot. What is half filled is no error, but a row of ``problems``.
    """
    folder = Path(folder)
    folders = [p for p in sorted(folder.glob("*")) if p.is_dir() and p.name != designs.TOOLS]
    if not folders:
        raise FileNotFoundError(f"{folder} is no folder of codings: no coder has a folder in it")
    whole = articles.set_index("article_id")
    design, problems = None, []
    why_not = f"there is no {designs.DESIGN}: {OPEN}"
    if (folder / designs.DESIGN).is_file():
        design, why_not = designs.load(folder), ""
        problems += _check_design(design, whole["sha256"])
    coded = _read_files(folders, whole, problems)
    turns = {}
    if design is not None:
        turns = dict(zip(design["article_id"], design["lead"], strict=True))
        drawn = set(design.loc[design["drawn"], "article_id"])
        for name, coder in sorted(key for key in coded if key[0] not in drawn):
            problems.append((coder, name, "coded, and not drawn: it is left out"))
            del coded[name, coder]
    own = {name: whole.at[name, "text"] for name in sorted({name for name, _ in coded})}
    table = pd.DataFrame(problems, columns=["file", "article_id", "problem"])
    return Codings(design, own, coded, table, why_not, turns)


def _read_files(
    folders: list[Path], articles: pd.DataFrame, problems: list[tuple]
) -> dict[tuple[str, str], list[Item]]:
    """Return the items of each article and coder; what is not taken is added to ``problems``."""
    coded: dict[tuple[str, str], list[Item]] = {}
    left: dict[tuple[str, str, str], str] = {}
    for path in (path for own in folders for path in sorted(own.iterdir())):
        if path.name[0] in ".~" or path.suffix.casefold() in OTHERS:
            continue
        coder, file = path.parent.name, f"{path.parent.name}/{path.name}"
        there = list(_read_file(path, articles))
        if not there:
            problems.append((file, "", "nothing in it is a coding that is finished"))
        for name, found, problem in there:
            if problem:
                left.setdefault((name, coder, problem), file)
            elif coded.setdefault((name, coder), found) != found:
                raise ValueError(f"{coder} has two files for '{name}' that differ: keep one")
    # Of the page and the sheets of an article only one is filled in.
    kept = {key: file for key, file in left.items() if key[:2] not in coded or key[2] != UNDONE}
    problems += [(file, name, problem) for (name, _, problem), file in kept.items()]
    return coded


def _check_design(design: pd.DataFrame, digests: pd.Series) -> list[tuple[str, str, str]]:
    """Return what a design leaves out; raise ValueError if it is of another corpus."""
    there = design["article_id"].map(digests)
    gone = design.loc[there.isna() | (there != design["sha256"]), "article_id"]
    if len(gone):
        some = ", ".join(gone.head(3))
        raise ValueError(
            f"{designs.DESIGN} is of another corpus: {len(gone):,} of its {len(design):,} articles "
            f"are not among these, or their texts differ ({some}); draw anew with 'sayso sample'"
        )
    new = len(digests) - len(design)
    return [(designs.DESIGN, "", f"{new:,} articles came after the draw: left out")] if new else []


def _read_file(path: Path, articles: pd.DataFrame) -> Iterator[tuple]:
    """Yield each article of a file: article_id, its items, and why it is not coded ('')."""
    ending = path.suffix.casefold()
    data = _json(path) if ending == ".json" else None
    if ending in (".csv", ".xlsx") or isinstance(data, dict):
        rows = sheet.read(path) if data is None else _rows_of(path, data)
        for name, own in _by_article(path, rows):
            yield _read_rows(path, name, own, articles)
        return
    for there in read_document(path):
        name = _whose(path, there, articles["text"])
        text = articles.at[name, "text"]
        try:
            found = [
                item(text, carried(text, there.text, q.spans), *details(q)) for q in there.items
            ]
            if odd := [one.kind for one in found if one.kind not in KINDS]:
                raise ValueError(f"the label '{odd[0]}' is none of {', '.join(KINDS)}")
        except ValueError as error:
            raise ValueError(f"{path.name}, article '{name}': {error}") from None
        yield name, found, ""


def _json(path: Path):
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise ValueError(f"{path.name} is not whole JSON: {error}; export it again") from None


def _rows_of(path: Path, data: dict) -> list[sheet.Row]:
    """Return what a page exported as the rows of a sheet."""
    try:
        if data.get("format") != FORMAT:
            raise ValueError(f"its format is not '{FORMAT}'")
        whole = {"article_id": data["article_id"], "sha256": data["sha256"]}
        whole["done"] = "yes" if data["done"] is True else ""
        rows = [dict.fromkeys(sheet.COLUMNS, "") | whole]
        for row in data["rows"]:
            spans = ";".join(f"{start}-{end}" for start, end in row["spans"])
            own = row | {"spans": spans, "article_id": data["article_id"], "sha256": ""}
            rows.append(sheet.checked(dict.fromkeys(sheet.COLUMNS, "") | own))
    except (KeyError, TypeError, ValueError) as error:
        told = f"no '{error.args[0]}'" if isinstance(error, KeyError) else error
        raise ValueError(f"{path.name} is no whole export of a coding page: {told}") from None
    return rows


def _whose(path: Path, there: Document, texts: pd.Series) -> str:
    """Return which article a tool's document is: by the id it carries, else by its text."""
    if there.article_id in texts.index:
        return there.article_id
    fitting = [name for name, text in texts.items() if same_words(text, there.text)]
    if not fitting:
        raise ValueError(
            f"{path.name}: its text '{there.text[:40]}' is of no article of the corpus"
        )
    return fitting[0]


def _by_article(path: Path, rows: list[sheet.Row]) -> Iterator[tuple[str, list[sheet.Row]]]:
    """Yield the rows of each article of a file: some paste all their sheets into one."""
    names = list(dict.fromkeys(row["article_id"] for row in rows if row["article_id"]))
    for name in names:
        alone = {name, ""} if len(names) == 1 else {name}
        yield name, [row for row in rows if row["article_id"] in alone]
    if not names:
        raise ValueError(f"{path.name} has no rows of an article")


def _read_rows(path: Path, name: str, rows: list[sheet.Row], articles: pd.DataFrame) -> tuple:
    """Return an article's id, its items, and why it does not count as coded ('')."""
    whole = next((row for row in rows if row["sha256"] and not row["quote_id"]), None)
    if whole is None:
        raise ValueError(f"{path.name}: the row with the digest of '{name}', its first, is missing")
    own = articles.index[articles["sha256"] == whole["sha256"]]
    if name not in own:  # sheets may change the white space of a cell
        name = next((one for one in own if one.split() == name.split()), name)
    if name not in own:
        raise ValueError(
            f"{path.name} is of another corpus, or the text of '{name}' was changed since it was "
            "drawn: the digests differ"
        )
    if not any(row["done"] for row in rows):
        return name, [], UNDONE
    marks = [row for row in rows if row is not whole]
    marks = [row for row in marks if row["quote_id"] or row["words"] or row["verdict"]]
    if undecided := sum(not row["verdict"] for row in marks):
        return name, [], f"marked as done, but {undecided} rows are not decided"
    suggested = {row["quote_id"] for row in marks} - {""}
    gone = int(whole["spans"] or 0) - len(suggested) if whole["spans"].isdecimal() else 0
    if gone > 0:
        return name, [], f"{gone} rows were taken out: mark what is no quote as wrong"
    if len(suggested) < sum(bool(row["quote_id"]) for row in marks):
        return name, [], "a quote has two rows: keep one"
    kept = [row for row in marks if row["verdict"] != "wrong"]
    found = [_read_row(path, row, articles.at[name, "text"]) for row in kept]
    return name, list(dict.fromkeys(found)), ""


def _read_row(path: Path, row: sheet.Row, text: str) -> Item:
    """Return the item of a row; its words decide where they stand and offsets only help."""
    pieces = [piece.split("-") for piece in row["spans"].split(";") if piece]
    try:
        spans = [(int(start), int(end)) for start, end in pieces]
    except ValueError:
        spans = []
    if not row["words"].strip():
        raise ValueError(f"{path.name}: a row marked as {row['verdict']} has no words")
    if not spans or not same_words(words_of(text, spans), row["words"]):
        spans = anchor_pieces(text, row["words"], spans[0][0] if spans else 0)
    if spans is None:
        words = " ".join(row["words"].split())[:60]
        raise ValueError(f"{path.name}: the words '{words}' are not in the article: copy them")
    return item(text, spans, row["kind"] or "indirect", *(row[name] for name in DETAILS[1:]))


def found_items(codings: Codings, found: pd.DataFrame) -> dict[str, list[Item]]:
    """Return what was found in the coded articles, as items (rows of ``suggested``)."""
    own = dict(list(found.groupby("article_id")))
    return {
        name: items(text, own[name]) if name in own else [] for name, text in codings.texts.items()
    }


def example_or(folder: str | Path, articles: pd.DataFrame) -> Codings:
    """Return the codings of a folder; of '' those of the seeds, if these are the articles.

    Of other articles, '' has no codings, and ``why_not`` says what to do. Raises what :func:`read`
    does for a folder.
    """
    if str(folder):
        return read(folder, articles)
    example = data_path("codings")
    design = designs.load(example)
    if set(design["sha256"]) == set(articles["sha256"]):
        return read(example, articles)
    problems = pd.DataFrame([], columns=["file", "article_id", "problem"])
    return Codings(None, {}, {}, problems, "nothing is coded yet: 'sayso sample' draws articles")
