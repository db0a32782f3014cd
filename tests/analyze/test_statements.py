"""The same statement in several articles: pairs, diffs, duplicates, coverage."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import sentences_of
from sayso.analyze.statements.align import align_statements
from sayso.analyze.statements.coverage import count_statuses, cover
from sayso.analyze.statements.diffs import steps_between
from sayso.analyze.statements.duplicates import find_duplicates, first_of_families
from sayso.analyze.statements.similarity import Features, same_speaker, speaker_similarity
from sayso.reading import build_article
from sayso.tables.columns import columns, frame, schema
from sayso.tables.compared import Coverage, DuplicatePair, StatementPair
from sayso.tables.extracted import ArticleRow, Quote

PITY = "It is a pity for every baker and grocer along the quay"
BRIDGE = "The old bridge will be closed to lorries until the cracked pillars are repaired"
COUNCIL = "We never promised the traders of the harbour a second ferry before the winter"


def quote(article_id: str, text: str, content: str, **values) -> Quote:
    """A direct quote whose words stand once in a text."""
    start = text.index(content)
    made = dict.fromkeys(columns(Quote)) | {
        "quote_id": f"{article_id}-q{start}",
        "article_id": article_id,
        "kind": "direct",
        "content": content,
        "content_spans": ((start, start + len(content)),),
        "cue": "said",
        "cue_stance": "neutral",
        "speaker": "Ann Reed",
        "speaker_kind": "person",
        "negated": False,
        "in_headline": False,
        "confidence": 1.0,
        "start": start,
        "end": start + len(content),
    }
    made |= values
    speakers = (made["speaker"],) if made["speaker"] else ()
    return Quote(**made | {"speakers": speakers})


def corpus(texts: dict[str, str], quoted: dict[str, list], days: dict[str, str] | None = None):
    """Quotes, sentences, articles; ``quoted`` has each article's contents, or (content, values)."""
    table = frame(ArticleRow, [build_article(t, article_id=i).row() for i, t in texts.items()])
    days = days or {}
    dates = pd.to_datetime(table["article_id"].map(days)).astype("datetime64[s]")
    table = table.assign(
        language="en",
        outlet="Outlet " + table["article_id"].str.upper(),
        published=dates,
        published_precision=pd.Series("day", index=table.index).where(dates.notna()),
    )
    rows = []
    for article_id, contents in quoted.items():
        for item in contents:
            content, values = item if isinstance(item, tuple) else (item, {})
            rows.append(quote(article_id, texts[article_id], content, **values))
    return frame(Quote, rows), sentences_of(table), table


TEXTS = {
    "a": f"Bridge shut\n\nThe port is busy. “{BRIDGE},” Ann Reed said on Monday.\n\nRain is due.",
    "b": f"No lorries\n\n“{BRIDGE}. {PITY},” the town’s engineer told a radio station.",
    "c": "Repairs\n\nThe old bridge will stay closed to lorries until its cracked pillars are "
    "repaired, and shops near the quay fear for their trade.",
    "d": f"Ferry row\n\n“{COUNCIL},” Ann Reed said. Nobody from the chamber of trade came.",
}
QUOTED = {
    "a": [BRIDGE],
    "b": [(f"{BRIDGE}. {PITY}", {"speaker": "town’s engineer", "cue": "told"})],
    "d": [COUNCIL],
}
DAYS = {"a": "2020-03-02", "b": "2020-03-03", "c": "2020-03-02", "d": "2020-03-02"}


@pytest.fixture(scope="module")
def tables():
    return corpus(TEXTS, QUOTED, DAYS)


@pytest.fixture(scope="module")
def pairs(tables):
    return align_statements(*tables)


def test_pairs_keep_to_the_table(pairs):
    schema(StatementPair).validate(pairs)


def test_the_same_words_are_found_under_two_speakers(pairs):
    row = pairs[pairs["voice_b"] == "quote"].iloc[0]
    assert (row.article_id_a, row.article_id_b) == ("a", "b")
    assert (row.relation, row.extent, row.similarity) == ("verbatim", "a_shorter", 1.0)
    assert (row.speaker_a, row.speaker_b) == ("Ann Reed", "town’s engineer")
    assert (row.cue_a, row.cue_b) == ("said", "told")
    assert (row.event, row.days_apart) == ("one", 1)


def test_a_quote_is_found_again_in_narration(pairs):
    told = pairs[pairs["article_id_b"] == "c"]
    assert set(told["article_id_a"]) == {"a", "b"}
    assert set(told["voice_b"]) == {"narration"}
    assert told[["quote_id_b", "speaker_b", "cue_b", "via_b", "stance_b"]].isna().all(axis=None)


def test_other_statements_are_left_alone(pairs):
    assert "d" not in {*pairs["article_id_a"], *pairs["article_id_b"]}


