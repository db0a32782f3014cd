"""Downloads of news databases: every article is read, or told of, and nothing else is kept."""

from __future__ import annotations

import html
import io
import random
import re
import textwrap
import time
import zipfile
from dataclasses import replace

import pytest

import downloads
from conftest import INVENTED, ROOT
from downloads import AWKWARD, DUPLICATE, FORMATS, ITEMS, MONTHS, ORDINARY
from sayso.article import Article
from sayso.reading import read_articles
from sayso.reading.formats.databases import read_download
from sayso.reading.formats.databases.found import Found, articles
from sayso.reading.formats.databases.labels import is_date_line
from sayso.reading.formats.decode import decode
from sayso.reading.formats.source import Raw
from sayso.reading.problem import Problem

MEGABYTE = 1_000_000
TEXTS = [name for name, (_, markup) in FORMATS.items() if not markup]
FIRST, SECOND, THIRD, FOURTH, *_ = ORDINARY.paragraphs


def read(text, markup=False):
    """Return the articles of a download and its problems."""
    found = list(read_download(text, markup=markup))
    raws = [item for item in found if not isinstance(item, Problem)]
    return raws, [item for item in found if isinstance(item, Problem)]


def written(name, items=ITEMS):
    make, markup = FORMATS[name]
    return read(make(items), markup)


def assert_same(raws, items):
    """Every article is whole, with what is known of it, and nothing beside it."""
    assert [raw.text for raw in raws] == [item.text for item in items]
    for raw, item in zip(raws, items, strict=True):
        assert raw.known.outlet == item.outlet
        assert raw.known.published.day == item.day
        assert raw.known.published.precision == "day"
        assert raw.known.headline == item.headline
        assert raw.known.author == (item.author and item.author.replace(" and ", ", "))
        assert raw.known.problem is None
        assert raw.problems == ()


@pytest.mark.parametrize("name", FORMATS)
def test_all_articles_of_a_download(name):
    raws, problems = written(name)
    assert problems == []
    assert_same(raws, ITEMS)


@pytest.mark.parametrize("language", MONTHS)
@pytest.mark.parametrize("name", FORMATS)
def test_pages_in_other_languages(name, language):
    items = [replace(item, language=language) for item in ITEMS]
    raws, problems = written(name, items)
    assert problems == []
    assert_same(raws, items)


@pytest.mark.parametrize("name", FORMATS)
def test_one_article_alone(name):
    for item in (ORDINARY, AWKWARD):
        raws, problems = written(name, [item])
        assert problems == []
        assert_same(raws, [item])


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_of_a_cover_page_is_kept(name):
    for items in (ITEMS, [ORDINARY]):
        for raw in written(name, items)[0]:
            kept = f"{raw.text} {raw.known}".casefold()
            assert "johanna" not in kept and "q. doe" not in kept and "311g" not in kept


@pytest.mark.parametrize("name", FORMATS)
def test_an_article_without_text_is_told_of(name):
    raws, problems = written(name, [ORDINARY, replace(AWKWARD, paragraphs=("",)), DUPLICATE])
    assert_same(raws, [ORDINARY, DUPLICATE])
    (problem,) = problems
    assert problem.kind == "no text"
    assert AWKWARD.headline in problem.message and "article 2 " in problem.message


@pytest.mark.parametrize("name", [name for name in FORMATS if name[:6] in ("Nexis ", "Factiv")])
def test_the_stated_length_is_a_checksum(name):
    class Longer(type(ORDINARY)):
        words = property(lambda self: 2 * super().words)

    longer = Longer(**vars(ORDINARY))
    (raw,), problems = written(name, [longer])
    assert problems == []
    (problem,) = raw.problems
    assert problem.kind == "length" and problem.level == "warning"
    assert str(longer.words) in problem.message and str(ORDINARY.words) in problem.message


