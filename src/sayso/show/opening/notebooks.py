"""What each notebook opens with: descriptions of the whole corpus, and how its parts are told."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sayso.analyze.blame.ties import charging, target
from sayso.analyze.blame.ties import told as whose
from sayso.analyze.differences import Counted, count_rows
from sayso.analyze.figures import overall
from sayso.analyze.groups import ranked
from sayso.analyze.intervals import FEWEST
from sayso.analyze.sources import DOCUMENT
from sayso.analyze.timeline import inexact, on_calendar, shared_days
from sayso.show.html import Html, count, day_words, part, short
from sayso.show.opening.sentences import Phrase, Said, opening, share, share_of_text

Figures = Mapping[str, Counted]
ROLES = {
    "police and justice": "of police and justice",
    "media": "media",
    "business": "of business",
    "civil society": "of civil society",
    "citizen or witness": "citizens or witnesses",
    "celebrity": "celebrities",
}
READ, QUOTED = "Was everything read?", "How much of each article is quoted?"
DATED = "When was each article published, and how is that known?"
ROLES_OF_SOURCES, GENDER = "Which roles do the sources have?", "Are women heard as much as men?"
NAMED, MARKS = "Do the sources have names?", "Word for word, or in the outlet's words?"
CUES, HEARD = "With which words are quotes announced?", "Who is heard?"
AHEAD, WORD = "What lay ahead when it was published?", "Who says what happened when?"
PLACED, EXACT = "What can be placed?", "How exact is it?"
SHARED = "Which days do several outlets speak of?"
FRAMES, HEADLINES = "Which frames, by outlet and voice?", "Do headlines tell the story of the body?"
CHARGES, NOBODY = "How many charges, by outlet?", "How much blame has no blamer?"
BLAMED, TIE = "Who blames whom?", "What is a tie of blame?"
WORDS, LABELS = "Which words tell outlets apart?", "How is the same actor named?"


def corpus_phrases(figure: str, name: str) -> Phrase:
    """Return how notebook 01 tells a part of a figure."""
    words = {"quoted": "the text is quoted", "with_marks": "the text stands in quotes with marks"}
    return Phrase(words[name], QUOTED)


def corpus(articles: pd.DataFrame, figures: Figures, compared: pd.DataFrame) -> Html:
    """Return the opening of notebook 01."""
    n, outlets = len(articles), articles["outlet"].value_counts()
    largest = ranked(outlets)[0] if len(outlets) else None
    undated = int(articles["published"].isna().sum())
    copies = int(articles["sha256"].duplicated().sum())
    most = f", most of {short(str(largest), 40)} ({outlets[largest]:,})" if len(outlets) > 1 else ""
    again = f"; {part(copies, n, 'article')} with the text of an earlier one" if copies else ""
    words = count(int(articles["n_words"].sum()), "word")
    told = [
        Said(
            f"{count(n, 'article')} of {words} from {count(len(outlets), 'outlet')}{most}{again}.",
            READ,
        ),
        Said(
            f"{part(undated, n, 'article')} without a known date of publication."
            if undated
            else "Every article has a known date of publication.",
            DATED,
        ),
    ]
    for name, words in (("quoted", "is quoted"), ("with_marks", "stands in quotes with marks")):
        if (one := overall(figures["quoted"], name))["total"]:
            told.append(Said(share_of_text(one, words), QUOTED))
    return opening(told, compared, corpus_phrases, figures["quoted"], "outlet")


def speakers_phrases(figure: str, name: str) -> Phrase:
    """Return how notebook 02 tells a part of a figure."""
    if figure == "role":
        return Phrase(f"the sources are {ROLES.get(name, name + 's')}", ROLES_OF_SOURCES)
    return {
        "named": Phrase("the sources have a name", NAMED),
        "women": Phrase("the persons quoted are women (where gender is known)", GENDER),
        "marks": Phrase("the quotes stand between quotation marks, wholly or in part", MARKS),
        "distanced": Phrase("the quotes are announced with distance or denial", CUES),
        "endorsing": Phrase("the quotes are announced as true ('pointed out')", CUES),
    }[name]


def speakers(
    sources: pd.DataFrame, articles: pd.DataFrame, figures: Figures, compared: pd.DataFrame, by: str
) -> Html:
    """Return the opening of notebook 02."""
    told = []
    if figures["role"].hits.to_numpy().sum():
        top = figures["role"].hits.sum().idxmax()
        words = f"are {ROLES.get(top, top + 's')}, the most frequent role that is told"
        told.append(Said(share(overall(figures["role"], top), "source", words), ROLES_OF_SOURCES))
    women = overall(figures["women"], "women")
    if women["total"]:
        words = "are women, of those whose gender is known"
        told.append(Said(share(women, "quoted person", words), GENDER))
    people = sources[sources["kind"] != DOCUMENT]
    if people["n_words"].sum():
        first = ranked(people.groupby("source")["n_words"].sum())[0]
        own = people["source"] == first
        words = count_rows(people, articles, by, {"first": own}, weight=people["n_words"])
        aside = f"quoted in {count(people.loc[own, 'article_id'].nunique(), 'article')}"
        who = f"are those of {short(first, 40)}, who is heard most"
        told.append(Said(share(overall(words, "first"), "quoted word", who, aside), HEARD))
    cue = overall(figures["stance"], "distanced")
    if cue["total"]:
        words = "are announced with distance or denial"
        told.append(Said(share(cue, "quote", words), CUES))
    return opening(told, compared, speakers_phrases, figures["role"], by)


def timeline_phrases(figure: str, name: str) -> Phrase:
    """Return how notebook 03 tells a part of a figure."""
    return {
        "after": Phrase("the days told lie after publication", AHEAD),
        "quoted": Phrase("the days told stand in quotes", WORD),
    }[name]


def timeline(
    dates: pd.DataFrame,
    found: pd.DataFrame,
    articles: pd.DataFrame,
    figures: Figures,
    compared: pd.DataFrame,
) -> Html:
    """Return the opening of notebook 03; ``found`` is its chronology."""
    n_placed = len(on_calendar(dates, articles))
    told = [Said(f"{part(n_placed, len(dates), 'time expression')} can be placed as days.", PLACED)]
    for figure, name, words, section in (
        ("ahead", "after", "lie after publication", AHEAD),
        (
            "quoted",
            "quoted",
            "stand in quotes: somebody's word, not the outlet's",
            WORD,
        ),
    ):
        if (one := overall(figures[figure], name))["total"]:
            told.append(Said(share(one, "placed day", words), section))
    if len(found):
        longer = part(len(inexact(found)), len(found), "day")
        told.append(Said(f"{longer} told span more than a day: a month, say, or a year.", EXACT))
    shared = shared_days(found[found["earliest"] == found["latest"]])
    if len(shared):
        first = shared.iloc[0]
        days = day_words(first["earliest"], first["latest"], year=True)
        most = f"most ({int(first['n_outlets']):,}) name {days}"
        words = f"Days that several outlets name: {len(shared):,}; {most}."
        told.append(Said(words, SHARED))
    return opening(told, compared, timeline_phrases, figures["quoted"], "outlet")


def framing_phrases(figure: str, name: str) -> Phrase:
    """Return how notebook 04 tells a part of a figure."""
    voice = "in its own words" if figure == "outlet" else "in quoted words"
    frame = str(name).replace("_", " ")
    return Phrase(f"the headlines and sentences {voice} have the frame '{frame}'", FRAMES)


def framing(parts: pd.DataFrame, figures: Figures, compared: pd.DataFrame, by: str) -> Html:
    """Return the opening of notebook 04; ``parts`` are its headlines against bodies."""
    told = []
    for kind, voice in (("outlet", "in the outlets' own words"), ("quoted", "in quoted words")):
        if figures[kind].hits.to_numpy().sum():
            top = figures[kind].hits.sum().idxmax()
            frame = str(top).replace("_", " ")
            words = f"have the frame '{frame}' {voice}, where it is the most frequent"
            told.append(Said(share(overall(figures[kind], top), "sentence", words), FRAMES))
        else:
            told.append(Said(f"No frame was found {voice}, which is no proof of absence.", FRAMES))
    headed = parts["article_id"].nunique()
    alone = parts.loc[parts["difference"] == "headline only", "article_id"].nunique()
    if headed:
        words = f"{part(alone, headed, 'headline')} with a frame that the article below lacks."
        told.append(Said(words, HEADLINES))
    return opening(told, compared, framing_phrases, figures["outlet"], by)


def blame_phrases(figure: str, name: str) -> Phrase:
    """Return how notebook 05 tells a part of a figure."""
    return {
        "charges": Phrase("charges an article", CHARGES, rate=True),
        "without": Phrase("the ties of blame are passives or nouns that tell no blamer", NOBODY),
    }[name]


def blame(
    blames: pd.DataFrame, articles: pd.DataFrame, figures: Figures, compared: pd.DataFrame
) -> Html:
    """Return the opening of notebook 05, with the groups of its figures."""
    by = str(figures["charges"].group.name)
    one = overall(figures["charges"], "charges")
    silent = int((figures["charges"].hits["charges"] == 0).sum())
    sure = f" (95% interval {one['low']:.1f} to {one['high']:.1f})" if pd.notna(one["low"]) else ""
    told = [
        Said(
            f"{count(int(one['hits']), 'charge')} in {count(len(articles), 'article')}, each "
            f"counted once an article: {one['value']:.1f} an article{sure}; "
            f"{count(silent, 'article')} without one.",
            CHARGES,
        )
    ]
    ties = charging(blames)
    if len(ties):
        names = target(ties)
        first = ranked(ties.groupby(names)["article_id"].nunique())[0]
        own = count_rows(ties, articles, by, {"first": names == first})
        behind = ties.loc[names == first, "article_id"].nunique()
        if behind > 1:
            words = f"blame {short(first, 40)}, blamed in most articles"
            one = overall(own, "first")
            told.append(Said(share(one, "blame tie", words, f"in {behind:,} articles"), BLAMED))
        without = overall(figures["without"], "without")
        words = "are passives or nouns that tell no blamer"
        told.append(Said(share(without, "blame tie", words), NOBODY))
    if len(ties):
        quoted = count_rows(ties, articles, by, {"quoted": whose(ties) == "quoted"})
        words = "stand in quoted or reported words; the others in what the outlet itself tells"
        told.append(Said(share(overall(quoted, "quoted"), "blame tie", words), TIE))
    return opening(told, compared, blame_phrases, figures["charges"], by)


def words_phrases(figure: str, name: str) -> Phrase:
    """Return how notebook 07 tells a part of a figure."""
    return Phrase(f"the articles use '{name}'", WORDS)


def words(
    counted: pd.DataFrame, labels: pd.DataFrame, figures: Figures, compared: pd.DataFrame, by: str
) -> Html:
    """Return the opening of notebook 07: ``counted`` are its words by group, ``labels`` all."""
    sums, one = counted.sum(), figures["word"]
    told = [
        Said(
            f"{count(int(sums.sum()), 'word')} in {count(len(one.hits), 'article')} compared, "
            f"{len(counted):,} different ones; {one.hits.shape[1]:,} of them, no names, stand in "
            f"{FEWEST} articles or more and are judged.",
            WORDS,
        )
    ]
    if len(sums) > 1:
        most, least = ranked(sums)[[0, -1]]
        words = f"from {sums[least]:,} in {least} to {sums[most]:,} in {most}"
        told.append(Said(f"The words of each {by.removesuffix('_id')}: {words}.", WORDS))
    own = labels[labels["voice_kind"] == "outlet"]
    if len(own):
        ways = own.groupby("actor")["label"].nunique()
        actor = ranked(ways)[0]
        n = int(own.loc[own["actor"] == actor, "n"].sum())
        words = f"{int(ways[actor]):,} in {count(n, 'use')} in the outlets' own words"
        told.append(Said(f"Most labels has {short(str(actor), 40)}: {words}.", LABELS))
    return opening(told, compared, words_phrases, one, by)