def test_spans_and_steps_lead_to_the_words(pairs):
    for row in pairs.itertuples():
        for side in "ab":
            text = TEXTS[getattr(row, f"article_id_{side}")]
            spans = getattr(row, f"spans_{side}")
            steps = getattr(row, f"wording_spans_{side}")
            shared = "".join(text[a:b] for a, b in spans)
            stepped = "".join(text[a:b] for a, b in steps)
            letters = [[c for c in words if c.isalnum()] for words in (shared, stepped)]
            assert letters[0] == letters[1]
        for kind, a, b in zip(row.wording, row.wording_spans_a, row.wording_spans_b, strict=True):
            ours = TEXTS[row.article_id_a][slice(*a)]
            theirs = TEXTS[row.article_id_b][slice(*b)]
            assert (ours.casefold() == theirs.casefold()) == (kind == "equal")


def test_the_order_of_rows_does_not_matter(tables, pairs):
    turned = [table.iloc[::-1].reset_index(drop=True) for table in tables]
    pd.testing.assert_frame_equal(align_statements(*turned), pairs)


def test_narration_can_be_left_out(tables):
    found = align_statements(*tables, narration=False)
    assert list(found["article_id_b"]) == ["b"]


def test_a_line_used_again_months_later_is_told_apart():
    later = corpus(TEXTS, QUOTED, {"a": "2020-03-02", "b": "2020-09-01"})
    row = align_statements(*later, narration=False).iloc[0]
    assert (row.event, row.days_apart) == ("again", 183)
    undated = align_statements(*corpus(TEXTS, QUOTED), narration=False).iloc[0]
    assert undated.event == "unknown" and pd.isna(undated.days_apart)


def test_a_month_is_too_wide_to_tell_one_event():
    quotes, sentences, articles = corpus(TEXTS, QUOTED, DAYS)
    articles["published_precision"] = "month"
    assert align_statements(quotes, sentences, articles, narration=False)["event"].tolist() == [
        "unknown"
    ]


def test_a_denial_is_not_the_statement():
    denied = COUNCIL.replace("never promised", "have promised")
    texts = {"a": f"A\n\n“{COUNCIL},” she said.", "b": f"B\n\n“{denied},” he said."}
    quoted = {"a": [(COUNCIL, {"speaker": "Ann Reed"})], "b": [(denied, {"speaker": "Bo Lind"})]}
    found = align_statements(*corpus(texts, quoted))
    same = {"a": texts["a"], "b": texts["a"]}
    sure = align_statements(*corpus(same, {"a": quoted["a"], "b": quoted["a"]}))
    assert len(sure) == 1
    assert found.empty


@pytest.mark.parametrize("number", [0, 1])
def test_little_gives_empty_tables_with_all_columns(tables, number):
    quotes, articles = tables[0].head(0), tables[2].head(number)
    found = align_statements(quotes, sentences_of(articles), articles)
    assert found.empty and list(found) == columns(StatementPair)
    assert list(find_duplicates(articles)) == columns(DuplicatePair)
    assert list(cover(found, quotes, articles)) == columns(Coverage)


def test_articles_in_other_languages_have_nothing_to_compare(tables):
    quotes, sentences, articles = tables
    assert align_statements(quotes.head(0), sentences.head(0), articles).empty


LONG = " ".join(
    f"On day {n} the {noun} of the harbour moved {n + 3} crates past the {n + 7}th lamp."
    for n, noun in enumerate(("crane", "clerk", "barge", "warden", "pilot", "mule", "gang"))
)


def test_copies_are_found_and_set_aside():
    texts = {
        "a": f"Wire\n\n{LONG}\n\n“{BRIDGE},” she said.",
        "b": f"Reprint\n\n{LONG}\n\n“{BRIDGE},” she said.",
        "c": f"Longer\n\n{LONG}\n\n“{BRIDGE},” she said.\n\n" + " ".join(reversed(LONG.split())),
        "d": f"Own\n\nQuite another text about weather, dogs and tea.\n\n“{BRIDGE},” she said.",
    }
    quotes, sentences, articles = corpus(texts, {name: [BRIDGE] for name in texts})
    found = find_duplicates(articles)
    schema(DuplicatePair).validate(found)
    told = {(r.article_id_a, r.article_id_b): r.relation for r in found.itertuples()}
    assert told == {("a", "b"): "copy", ("a", "c"): "a_in_b", ("b", "c"): "a_in_b"}
    assert set(found["family"]) == {"a"}
    assert len(align_statements(quotes, sentences, articles, narration=False)) == 6
    apart = align_statements(quotes, sentences, articles, narration=False, duplicates=False)
    assert [*apart["article_id_a"], *apart["article_id_b"]] == ["a", "d"]


def test_a_share_must_be_one(tables):
    with pytest.raises(ValueError, match="least"):
        find_duplicates(tables[2], least=0)