@pytest.mark.parametrize(("words", "warns"), [(79, True), (80, False), (120, False), (121, True)])
def test_how_far_a_length_may_be_off(words, warns):
    class Hundred(type(ORDINARY)):
        words = 100

    item = Hundred(**{**vars(ORDINARY), "paragraphs": (" ".join(["word"] * words),)})
    (raw,), _ = written("Nexis Uni DOCX", [item])
    assert bool(raw.problems) == warns


@pytest.mark.parametrize("name", TEXTS)
def test_line_ends_and_blank_lines(name):
    text = FORMATS[name][0]()
    assert_same(read(text.replace("\n", "\r\n"))[0], ITEMS)
    assert_same(read("\n\n" + text + "\n\n\n")[0], ITEMS)


@pytest.mark.parametrize("name", FORMATS)
def test_articles_of_a_file(name, tmp_path):
    make, markup = FORMATS[name]
    path = tmp_path / ("march.html" if markup else "march.txt")
    path.write_text(make(), encoding="utf-8")
    articles = [item for item in read_articles(path) if isinstance(item, Article)]
    assert [article.headline for article in articles] == [item.headline for item in ITEMS]
    for article, item in zip(articles, ITEMS, strict=True):
        assert article.outlet == item.outlet and article.published.day == item.day
        assert article.published.how == "metadata"
        assert abs(article.row().n_words - item.words) <= 0.05 * item.words


# --- Nexis ---


def nexis(item=ORDINARY):
    return downloads.nexis_txt([item])


@pytest.mark.parametrize(
    "start", ["1 of 1 DOCUMENT", "FOCUS - 1 of 1 DOCUMENTS", "Document 1 sur 1"]
)
def test_lines_that_begin_a_document(start):
    assert_same(read(nexis().replace("1 of 1 DOCUMENTS", start))[0], [ORDINARY])


def test_a_document_without_its_number():
    bare = nexis().replace("1 of 1 DOCUMENTS", "")
    assert_same(read(bare)[0], [ORDINARY])
    assert_same(read(bare.replace(downloads.COVER, ""))[0], [ORDINARY])


@pytest.mark.parametrize("label", ["LANGUAGE", "SECTION", "LOAD-DATE", "GRAPHIC"])
def test_a_headline_that_looks_like_a_label(label):
    item = replace(ORDINARY, headline=f"{label}: what islanders speak at night")
    assert_same(read(nexis(item))[0], [item])
    assert_same(read(downloads.nexis_html([item]), markup=True)[0], [item])


def without(text, *labels):
    return "\n".join(line for line in text.split("\n") if not line.startswith(labels))


def test_documents_without_labels():
    text = downloads.nexis_txt()
    assert_same(read(without(text, "LENGTH", "LÄNGE"))[0], ITEMS)
    raws, _ = read(without(text, "LENGTH", "LÄNGE", "BYLINE", "SECTION", "RUBRIK"))
    assert [raw.text for raw in raws] == [item.text for item in ITEMS]


def test_a_headline_above_the_date():
    day = downloads.written(ORDINARY.day, "en")
    lines = [line for line in nexis().split("\n") if day not in line or "LOAD" in line]
    place = next(i for i, line in enumerate(lines) if line.startswith("BYLINE"))
    moved = "\n".join([*lines[:place], day.center(76), "", *lines[place:]])
    (raw,), _ = read(moved.replace("Final Edition".center(76).rstrip(), ""))
    assert (raw.known.headline, raw.known.published.day) == (ORDINARY.headline, ORDINARY.day)
    assert raw.text == ORDINARY.text


def test_the_oldest_layout():
    """The headline has a label, and so has the text, whose paragraphs are indented."""
    lines = [
        "1 of 1 DOCUMENT".center(76),
        "",
        "Copyright 2010 Example Press Ltd".center(76),
        ORDINARY.outlet.center(76),
        "",
        "January 11, 2010, Monday, Late Edition - Final".center(76),
        "",
        f"SECTION: Section A; Page 1\n\nLENGTH: {ORDINARY.words} words\n",
        *textwrap.wrap(f"HEADLINE: {ORDINARY.headline}", 60),
        f"\nBYLINE:  By {ORDINARY.author}\n\nDATELINE: OLDPORT, Jan. 10\n\nBODY:",
        *(textwrap.fill(one, 76, initial_indent="   ") for one in ORDINARY.paragraphs),
        "\nGRAPHIC: Photo: The quay\n\nLOAD-DATE: January 12, 2010",
    ]
    text = "\n".join(lines)
    assert_same(read(text)[0], [ORDINARY])
    assert_same(read(text.replace("BODY:\n   ", "BODY: "))[0], [ORDINARY])


