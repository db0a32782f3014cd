"""The same statement in several articles: pairs, diffs, duplicates, coverage."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import sentences_of
from sayso.analyze.statements.align import align_statements
from sayso.analyze.statements.attribution import attribution, same_speaker, speaker_similarity
from sayso.analyze.statements.coverage import count_statuses, cover
from sayso.analyze.statements.diffs import steps_between
from sayso.analyze.statements.duplicates import (
    find_duplicates,
    first_of_families,
    shared_paragraphs,
)
from sayso.analyze.statements.similarity import Features
from sayso.corpus import Corpus
from sayso.reading import build_article
from sayso.tables.columns import columns, frame, schema
from sayso.tables.compared import Coverage, DuplicatePair, SharedParagraph, StatementPair
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


def news(quotes=None, sentences=None, articles=None) -> Corpus:
    tables = {"quotes": quotes, "sentences": sentences, "articles": articles}
    return Corpus({name: table for name, table in tables.items() if table is not None})


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
ONE = pd.Series("bridge", index=list("abcdefgh"))
TWO = ONE.where(ONE.index < "b", "ferry")
DAYS = {"a": "2020-03-02", "b": "2020-03-03", "c": "2020-03-02", "d": "2020-03-02"}


@pytest.fixture(scope="module")
def tables():
    return corpus(TEXTS, QUOTED, DAYS)


@pytest.fixture(scope="module")
def pairs(tables):
    return align_statements(news(*tables), ONE)


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
    pd.testing.assert_frame_equal(align_statements(news(*turned), ONE), pairs)


def test_narration_can_be_left_out(tables):
    found = align_statements(news(*tables), ONE, narration=False)
    assert list(found["article_id_b"]) == ["b"]


def test_a_line_used_again_at_another_event_is_told_apart():
    dates = {"a": "2020-03-02", "b": "2020-09-01"}
    row = align_statements(news(*corpus(TEXTS, QUOTED, dates)), TWO, narration=False).iloc[0]
    assert (row.event, row.days_apart, row.relation) == ("again", 183, "verbatim")
    undated = align_statements(news(*corpus(TEXTS, QUOTED)), ONE, narration=False).iloc[0]
    assert undated.event == "one" and pd.isna(undated.days_apart)


WIDE = "We will close the old stone bridge to heavy lorries until its cracked pillars are repaired"
NARROW = "no heavy lorry may use the old bridge of stone before repairs to cracked pillars are done"


def test_what_is_said_otherwise_is_looked_for_within_an_event_only():
    texts = {
        "a": f"A\n\n“{WIDE},” Ann Reed said.\n\nThe port is busy, and rain is due.",
        "b": f"B\n\nAnn Reed said {NARROW}.\n\nNobody came. Trains are late again.",
    }
    tables = corpus(texts, {"a": [WIDE], "b": [(NARROW, {"kind": "indirect"})]}, DAYS)
    assert align_statements(news(*tables), ONE)["relation"].tolist() == ["paraphrase"]
    assert align_statements(news(*tables), TWO).empty


def test_each_side_tells_how_much_of_it_is_verbatim(pairs):
    row = pairs[pairs["voice_b"] == "quote"].iloc[0]
    assert row.verbatim_a == 1 and 0.5 < row.verbatim_b < 0.75
    assert (pairs.loc[pairs["relation"] == "near", "verbatim_b"] < 0.9).all()


def test_a_pair_with_narration_is_sure_only_if_nearly_certain(pairs):
    told = pairs[pairs["voice_b"] == "narration"]
    assert (told["sure"] == (told["probability"] >= 0.95)).all()


def test_a_denial_is_not_the_statement():
    denied = COUNCIL.replace("never promised", "have promised")
    texts = {"a": f"A\n\n“{COUNCIL},” she said.", "b": f"B\n\n“{denied},” he said."}
    quoted = {"a": [(COUNCIL, {"speaker": "Ann Reed"})], "b": [(denied, {"speaker": "Bo Lind"})]}
    found = align_statements(news(*corpus(texts, quoted)), ONE)
    same = {"a": texts["a"], "b": texts["a"]}
    sure = align_statements(news(*corpus(same, {"a": quoted["a"], "b": quoted["a"]})), ONE)
    assert len(sure) == 1
    assert found.empty


@pytest.mark.parametrize("number", [0, 1])
def test_little_gives_empty_tables_with_all_columns(tables, number):
    quotes, articles = tables[0].head(0), tables[2].head(number)
    found = align_statements(news(quotes, sentences_of(articles), articles), ONE)
    assert found.empty and list(found) == columns(StatementPair)
    assert list(find_duplicates(news(articles=articles))) == columns(DuplicatePair)
    assert list(cover(found, news(quotes, articles=articles), ONE)) == columns(Coverage)


def test_articles_in_other_languages_have_nothing_to_compare(tables):
    quotes, sentences, articles = tables
    assert align_statements(news(quotes.head(0), sentences.head(0), articles), ONE).empty


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
    found = find_duplicates(news(articles=articles))
    schema(DuplicatePair).validate(found)
    told = {(r.article_id_a, r.article_id_b): r.relation for r in found.itertuples()}
    assert told == {("a", "b"): "copy", ("a", "c"): "a_in_b", ("b", "c"): "a_in_b"}
    assert set(found["family"]) == {"a"}
    assert len(align_statements(news(quotes, sentences, articles), ONE, narration=False)) == 6
    apart = align_statements(
        news(quotes, sentences, articles), ONE, narration=False, duplicates=False
    )
    assert [*apart["article_id_a"], *apart["article_id_b"]] == ["a", "d"]


NOTICE = (
    "This is the weekly list of the berths that the harbour office gave away on request",
    "Ships are named by the day on which they came, and no berth is kept for longer than a week",
)


def test_texts_of_one_pattern_are_no_copies_but_share_paragraphs():
    told = ["The brig Alma lay at the north mole with a broken mast and eleven crates of salt."]
    told += ["Two trawlers from Selby met in the channel, and one of them lost both of her nets."]
    told += ["No ship came at all, as a thick fog stood over the water until the next morning."]
    texts = {
        name: f"Berths {name}\n\n{NOTICE[0]}.\n\n{own}\n\n{NOTICE[1]}."
        for name, own in zip("abc", told, strict=True)
    }
    articles = corpus(texts, {}, {"a": "2020-03-02", "b": "2020-03-03"})[2]
    assert find_duplicates(news(articles=articles)).empty
    shared = shared_paragraphs(news(articles=articles))
    schema(SharedParagraph).validate(shared)
    assert len(shared) == 6 and set(shared["n_words"]) == {len(n.split()) for n in NOTICE}
    days = corpus(texts, {}, {"a": "2020-03-02", "b": "2020-03-03", "c": "2020-03-04"})[2]
    assert (
        find_duplicates(news(articles=days), least=0.5).empty
        and shared_paragraphs(news(articles=days)).empty
    )
    one = articles.assign(outlet="The Post")
    assert shared_paragraphs(news(articles=one)).empty


def test_a_share_must_be_one(tables):
    with pytest.raises(ValueError, match="least"):
        find_duplicates(news(articles=tables[2]), least=0)


MADE = {
    "a": f"One\n\n“{BRIDGE}. {PITY},” Ann Reed said.",
    "b": f"Two\n\n“{BRIDGE},” Ms. Reed said. The mayor did not answer.",
    "c": f"Three\n\n“{PITY} and far beyond it,” the mayor told us, and “{COUNCIL},” he said.",
    "d": "Four\n\nNobody knows when buses will run again. The mayor did not answer.",
    "e": "Five\n\nThe town waits for news of the works. Trains are full.",
    "f": "Six\n\nThe old bridge is closed to lorries until its pillars are repaired, it was said.",
    "g": "Seven\n\nA day without any news of it. Trains are late.",
}
SAID = {
    "a": [f"{BRIDGE}. {PITY}"],
    "b": [BRIDGE],
    "c": [(f"{PITY} and far beyond it", {"speaker": "Bo Lind"}), (COUNCIL, {"speaker": "Bo Lind"})],
}
WHEN = dict.fromkeys("abcdf", "2020-03-02") | {"e": "2020-03-01"}


def test_coverage_tells_who_has_a_statement_and_who_dropped_it():
    tables = corpus(MADE, SAID, WHEN)
    found = cover(align_statements(news(*tables), ONE), news(*tables), ONE)
    schema(Coverage).validate(found)
    assert set(found["statement"]) == {f"{BRIDGE}. {PITY}"}
    status = found.set_index("outlet")["status"].to_dict()
    # C has some of the words under another speaker, F has them in its own; E is older than
    # the statement, and of G it is not known.
    assert status == {
        "Outlet A": "carried",
        "Outlet B": "shortened",
        "Outlet C": "unclear",
        "Outlet D": "dropped",
        "Outlet F": "own_voice",
    }
    counts = count_statuses(found).set_index(["outlet", "status"])
    assert counts["n_statements"].sum() == len(found) and (counts["n_statements"] > 0).all()
    assert counts.loc[("Outlet B", "shortened")].tolist() == [1, 1.0]
    assert count_statuses(found.iloc[:0]).empty


def test_coverage_tells_after_how_many_days_who_followed():
    tables = corpus(MADE, SAID, WHEN | {"b": "2020-03-04"})
    found = cover(align_statements(news(*tables), ONE), news(*tables), ONE).set_index("outlet")
    assert found.loc[["Outlet A", "Outlet B"], "days_after"].tolist() == [0, 2]
    assert pd.isna(found.loc["Outlet D", "days_after"])


def test_another_event_has_nothing_dropped():
    tables = corpus(MADE, SAID, WHEN)
    events = ONE.where(~ONE.index.isin(["d"]), "other")
    found = cover(align_statements(news(*tables), events), news(*tables), events)
    assert "Outlet D" not in set(found["outlet"])


def test_coverage_leaves_out_articles_without_an_outlet(tables, pairs):
    quotes, _, articles = tables
    nobody = articles.assign(outlet=None)
    assert cover(pairs, news(quotes, articles=nobody), ONE).empty
    some = articles.assign(outlet=articles["outlet"].where(articles["article_id"] != "b"))
    found = cover(pairs, news(quotes, articles=some), ONE)
    assert "Outlet A" in set(found["outlet"]) and (found["n_outlets"] <= 2).all()
    assert "Outlet B" not in set(found["outlet"])


def speech(speaker, kind="person", affiliation=None, **values):
    known = {"via": None, "cue": "said", "cue_stance": "neutral", "kind": "direct"} | values
    known |= {"speakers": (speaker,) if speaker else (), "affiliation": affiliation} | values
    known |= {"speaker_mention": values.get("speaker_mention", speaker), "start": 0, "end": 9}
    return pd.Series({"speaker": speaker, "speaker_kind": kind} | known)


NEAR_BY = ("words of the one", "words of the other")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oskar Lund", "Oskar J. Lund Jr."),
        ("Ana Barrón", "Ana Barron"),
        ("Bill Tarn", "William Tarn"),
        ("Sen. Ruth Holm", "Ruth Holm"),
        ("J.K. Marsh", "J. K. Marsh"),
        ("Jean-Luc Perrin", "Jean Luc Perrin"),
    ],
)
def test_house_styles_are_no_other_attribution(one, other):
    assert attribution(speech(one), speech(other), NEAR_BY) == "same"


def test_a_change_of_speaker_is_claimed_only_where_both_are_named():
    ann, bo = speech("Ann Reed"), speech("Bo Lind")
    assert attribution(ann, bo, NEAR_BY) == "check"
    assert attribution(ann, bo, ("words", "words, as Reed told Bo Lind")) == "unknown"
    assert attribution(ann, speech("Bo Lind", speaker_mention="she"), NEAR_BY) == "unknown"
    assert attribution(ann, speech("Bo Lind", speaker_mention="Mr. Lind’s lawyer"), NEAR_BY) == (
        "unknown"
    )
    assert attribution(ann, speech("officials", "unnamed"), NEAR_BY) == "unknown"
    assert attribution(ann, speech(None), NEAR_BY) == "unknown"


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
