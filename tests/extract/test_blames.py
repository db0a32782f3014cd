"""Blame ties: who holds whom responsible for what, in whose voice, and who denies it."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from benchmarks.blame.score import Case, as_tie, assign, evaluate, second_cases

from sayso.extract import extract, quotes
from sayso.extract.blames import Names
from sayso.extract.blaming.learned import Tie, decode, gather, look
from sayso.extract.blaming.ties import Said, _turned, once, phrase
from sayso.extract.document import read_document
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import blame_facts, encoder
from sayso.paths import data_path
from sayso.reading import build_article


def blames(text: str) -> list:
    article = build_article(text, article_id="a")
    return extract(read_document(article, lexicon(), encoder(1)))["blames"]


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


def test_evidence_has_a_row_for_each_piece():
    text = "Anna Berg accused the ministry of hiding the report."
    document = read_document(build_article(text, article_id="a"), lexicon(), encoder(1))
    known = gather(document.reading, document.sentences[0])
    assert known.shape == (len(document.reading.pieces), 7 + 9)
    assert known[:, :7].sum(axis=1) == pytest.approx(1, abs=1e-3)


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
    [
        ("Okon", "Okonjo"),
        ("the ministry of", "the ministry"),
        ("Lee", "Lee"),
        ("old home", "old home"),
    ],
)
def test_a_mention_is_whole_words_and_a_whole_phrase(cut, whole):
    text = "But Lee blamed Okonjo and the ministry of works, Lee's old home."
    start = text.index(cut)
    assert text[slice(*phrase(text, (start, start + len(cut))))] == whole


def test_a_mention_of_grammar_alone_is_none_but_a_pronoun_stands_alone():
    assert phrase("He blamed the, of course.", (10, 13)) is None
    assert phrase("He blamed those.", (10, 15)) == (10, 15)


def test_those_who_are_named_together_each_blame_and_are_blamed():
    text = "Anna Berg and Carl Dahl accused Norway and Sweden of theft."
    ties = {(tie.blamer, tie.target) for tie in blames(text)}
    assert ties == {
        (who, whom) for who in ("Anna Berg", "Carl Dahl") for whom in ("Norway", "Sweden")
    }
    assert len({tie.blame_id for tie in blames(text)}) == len(ties)


def test_what_tells_how_sure_a_tie_is_has_a_weight_each():
    text = "Anna Berg accused the ministry of hiding the report."
    document = read_document(build_article(text, article_id="a"), lexicon(), encoder(1))
    found = decode(look(document, document.sentences[0]))
    assert set(found[0].facts) | {"bias"} == set(blame_facts()["confidence"])
    assert max(tie.confidence for tie in found) > 0.7


def test_a_wife_has_not_the_gender_of_her_husbands_title():
    text = "Mr. Orvik's wife, Hilde, was in court, too, and she pleaded guilty to fraud."
    assert {tie.blamer for tie in blames(text)} == {"Hilde"}


def test_a_pronoun_means_nobody_of_the_other_gender():
    text = (
        "Mr. Orvik met the union on Monday. Later she blamed the mayor for the failure of the dam."
    )
    (tie,) = blames(text)
    assert tie.blamer != "Orvik"


def test_of_ties_of_one_source_and_target_the_surest_is_left():
    spans = {"source": (0, 5), "target": (20, 30), "issue": None}
    ties = [Tie(cue=(10, 15), confidence=0.4, **spans), Tie(cue=(6, 9), confidence=0.6, **spans)]
    assert once(ties) == [ties[1]]


def meant(text: str, source: str, target: str) -> tuple[str | None, str | None]:
    """Return whom the last of two mentions in a text mean, as blamer and target of a tie."""
    document = read_document(build_article(text, article_id="a"), lexicon(), encoder(1))
    spans = [(at := text.rindex(words), at + len(words)) for words in (source, target)]
    tie = Tie(spans[0], spans[1], None, (0, 0))
    found = quotes.extract(document, {})
    names = Names(document, found, Said(found), [tie])
    blamer = names.blamer(tie)
    return blamer.name, names.target(tie, blamer).name


@pytest.mark.parametrize(
    ("text", "source", "target", "names"),
    [
        (
            "Facebook removed the posts on Monday. Facebook did not tell the users why.\n\n"
            "Anna Berg, a lawyer, said the company had broken its own rules.",
            "Anna Berg",
            "the company",
            ("Anna Berg", "Facebook"),
        ),
        (
            "Republicans voted against the budget on Monday. Republicans had promised to support "
            "it.\n\nAnna Berg, the mayor, said they had failed the town.",
            "Anna Berg",
            "they",
            ("Anna Berg", "Republicans"),
        ),
        (
            "Karl Voss defended his decision to close the harbour. Voss announced the decision on "
            "Monday.\n\nAnna Berg called the decision a betrayal of the town.",
            "Anna Berg",
            "the decision",
            ("Anna Berg", "Karl Voss"),
        ),
        (
            "Russian troops crossed the border on Monday.\n\nAnna Berg, the foreign minister of "
            "Norway, accused the Russians of breaking the treaty.",
            "Anna Berg",
            "the Russians",
            ("Anna Berg", "Russia"),
        ),
        (
            "President Karl Voss signed the decree on Monday.\n\nAnna Berg, who leads the "
            "opposition, met Prime Minister Jon Lund. She accused the president of lying.",
            "She",
            "the president",
            ("Anna Berg", "Karl Voss"),
        ),
        (
            "Anna Berg praised the plan of Karl Voss. She blamed the weather.",
            "She",
            "the weather",
            ("Anna Berg", "the weather"),
        ),
    ],
)
def test_who_is_meant_is_a_party_of_the_article(text, source, target, names):
    assert meant(text, source, target) == names


@pytest.mark.parametrize(
    "text",
    [
        "Later in the day Hilde Brandt said that she pleaded guilty to fraud.",
        "The minister said he took full responsibility for the failure of the dam.",
    ],
)
def test_who_admits_a_wrong_blames_himself(text):
    assert {b.direction for b in blames(text)} == {"self"}


def test_a_guest_who_is_introduced_later_is_not_the_president():
    (tie,) = blames(
        "Members of the union accuse the president of giving away the forests to loggers.\n\n"
        "After a lunch with President Ole Brandt of Norway, Mr. Quist said that the plan stands."
    )
    assert tie.target_mention == "the president" and tie.target != "Ole Brandt"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Can anybody say that the paper is not unfair to farmers?", "assert"),
        ("Wasn't the mayor to blame for it?", "assert"),
        ("The mayor is not to blame for it. Who is?", "deny"),
        ("Did the mayor reject the charge?", "deny"),
    ],
)
def test_a_question_turns_a_negation_round(text, stance):
    cue = re.search(r"not unfair|Wasn't|not to blame|reject", text).span()
    tie = Tie(source=None, target=(0, 3), issue=None, cue=cue, stance="deny")
    assert _turned(text, tie).stance == stance