def test_captions_run_on_and_a_text_that_quotes_a_caption_does_not():
    quoting = (FIRST, "GRAPHIC: so says the plate below the picture", SECOND, THIRD, FOURTH)
    item = replace(ORDINARY, paragraphs=quoting)
    assert_same(read(nexis(item))[0], [item])


def test_an_edition_of_two_lines():
    text = nexis().replace("Final Edition", "Edition 1;\n" + "Scotland".center(76))
    assert_same(read(text)[0], [ORDINARY])


def test_words_and_hyphens_over_a_wrap():
    lines = [
        "1 of 1 DOCUMENTS",
        "The Gazette",
        "May 2, 2014 Friday",
        "A headline",
        "LENGTH: 35 words",
    ]
    body = (
        "They spoke for half an hour in the hall above the port of a well-\nknown quay, of two-\n"
        "and three-year leases, of the roof that leaks and what it costs to mend,\nand of no more."
    )
    (raw,), _ = read("\n\n".join([*lines, body, "LOAD-DATE: May 3, 2014"]))
    assert "a well-known quay, of two- and three-year leases, of" in raw.text


def test_speakers_are_no_labels():
    talk = ("SPIEGEL: Who decides?", "ASKEW: The town does.", FIRST, SECOND, THIRD)
    item = replace(ORDINARY, paragraphs=talk)
    assert_same(read(nexis(item))[0], [item])
    page = downloads.nexis_html([item])
    for name in ("SPIEGEL: ", "ASKEW: "):
        page = page.replace(name, f'{name}</SPAN><SPAN CLASS="c2">')
    assert_same(read(page, markup=True)[0], [item])


def test_documents_after_other_marks():
    text = downloads.nexis_txt()
    assert_same(
        read(text.replace("2 of 3", "\f2 of 3").replace("  1 of 3", "\ufeff 1 of 3"))[0], ITEMS
    )
    assert_same(read(text.replace("\n", "\r"))[0], ITEMS)


def test_error_pages_are_counted():
    page = (
        '<A NAME="x"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->\n'
        "<DIV><P><SPAN>We are sorry but there is an error in this document</SPAN></P></DIV>"
    )
    text = downloads.nexis_html()
    raws, problems = read(text.replace("<A NAME", f"{page}<A NAME", 1) + page, markup=True)
    assert_same(raws, ITEMS)
    (problem,) = problems
    assert problem.kind == "error page" and problem.message.startswith("2 of 5 documents")
    assert "1, 5" in problem.message


# --- Nexis Uni ---


def test_words_of_the_layout_within_a_text():
    quoted = (FIRST, "End of Document", SECOND, "Body", THIRD, "Graphic", FOURTH)
    item = replace(ORDINARY, paragraphs=(*quoted, "Length: 5 words", "Language: English", FIRST))
    for cover in (True, False):
        raws, problems = read(downloads.lexis([item, AWKWARD], cover=cover))
        assert problems == []
        assert_same(raws, [item, AWKWARD])


def test_ends_that_are_missing():
    text = downloads.lexis()
    assert_same(read(text.replace("End of Document", "", 1))[0], ITEMS)
    bare = text.replace("End of Document", "").replace("Ende des Dokuments", "")
    assert_same(read(bare)[0], ITEMS)


