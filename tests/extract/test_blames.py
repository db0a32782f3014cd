"""Blame ties: who holds whom responsible for what, in whose voice, and who denies it."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from benchmarks.blame.score import Case, as_tie, assign, evaluate, second_cases

from sayso.extract import extract, quotes
from sayso.extract.blaming import learned, ties
from sayso.extract.blaming.clauses import Sentence
from sayso.extract.blaming.evidence import gather
from sayso.extract.blaming.scene import Scene, Tie
from sayso.extract.blaming.ties import scenes, ties_of
from sayso.extract.document import Document, read_document
from sayso.lexicon.blame import blame_words
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import blame_facts, encoder
from sayso.paths import data_path
from sayso.reading import build_article


def blames(text: str) -> list:
    article = build_article(text, article_id="a")
    return extract(read_document(article, lexicon(), encoder(1)))["blames"]


def rule_ties(document: Document) -> list[Tie]:
    return [t for one in scenes(document, quotes.extract(document, {})) for t in ties_of(one)]


def ruled(text: str) -> list[tuple]:
    """The ties that the rules find in a text, as (blamer, target, issue, stance)."""
    document = read_document(build_article(text, article_id="a"), lexicon(), encoder(1))
    ties = rule_ties(document)

    def spelled(span: tuple[int, int] | None) -> str | None:
        return text[slice(*span)] if span else None

    return [(*map(spelled, (t.source, t.target, t.issue)), t.stance) for t in ties]


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        (
            "The mayor accused Delta Harbour of dumping oil into the bay.",
            ("The mayor", "Delta Harbour", "dumping oil into the bay", "assert"),
        ),
        (
            "Residents blamed the water company for the flood.",
            ("Residents", "the water company", "the flood", "assert"),
        ),
        (
            "The council blamed the flood on the water company.",
            ("The council", "the water company", "the flood", "assert"),
        ),
        (
            "Anna Berg lashed out at the ministry over the delay.",
            ("Anna Berg", "the ministry", "the delay", "assert"),
        ),
        (
            "Anna Berg smiled and then took a swipe at the ministry.",
            ("Anna Berg", "the ministry", None, "assert"),
        ),
        (
            "The union condemned the board's decision.",
            ("The union", "the board", None, "assert"),
        ),
        (
            "The ministry was accused of hiding the report.",
            (None, "The ministry", "hiding the report", "report"),
        ),
        (
            "The ministry was criticised by fishers for its silence.",
            ("fishers", "The ministry", "its silence", "assert"),
        ),
        (
            "The plan, which the fishers have criticised, will go ahead.",
            ("the fishers", "The plan", None, "assert"),
        ),
        (
            "Voters might blame Anna Berg for the delay.",
            ("Voters", "Anna Berg", "the delay", "report"),
        ),
    ],
)
def test_the_rules_find_a_tie_and_its_parts(text, tie):
    assert tie in ruled(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor avoided criticising the council.",
        "The mayor did not blame the council for the delay.",
        "The shooter was arrested in the harbour on Monday.",
        "The council will meet on Monday to vote on the budget.",
        "The campaign hit the road in May.",
        'The report has "no allegations of fraud by the mayor," said Anna Berg.',
        '"It would be wrong to close the harbour," said Anna Berg.',
        '"The bill could cause chaos in the harbour," said Anna Berg.',
    ],
)
def test_the_rules_find_no_blame_where_none_is(text):
    assert ruled(text) == []


@pytest.mark.parametrize(
    ("text", "blamer", "target"),
    [
        ("Anna Berg accused the ministry of hiding the report.", "Anna Berg", "the ministry"),
        ("The union slammed the mayor over the delay.", "The union", "the mayor"),
        ("The ministry was accused of hiding the report.", None, "The ministry"),
    ],
)
def test_plain_blame_is_found(text, blamer, target):
    assert (blamer, target) in [(b.blamer_mention, b.target_mention) for b in blames(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The council will meet on Monday to vote on the budget.",
        "The campaign hit the road in May.",
        "The mayor avoided criticising the council.",
    ],
)
def test_no_blame_is_found_where_none_is(text):
    assert blames(text) == []


def test_the_branch_knows_lists_of_the_words_of_blame():
    assert set(blame_facts()["lists"]) == set(blame_words().lists)


def test_evidence_has_a_row_for_each_piece_and_marks_what_the_rules_found():
    text = "Anna Berg accused the ministry of hiding the report."
    document = read_document(build_article(text, article_id="a"), lexicon(), encoder(1))
    (scene,) = ties.scenes(document, quotes.extract(document, {}))
    (tie,) = rule_ties(document)
    known = gather(scene, [tie], document.reading, ["object.verbs"])
    pieces = document.reading.pieces
    assert known.shape == (len(pieces), 4 + 3 + 1 + 7 + 9)
    (cue,) = np.flatnonzero(known[:, 3])
    assert text[pieces.start[cue] : pieces.end[cue]] == "accused"
    assert known[:, 7].sum() == 1


def test_a_sentence_longer_than_a_window_is_read_as_far_as_it_fits():
    text = "Anna Berg accused the ministry of hiding " + "the report and " * 200 + "the bill."
    assert "the ministry" in [b.target_mention for b in blames(text)]


def test_a_charge_in_a_quote_is_the_speakers_and_stands_in_the_quote():
    (tie,) = blames('"Delta Harbour violated the law," said Anna Berg, the mayor.')
    assert (tie.blamer, tie.blamer_kind, tie.target) == ("Anna Berg", "named", "Delta Harbour")
    assert tie.voice.startswith("a-q")


def test_the_articles_own_blame_has_no_blamer():
    (tie,) = blames("Delta Harbour violated the law.")
    assert (tie.blamer, tie.blamer_kind, tie.voice) == (None, "outlet", "outlet")
    assert not tie.agentless


def test_a_denial_is_no_blame_of_the_one_who_denies():
    denial = next(b for b in blames("Anna Berg denied the accusations.") if b.stance == "deny")
    assert (denial.blamer, denial.target, denial.direction) == ("Anna Berg", "Anna Berg", "self")


def test_accusations_called_groundless_are_reported_and_denied():
    ties = blames('"Accusations against Norway are groundless," the Norwegian ministry said.')
    assert {(t.stance, t.target) for t in ties} == {("report", "Norway"), ("deny", "Norway")}
    denial = next(t for t in ties if t.stance == "deny")
    assert denial.direction == "self"


def test_agentless_blame_is_marked():
    (tie,) = blames("The ministry was widely condemned for the delay.")
    assert tie.agentless and tie.blamer_kind == "unnamed" and tie.stance == "report"


def test_names_are_as_the_quotes_have_them():
    text = "Anna Berg, the mayor, spoke on Monday. Berg accused Norway of theft."
    (tie,) = blames(text)
    assert (tie.blamer, tie.blamer_mention, tie.target) == ("Anna Berg", "Berg", "Norway")


def test_every_span_spells_its_column(seeds):
    texts = seeds.articles.set_index("article_id").text
    for row in seeds.blames.itertuples():
        text = texts[row.article_id]
        pairs = [(row.cue, row.cue_span), (row.target_mention, row.target_span)]
        pairs += [(row.blamer_mention, row.blamer_span), (row.issue, row.issue_span)]
        for surface, span in pairs:
            assert pd.isna(surface) if span is None else text[slice(*span)] == surface


def test_the_words_know_inflected_forms():
    words = blame_words()
    assert "object.verbs" in words.kinds("accuses") & words.kinds("blamed") & words.kinds("suing")
    assert words.phrases(["lashed", "out", "at"], 0) == {"particle.phrases": 3}
    assert words.kinds("table") == set()


def test_phrases_and_subjects():
    text = "Anna Berg, the mayor, has sharply criticised the head of the water board for delays."
    sentence = Sentence(text, (0, len(text)), [(0, 9)])
    at = sentence.lows.index("criticised")
    assert text[slice(*sentence.span_of(*sentence.subject_of(at)))] == "Anna Berg"
    assert (
        text[slice(*sentence.span_of(*sentence.phrase_from(at + 1)))]
        == "the head of the water board"
    )


def a_tie(source, target, stance="assert", others=()) -> dict:
    return {
        "source": [source, *others] if source else [],
        "target": [target],
        "issue": [],
        "cue": (0, 1),
        "stance": stance,
        "direction": "other",
    }


def test_the_scorer_matches_one_to_one_and_frees_halves_of_a_coordination():
    text = "Sanders and Warren blamed the bank."
    both, first, second, bank = (0, 18), (0, 7), (12, 18), (26, 34)
    gold = [a_tie(both, bank, others=(first, second))]
    case = Case("x", text, gold, [a_tie(first, bank), a_tie(second, bank)])
    figures = evaluate([case]).set_index("measure")
    assert figures.f1["tie"] == figures.f1["sentence detection"] == 1
    swapped = Case("x", text, gold, [a_tie(bank, both)])
    assert evaluate([swapped]).set_index("measure").f1["tie"] == 0


def test_no_blamer_matches_no_blamer_only_and_a_wrong_stance_costs_stance_only():
    text = "The bank was blamed."
    gold = [a_tie(None, (0, 8), "report")]
    named = evaluate([Case("x", text, gold, [a_tie((4, 8), (0, 8))])]).set_index("measure")
    assert named.f1["tie"] == 0 and named.f1["target only"] == 1
    other = evaluate([Case("x", text, gold, [a_tie(None, (0, 8), "deny")])]).set_index("measure")
    assert other.f1["tie"] == 1 and other.f1["tie and stance"] == 0
    assert other.f1["stance accuracy"] == 0


def test_assignment_is_as_large_as_it_can_be():
    assert assign([[0, 1], [0]]) == {0: 1, 1: 0}
    assert assign([[], [0]]) == {1: 0}


def test_a_row_becomes_a_tie_of_the_annotations():
    (row,) = blames("The ministry was accused of hiding the report.")
    assert as_tie(row)["source"] == [] and as_tie(row)["stance"] == "report"


def test_only_sentences_read_twice_have_a_second_reading(tmp_path):
    known = json.loads(data_path("blame_second_reading.jsonl").open(encoding="utf-8").readline())
    text = "Anna Berg accused the ministry of hiding the report. " * 10
    rows = [{"id": name, "text": text, "ties": known["ties"]} for name in (known["id"], "other")]
    path = tmp_path / "sentences.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (case,) = second_cases(path)
    assert case.id == known["id"]
    assert [tie["stance"] for tie in case.found] == [tie["stance"] for tie in known["ties"]]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [("But Lee", "Lee"), ("Okon", "Okonjo"), ("the ministry of", "the ministry"), ("Lee", "Lee")],
)
def test_a_mention_is_whole_words_and_a_whole_phrase(cut, whole):
    text = "But Lee blamed Okonjo and the ministry of works, Lee's old home."
    scene = Scene(Sentence(text, (0, len(text)), []), [], blame_words(), {})
    start = text.index(cut)
    found = learned._phrase(scene, (start, start + len(cut)))
    assert text[slice(*found)] == whole