def test_coverage_tells_who_carried_and_who_dropped():
    texts = TEXTS | {"b": TEXTS["b"] + f" “{COUNCIL},” he said.", "e": TEXTS["d"] + " It snows."}
    quoted = QUOTED | {"b": [*QUOTED["b"], COUNCIL], "e": [COUNCIL]}
    tables = corpus(texts, quoted, DAYS | {"e": "2020-03-04"})
    found = cover(align_statements(*tables), tables[0], tables[2])
    schema(Coverage).validate(found)
    table = found.pivot(index="statement", columns="outlet", values="status")
    bridge = table.loc[f"{BRIDGE}. {PITY}"]
    assert (bridge["Outlet A"], bridge["Outlet B"]) == ("shortened", "carried")
    assert bridge["Outlet C"] == "own_voice"
    assert bridge["Outlet D"] == bridge["Outlet E"] == "dropped"
    council = table.loc[COUNCIL]
    assert list(council[["Outlet B", "Outlet D", "Outlet E"]]) == ["carried"] * 3
    assert list(council[["Outlet A", "Outlet C"]]) == ["dropped"] * 2
    counts = count_statuses(found).set_index(["outlet", "status"])
    assert counts["n_statements"].sum() == len(found) and (counts["n_statements"] > 0).all()
    assert counts.loc[("Outlet B", "carried")].tolist() == [2, 1.0]
    assert list(counts.loc["Outlet A"].index) == ["shortened", "dropped"]
    assert counts.loc["Outlet A", "share"].tolist() == [0.5, 0.5]
    assert count_statuses(found.iloc[:0]).empty


def test_coverage_leaves_out_articles_without_an_outlet(tables, pairs):
    quotes, _, articles = tables
    nobody = articles.assign(outlet=None)
    assert cover(pairs, quotes, nobody).empty
    some = articles.assign(outlet=articles["outlet"].where(articles["article_id"] != "b"))
    found = cover(pairs, quotes, some)
    assert set(found["outlet"]) == {"Outlet A", "Outlet C"} and (found["n_outlets"] == 2).all()


def speech(speaker, kind="person", affiliation=None, **values):
    known = {"via": None, "cue": "said", "cue_stance": "neutral"} | values
    known |= {"speakers": (speaker,) if speaker else (), "affiliation": affiliation} | values
    return pd.Series({"speaker": speaker, "speaker_kind": kind} | known)


def test_speakers_are_the_same_by_name_only_where_they_can_be():
    assert same_speaker(speech("Ann Reed"), speech("A. Reed"))
    assert same_speaker(speech("Reed"), speech("Ann Reed"))
    assert not same_speaker(speech("Bo Reed"), speech("Ann Reed"))
    assert not same_speaker(
        speech("Trade Office", "organisation"), speech("Justice Office", "organisation")
    )
    assert not same_speaker(speech(None), speech(None))
    both = speech("Ann Reed and Bo Lind", speakers=("Ann Reed", "Bo Lind"))
    assert same_speaker(both, speech("Lind")) and not same_speaker(both, speech("Cy Reed"))


def test_who_speaks_for_another_is_near_to_them():
    office = speech("Harbour Office", "organisation")
    clerk = speech("Ann Reed", affiliation="Harbour Office")
    other = speech("Bo Lind", affiliation="Harbour Office")
    assert speaker_similarity(clerk, clerk) == 1
    assert speaker_similarity(office, clerk) == 0.5
    assert speaker_similarity(clerk, other) == 0


def test_features_weigh_the_same_for_one_pair_and_for_many():
    covers = np.array([[0.9, 0.4], [0.2, 0.3], [1.0, 1.0]])
    rows = (covers, np.array([2.0, 0.5, 4.0]), np.array([9, 6, 20]), np.array([0.6, 0.1, 0.9]))
    many = Features(*rows, np.array([1.0, 0.0, 0.5])).log_odds()
    ones = [Features(*(column[n] for column in rows), (1.0, 0.0, 0.5)[n]) for n in range(3)]
    assert [one.log_odds() for one in ones] == pytest.approx(many)
    # By hand: the weights of data/similarity.toml times agreement, cover, info, length, meaning.
    agreement = 2 * 0.2 * 0.3 / 0.5
    hand = -15.2 + 4.2 * agreement + 4.7 * 0.3 + 1.55 * np.log(0.6) + 1.7 * np.log(6) + 5 * 0.1
    assert many[1] == pytest.approx(hand)
    assert ones[0].probability() == pytest.approx(1 / (1 + np.exp(-many[0])))


@pytest.mark.parametrize(
    ("sign", "more"),
    [(1, {"run": 4}), (1, {"marked": 1.0}), (-1, {"negated": True}), (-1, {"broken": True})],
)
def test_a_closer_look_speaks_for_or_against(sign, more):
    known = (np.array([0.7, 0.6]), 2.0, 9, 0.5, 1.0)
    assert sign * Features(*known, **more).log_odds() > sign * Features(*known).log_odds()


@given(st.lists(st.integers(0, 4), max_size=12), st.lists(st.integers(0, 4), max_size=12))
def test_steps_lead_from_one_sequence_to_the_other(ours, theirs):
    steps = steps_between(ours, theirs)
    assert [n for step in steps for n in ours[slice(*step.a)]] == ours
    assert [n for step in steps for n in theirs[slice(*step.b)]] == theirs
    for step in steps:
        same = ours[slice(*step.a)] == theirs[slice(*step.b)]
        assert same == (step.kind == "equal")


def test_families_hang_together():
    firsts = first_of_families(np.array([[1, 3], [3, 4], [0, 2]]), 6)
    assert firsts.tolist() == [0, 1, 0, 1, 1, 5]