def test_a_language_that_is_not_known():
    text = downloads.lexis([ORDINARY, AWKWARD])
    swedish = {
        "Section:\u00a0": "Avsnitt:\u00a0",
        "Length:\u00a0": "Längd:\u00a0",
        "Byline:\u00a0": "Skribent:\u00a0",
        "Highlight:\u00a0": "Höjdpunkt:\u00a0",
        "\nBody\n": "\nBrödtext\n",
        "Load-Date:\u00a0": "Inläsningsdatum:\u00a0",
        "End of Document": "Slut på dokument",
        "Publication-Type:": "Publikationstyp:",
    }
    for english, word in swedish.items():
        assert english in text
        text = text.replace(english, word)
    raws, problems = read(text)
    assert problems == []
    assert [raw.text for raw in raws] == [ORDINARY.text, AWKWARD.text]
    assert [raw.known.outlet for raw in raws] == [ORDINARY.outlet, AWKWARD.outlet]
    assert [raw.known.headline for raw in raws] == [ORDINARY.headline, AWKWARD.headline]


def test_lines_after_the_last_end():
    text = downloads.lexis() + "\nPrinted by the library\n\nPage 12 of 12\n"
    assert_same(read(text)[0], ITEMS)


def test_a_document_without_the_line_above_its_text():
    empty = replace(AWKWARD, paragraphs=())
    text = downloads.lexis([ORDINARY, empty, DUPLICATE])
    parts = text.split("\nBody\n")
    raws, problems = read("\nBody\n".join(parts[:2]) + "\n" + "\nBody\n".join(parts[2:]))
    assert_same(raws, [ORDINARY, DUPLICATE])
    (problem,) = problems
    assert problem.kind == "no text" and AWKWARD.headline in problem.message


def test_a_highlight_right_behind_the_byline():
    text = downloads.lexis([ORDINARY])
    assert f"{ORDINARY.author}\nHighlight" in text
    assert_same(read(text.replace(f"{ORDINARY.author}\n", ORDINARY.author))[0], [ORDINARY])


def test_other_blanks():
    text = downloads.lexis()
    assert_same(read(text.replace("\u00a0", " "))[0], ITEMS)
    assert_same(read(text.replace("\n", "\n\n"))[0], ITEMS)
    assert_same(read("\n".join(line for line in text.split("\n") if line.strip()))[0], ITEMS)


def test_a_head_without_date_or_headline():
    text = downloads.lexis([ORDINARY, AWKWARD], cover=False)
    day = downloads.written(ORDINARY.day, "en") + " 10:36 GMT\n"
    (_, undated), _ = read(downloads.lexis([AWKWARD, ORDINARY]).replace(day, ""))
    assert (undated.known.outlet, undated.known.headline) == (ORDINARY.outlet, ORDINARY.headline)
    first, second = read(text.replace(day, ""))[0]
    assert (first.known.outlet, first.known.published) == (ORDINARY.outlet, None)
    assert first.known.headline == ORDINARY.headline
    assert_same([second], [AWKWARD])
    first, _ = read(text.replace(f"\n{ORDINARY.headline}\n", "\n"))[0]
    assert (first.known.outlet, first.known.headline) == (ORDINARY.outlet, None)
    assert first.text == ORDINARY.text


def test_the_abstract_above_a_full_text_is_none_of_it():
    text = downloads.lexis([ORDINARY])
    labelled = text.replace("\nBody\n", "\nBody\n\nABSTRACT\n\nA boat less.\n\nFULL TEXT\n")
    assert_same(read(labelled)[0], [ORDINARY])


# --- Factiva ---


def test_codes_within_a_text():
    quoted = (FIRST, "HD", SECOND, "BY", "IN", THIRD, "IN  all honesty", FOURTH)
    item = replace(ORDINARY, paragraphs=quoted)
    raws, problems = read(downloads.factiva_codes([item, AWKWARD]))
    assert problems == []
    assert [raw.text for raw in raws] == [item.text.replace("  ", " "), AWKWARD.text]


def test_a_code_in_the_last_lines_of_a_text():
    item = replace(ORDINARY, paragraphs=(FIRST, "HD  is a code, and so is LP.", SECOND))
    raws, problems = read(downloads.factiva_codes([item, AWKWARD]))
    assert problems == [] and len(raws) == 2 and "HD is a code" in raws[0].text


