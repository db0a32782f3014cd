"""Codebooks that learn: scores, reasons, keeping, mistakes in the labels."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import sayso
from sayso.analyze.framing.train import _by_frame, _splits, f1_scores
from sayso.analyze.framing.trained import decide

WHO = ["the mayor", "a nurse", "the union", "her neighbour", "the club", "a baker", "the port"]
TOLD = {
    "money": [
        "{} says the tax costs jobs",
        "prices and wages worry {}",
        "{} lost a billion in the market",
        "the budget leaves {} with debt",
    ],
    "health": [
        "{} fears the virus in hospital",
        "doctors gave {} a vaccine",
        "{} fell ill with cancer",
        "patients wait while {} lies in the clinic",
    ],
    "sport": [
        "{} won the cup final",
        "the coach praised {} after the match",
        "{} scored in the last minute",
        "a goal by {} decided the game",
    ],
}


@pytest.fixture(scope="module")
def labelled() -> pd.DataFrame:
    rows = [
        (form.format(who), "money;all" if label == "money" and who == "a nurse" else label)
        for label, forms in TOLD.items()
        for form in forms
        for who in WHO
    ]
    rows += [("money for the hospital: " + who, "money;health") for who in WHO]
    table = pd.DataFrame(rows, columns=["text", "labels"])
    return table.assign(labels=table["labels"].str.replace(";all", ""))


@pytest.fixture(scope="module")
def trained(labelled):
    return sayso.train_codebook(labelled)


def test_it_learns_and_says_how_well(trained):
    scores = trained.scores.set_index("model")
    assert scores.loc["this codebook", "macro_f1"] > 0.8
    assert scores.loc["this codebook", "macro_f1"] > scores.loc["every label", "macro_f1"] + 0.2
    assert set(trained.by_frame["frame"]) == {"money", "health", "sport"}
    assert trained.predict(["the tax on wages", "the match and the cup"]) == [["money"], ["sport"]]


def test_shares_add_up_to_the_decision(trained):
    for text in ("The tax costs jobs at the hospital, doctors say.", "Nothing.", "…", "ŁÓDŹ – 5,3"):
        for number, frame in enumerate(trained.labels):
            table = trained.explain(text, frame)
            if not len(table):
                continue
            odds = table["share"].sum() + trained.model.intercepts[number]
            probability = trained.probabilities([text])[0, number]
            assert 1 / (1 + np.exp(-odds)) == pytest.approx(probability, abs=1e-4)
            for row in table.itertuples():
                assert text[row.start : row.end] == row.word


def test_it_is_kept_and_read_back(trained, tmp_path):
    folder = trained.save(tmp_path / "mine")
    assert sorted(p.name for p in folder.iterdir()) == ["codebook.json", "weights.npz"]
    again = sayso.load_codebook(folder)
    texts = ["the tax on wages", "a goal in the last minute"]
    assert again.predict(texts) == trained.predict(texts)
    assert again.digest == trained.digest and len(again.digest) == 64
    np.testing.assert_allclose(again.probabilities(texts), trained.probabilities(texts), atol=1e-5)
    pd.testing.assert_frame_equal(again.scores, trained.scores)


def test_training_again_gives_the_same(labelled, trained):
    again = sayso.train_codebook(labelled)
    np.testing.assert_array_equal(again.model.coefficients, trained.model.coefficients)
    assert again.rule == trained.rule


def test_a_corpus_is_coded_with_it(trained, seeds):
    framing = seeds.framing(trained)
    texts = seeds.articles.set_index("article_id")["text"]
    assert set(framing["frame"]) == {"money", "health", "sport"}
    assert trained.code([]) == [] and trained.predict([]) == []
    for row in framing[framing["present"]].head(50).itertuples():
        for start, end in row.evidence_spans:
            assert row.start <= start < end <= row.end
            assert "|" not in texts[row.article_id][start:end]


def test_files_and_printing(labelled, tmp_path):
    file = tmp_path / "labels.csv"
    labelled.to_csv(file, index=False)
    trained = sayso.train_codebook(file, tmp_path / "book", folds=3)
    assert list(trained.scores["model"]) == ["this codebook", "majority label", "every label"]
    assert "TrainedCodebook('book', 3 frames" in repr(trained)
    assert sayso.load_codebook(tmp_path / "book").digest == trained.digest
    lists = tmp_path / "labels.jsonl"
    rows = zip(labelled["text"], labelled["labels"], strict=True)
    lists.write_text("\n".join(json.dumps({"text": t, "labels": n.split(";")}) for t, n in rows))
    assert sayso.train_codebook(lists, folds=3).digest == trained.digest


def test_the_scores_are_of_texts_it_had_not_seen(labelled):
    twice = pd.concat([labelled, labelled.assign(text=labelled["text"].str.upper())])
    texts = list(twice["text"])
    for fit, held in _splits([text.lower() for text in texts], 3):
        assert not {texts[i].lower() for i in fit} & {texts[i].lower() for i in held}
    shuffled = labelled.assign(labels=labelled["labels"].sample(frac=1, random_state=1).to_numpy())
    scores = sayso.train_codebook(shuffled, folds=3).scores.set_index("model")["micro_f1"]
    assert scores["this codebook"] < 0.7  # what can be learnt by heart only


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.rename(columns={"labels": "label"}), "no column 'labels'; it has text, label"),
        (lambda t: t.assign(text=["", *t["text"][1:]]), "row 1: the text is empty"),
        (lambda t: t.head(5), "has 5 rows"),
        (lambda t: t.assign(labels=""), "no row has a label"),
        (lambda t: t.assign(labels="money"), "every row has the label 'money'"),
        (lambda t: t.assign(labels=["odd", *t["labels"][1:]]), "one row only has the label 'odd'"),
    ],
)
def test_mistakes_in_labels_are_named(labelled, change, message):
    with pytest.raises(ValueError, match=message):
        sayso.train_codebook(change(labelled))


def test_a_broken_folder_is_named(trained, tmp_path):
    folder = trained.save(tmp_path / "mine")
    (folder / "weights.npz").write_bytes(b"no numbers")
    with pytest.raises(ValueError, match="mine is no trained codebook"):
        sayso.load_codebook(folder)
    with pytest.raises(ValueError, match="is no trained codebook"):
        sayso.load_codebook(tmp_path)


def test_only_a_trained_codebook_is_replaced(trained, tmp_path):
    folder = trained.save(tmp_path / "mine")
    assert trained.save(folder) == folder
    (folder / "thesis.txt").write_text("my work")
    with pytest.raises(ValueError, match=r"mine is no trained codebook: it holds thesis.txt"):
        trained.save(folder)
    assert (folder / "thesis.txt").read_text() == "my work"


def test_rules():
    probabilities = np.array([[0.4, 0.2], [0.7, 0.9], [0.1, 0.2]])
    assert decide(probabilities, "any", 0.5).tolist() == [[0, 0], [1, 1], [0, 0]]
    assert decide(probabilities, "some", 0.5).tolist() == [[1, 0], [1, 1], [0, 1]]
    assert decide(probabilities, "one", 0.5).tolist() == [[1, 0], [0, 1], [0, 1]]


def test_one_label_alone_is_learnt(labelled):
    one = labelled.assign(labels=labelled["labels"].where(labelled["labels"] == "sport", ""))
    trained = sayso.train_codebook(one, folds=3)
    assert trained.by_frame["frame"].tolist() == ["sport"]
    assert trained.predict(["the tax on wages", "the match and the cup"]) == [[], ["sport"]]


def test_rows_are_scored_by_f1():
    gold, given = np.array([[1, 0], [1, 0]]), np.array([[1, 1], [0, 0]])
    assert f1_scores(gold, given) == (0.5, pytest.approx(1 / 3))
    assert list(_by_frame(("a", "b"), gold, given)["f1"]) == [pytest.approx(2 / 3), 0]


def test_a_frame_is_given_only_where_it_is_right_often_enough(labelled):
    plain = sayso.train_codebook(labelled, folds=3)
    strict = sayso.train_codebook(labelled, folds=3, precision=0.9)
    assert len(strict.thresholds) == 3 and strict.rule == "any"
    assert len(set(plain.thresholds)) == 1
    assert (strict.by_frame["precision"][strict.by_frame["n_given"] > 0] >= 0.8).all()
    noise = labelled.assign(labels=labelled["labels"].sample(frac=1, random_state=1).to_numpy())
    assert set(sayso.train_codebook(noise, folds=3, precision=0.95).thresholds) == {1.0}


def test_rows_of_one_article_are_held_together(labelled):
    from sayso.analyze.framing.train import _read_labelled

    twice = labelled.assign(article_id=[f"a{n // 2}" for n in range(len(labelled))])
    together = _read_labelled(twice)[1]
    for fit, held in _splits(together, 3):
        assert not {together[i] for i in fit} & {together[i] for i in held}