def test_accession_numbers_that_are_missing():
    text = downloads.factiva_codes()
    assert_same(read(without(text, "AN", "Document SM"))[0], ITEMS)
    plain = downloads.factiva_plain()
    last = downloads.accession(3, DUPLICATE)
    cut = "\n".join(one for one in plain.split("\n") if "Document SM" not in one or last in one)
    raws, _ = read(cut)
    assert [raw.known.headline for raw in raws] == [item.headline for item in ITEMS]


def test_blank_lines_between_all_parts():
    raws, _ = read(downloads.factiva_plain().replace("\n", "\n\n"))
    assert [raw.text for raw in raws] == [item.text for item in ITEMS]


def test_an_article_that_states_no_length():
    text = downloads.factiva_plain([replace(ORDINARY, headline="First"), AWKWARD])
    raws, _ = read(text.replace(f"{ORDINARY.words} words\n", ""))
    assert len(raws) == 2 and ORDINARY.text in raws[0].text
    assert_same(raws[1:], [AWKWARD])


def test_a_headline_that_looks_like_a_name():
    item = replace(ORDINARY, headline="Stock Markets Fall Again", author=None)
    assert_same(read(downloads.factiva_plain([item]))[0], [item])


def test_headlines_alone_are_told_of():
    row = '<tr class="headline"><td><a class="enHeadline">No {}</a></td></tr>'
    rows = "".join(map(row.format, (1, 2)))
    raws, problems = read(f"<html><title>Factiva</title><table>{rows}</table></html>", markup=True)
    assert raws == [] and [problem.kind for problem in problems] == ["no text"] * 2
    assert "No 2" in problems[1].message


def test_entities_of_xml_stay_as_they_are():
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'
    text = downloads.factiva_xml().replace("<PPSResponse>", f"{bomb}<PPSResponse>", 1)
    raws, _ = read(text.replace("The ferry line", "The &c; ferry line", 1), markup=True)
    assert len(raws) == 3 and "bbbb" not in raws[0].text


# --- ProQuest, Europresse ---


def test_labels_and_rules_within_a_text():
    quoted = (FIRST, "Subject: your ferry", SECOND, "_" * 60, THIRD, "Title: none", FOURTH)
    item = replace(ORDINARY, paragraphs=quoted)
    raws, problems = read(downloads.proquest([item, AWKWARD]))
    assert problems == []
    assert [raw.known.headline for raw in raws] == [ORDINARY.headline, AWKWARD.headline]
    assert raws[0].text == item.text.replace("_" * 60 + "\n\n", "")


def test_a_text_that_proquest_does_not_hold():
    missing = replace(AWKWARD, paragraphs=("Not available",))
    raws, problems = read(downloads.proquest([ORDINARY, missing]))
    assert_same(raws, [ORDINARY])
    assert [problem.kind for problem in problems] == ["no text"]


@pytest.mark.parametrize(
    "header", ["lundi 11 janvier 2010 152 mots", "January 11, 2010 • 152 words"]
)
def test_the_length_in_a_header_of_europresse(header):
    page = downloads.europresse([ORDINARY])
    page = page.replace("Monday, January 11, 2010", header)
    assert_same(read(page, markup=True)[0], [ORDINARY])
    (raw,), _ = read(page.replace("152", "1 652"), markup=True)
    assert "states 1652" in raw.problems[0].message


def test_an_author_below_the_title():
    page = downloads.europresse([ORDINARY])
    named = f'<div class="docAuthors">{ORDINARY.author}</div>'
    assert named in page
    moved = page.replace(named, "").replace(
        "</div></header>", f'</div><p class="sm-margin-bottomNews">{ORDINARY.author}</p></header>'
    )
    assert_same(read(moved, markup=True)[0], [ORDINARY])


def test_elements_that_are_not_closed():
    text = downloads.europresse().replace("</article>", "").replace("</section>", "")
    assert_same(read(text, markup=True)[0], ITEMS)


# --- bylines and dates ---


def known_of(date):
    (raw,) = articles([Found(["A text."], date=date)])
    return raw.known


@pytest.mark.parametrize(
    ("byline", "author", "agency"),
    [
        ("By JANE ROE and A. N. OTHER", "JANE ROE, A. N. OTHER", None),
        ("Jane Roe, Political Correspondent", "Jane Roe", None),
        ("Jane Roe Political Correspondent", "Jane Roe Political Correspondent", None),
        ("By Jane Roe in Oldport and Tom Askew", "Jane Roe, Tom Askew", None),
        ("Our Foreign Staff", None, None),
        ("By Reuters", None, "Reuters"),
        ("Jane Roe; The Associated Press", "Jane Roe", "The Associated Press"),
        ("By JANE ROE; Tom Askew contributed reporting from Oldport.", "JANE ROE", None),
        ("Jane Roe, Staff Writer; Tom Askew", "Jane Roe, Tom Askew", None),
        ("Roe, Jane; Other, A N", "Roe, Jane; Other, A N", None),
        ("Albrecht, Bernhard", "Albrecht, Bernhard", None),
    ],
)
def test_bylines(byline, author, agency):
    text = downloads.lexis([replace(ORDINARY, author=byline)])
    ((raw,), _) = read(text)
    assert (raw.known.author, raw.known.agency) == (author, agency)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("January 10, 2018 Wednesday 10:36 EST", "2018-01-10"),
        ("January 11, 2018 Thursday, Late Edition - Final", "2018-01-11"),
        ("January 11, 2018 Thursday Correction Appended January 14, 2018", "2018-01-11"),
        ("segunda-feira, 11 de janeiro de 2010", "2010-01-11"),
        ("May 2, 2002, Thursday,, FINAL EDITION", "2002-05-02"),
        ("27. Februar 2012 Montag 9:50 PM GMT+1", "2012-02-27"),
        ("mardi 14 mars 2006", "2006-03-14"),
        ("1er janvier 2010", "2010-01-01"),
        ("3 de octubre de 2011 lunes", "2011-10-03"),
        ("2018-01-10T01:35:58Z", "2018-01-10"),
        ("Dec 30, 2009", "2009-12-30"),
        ("Sept. 4, 1999", "1999-09-04"),
        ("2017 年 11 月 13 日", "2017-11-13"),
    ],
)
def test_dates(value, day):
    known = known_of(value)
    assert (str(known.published.day), known.published.precision) == (day, "day")
    assert known.problem is None
    assert is_date_line(value) or "T" in value


def test_dates_that_are_none():
    assert known_of("January 2018").published.precision == "month"
    known = known_of("Michaelmas term")
    assert known.published is None and "Michaelmas term" in known.problem
    assert not is_date_line("On January 11, 2010, the council met")
    assert not is_date_line("January 11, 2010 was the day on which the town's council met again")


# --- what is no download ---


ORDINARY_TEXTS = (
    "The file had a line that says LENGTH: 5 words, and 1 of 10 documents was lost.\n\nNo more.",
    "A headline\n\n1 of 10 documents\n\nThe judge read one of ten documents.\n\nHe said so.",
    "Body\n\nA poem about the body.\n\nEnd of Document\n\nLength matters, he said.",
    "Length: 5 words\n\nA puzzle.\n\nBY\n\nHD\n\n808 words\n\n13 November 2017\n\nSolve it.",
    "_" * 60 + "\n\nTitle: The Lease\n\nAuthor: Jane Roe\n\nA review of a play.\n\n" + "_" * 60,
    "A headline\n\nMay 1, 2010\n\n© 2010 Example Ltd\n\nPhoto:\u00a0AFP\n\nMore on this\n\nThe end",
    "Copyright 2010 Example Ltd\n\nBYLINE: Jane Roe\n\nA short text.",
    "Document SMCO000020100111e61b00003 is the number of a file.\n\n808 words",
)


@pytest.mark.parametrize("text", ORDINARY_TEXTS)
def test_ordinary_texts_are_no_downloads(text):
    assert read_download(text) is None
    page = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    assert read_download(f'<div class="article"><h1>Factiva</h1>{page}</div>', markup=True) is None


def test_articles_of_the_tests_are_no_downloads():
    paths = [*(ROOT / "seeds").glob("*.txt"), *INVENTED.rglob("*.txt")]
    assert len(paths) > 10
    for path in paths:
        assert read_download(decode(path.read_bytes()).text) is None, path


# --- damaged files ---


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_downloads_raise_nothing(name):
    make, markup = FORMATS[name]
    whole = re.split(r"(?<=>)" if markup else r"(?<=\n)", make())
    for seed in range(20):
        chance, parts = random.Random(seed), list(whole)
        for _ in range(chance.randint(1, 9)):
            place, other = chance.randrange(len(parts)), chance.randrange(len(parts))
            parts[place], parts[other] = parts[other], parts[place]
            parts[chance.randrange(len(parts))] = ""
        text = "".join(parts)[: chance.choice([10**6, 5000])]
        found = read_download(text, markup=markup)
        assert found is None or all(isinstance(item, (Raw, Problem)) for item in found)


# --- hostile files ---


HALVES = (
    *("LENGTH: 5 words\n", "1 of 10 DOCUMENTS\n", "\n", " ", "Body\n", "End of Document\n"),
    *("HD\nPD\n", "Document SMCO000020100111e61b0003p\n", "5 words\n1 May 2010\n", "_", "A"),
    *("_" * 60 + "\nFull text: x\n", "LANGUAGE: x\n", "Length:\u00a05 words\nBody\n", "1"),
)
HALF_TAGS = (
    *("<", "<!--", "<!-- Hide XML <DOC NUMBER=1>", "<div>", '<div class="article enArticle">'),
    *("<ppsarticle>&a;", '<span class="DocPublicationName">', 'class="', "<article>"),
)


@pytest.mark.parametrize(
    ("half", "markup"), [*((half, False) for half in HALVES), *((half, True) for half in HALF_TAGS)]
)
def test_repeated_half_labels_take_no_time(half, markup):
    text = half * (10 * MEGABYTE // len(half))
    begun = time.process_time()
    list(read_download(text, markup=markup) or ())
    # On a quiet machine below 2 s.
    assert time.process_time() - begun < 8


GROWING = (
    ("1 of 10 DOCUMENTS\n\nThe X\n\nMay 1, 2010\n\nLENGTH: 5 words\n\n", False),
    ("Length:\u00a05 words\nBody\nEnd of Document\n", False),
    ("1 of 1 DOCUMENT\nA\nMay 1, 2010\nLENGTH: 3 words\n" + "x\nGRAPHIC: a\n" * 9, False),
    ('<article><span class="DocPublicationName">x</span>', True),
    ("<!-- Hide\n<DOC NUMBER=1>\n<DOCFULL> --><DIV><P><SPAN>BYLINE: </SPAN>", True),
)


@pytest.mark.parametrize(("part", "markup"), GROWING)
def test_time_grows_with_the_length_alone(part, markup):
    def seconds(size):
        text = part * (size // len(part))
        begun = time.process_time()
        assert list(read_download(text, markup=markup))
        return time.process_time() - begun

    seconds(MEGABYTE // 20)
    # Quadratic time would be 64 times as long.
    assert seconds(MEGABYTE // 2) < 24 * seconds(MEGABYTE // 16)


# --- the lines of a DOCX ---


def test_the_lines_of_a_zipped_docx():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        lines = map(html.escape, downloads.lexis().split("\n"))
        body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
        archive.writestr("word/document.xml", f"<w:document><w:body>{body}</w:body></w:document>")
    with zipfile.ZipFile(data) as archive:
        document = archive.read("word/document.xml").decode("utf-8")
    lines = re.findall(r"<w:t>(.*?)</w:t>", document)
    assert_same(read("\n".join(map(html.unescape, lines)))[0], ITEMS)
