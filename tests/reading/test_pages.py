"""Web pages: headline, author and day as the page means them, and the whole text; feeds, NITF."""

from __future__ import annotations

from datetime import date

import pytest
from made_files import BODY, END, HEADLINE, LEAD, QUOTE, page, read

from sayso.reading.formats.html import read_page
from sayso.reading.formats.pages.authors import names_of

PLAIN = LEAD.partition(" - ")[2]


def facts(body: str = BODY, head: str = "", **options) -> dict[str, str | None]:
    return read_page(page(body, head, **options))[1]


def text(body: str, **options) -> list[str]:
    """Return the paragraphs of a page's article."""
    return read_page(page(body, **options))[0].split("\n\n")


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


CHANGED = "2024-03-19T09:00:00Z"
SAID = "2024-03-12T09:00:00Z"


@pytest.mark.parametrize(
    "head",
    [
        meta("article:modified_time", CHANGED),
        meta("og:updated_time", CHANGED),
        meta("last-modified", CHANGED),
        meta("dateModified", CHANGED),
        f'<meta itemprop="dateModified" content="{CHANGED}">',
        linked('{"@type": "NewsArticle", "dateModified": "' + CHANGED + '"}'),
        linked('{"@graph": [{"@type": "WebPage", "dateModified": "' + CHANGED + '"}]}'),
    ],
)
def test_the_day_of_a_change_is_not_that_of_publication(head):
    assert facts(head=head)["published"] is None
    assert facts(head=head + meta("article:published_time", SAID))["published"] == "2024-03-12"


@pytest.mark.parametrize(
    "head",
    [
        meta("article:published_time", SAID),
        meta("og:published_time", SAID),
        meta("datePublished", SAID),
        meta("parsely-pub-date", SAID),
        meta("DC.date.issued", "2024-03-12"),
        meta("date", "12 March 2024"),
        f'<meta itemprop="datePublished" content="{SAID}">',
        linked('{"@type": "NewsArticle", "datePublished": "' + SAID + '"}'),
        linked('[{"@type": ["ReportageNewsArticle"], "datePublished": "2024-03-12"}]'),
        linked(
            '{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"},'
            '{"@type": "NewsArticle", "datePublished": "2024-03-12"}]}'
        ),
        linked("{not json") + linked('{"@type": "Report", "datePublished": "2024-03-12"}'),
        '<link rel="canonical" href="https://www.post.example/2024/03/12/bridge.html">',
    ],
)
def test_the_day_of_publication(head):
    assert facts(head=head + meta("article:modified_time", CHANGED))["published"] == "2024-03-12"


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ('<p>Published <time datetime="{0}">12 March</time></p>', "2024-03-12"),
        ('<p>Updated <time datetime="{1}">19 March</time></p>', None),
        (
            '<p>Updated <time datetime="{1}">19 March</time>,'
            ' published <time datetime="{0}">12 March</time></p>',
            "2024-03-12",
        ),
        ('<time itemprop="datePublished" datetime="{0}">12 March</time>', "2024-03-12"),
        ('<time class="updated" datetime="{1}">19 March</time>', None),
    ],
)
def test_days_that_a_page_shows(lines, day):
    assert facts(lines.format(SAID, CHANGED) + BODY)["published"] == day


def test_the_line_of_days_stays_in_the_text():
    told = "Published 12 March 2024, updated 19 March 2024"
    assert text(f"<p>{told}</p>{BODY}")[1] == told
    marked = "<p>Published <time datetime='2024-03-12'>12 March 2024</time></p>"
    assert text(marked + BODY)[1] == "Published 12 March 2024"


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("Lena Moor, Updated March 19, 2024", "Lena Moor"),
        ("Lena Moor, Chief Political Correspondent", "Lena Moor"),
        ("By Lena Moor, Staff Writer", "Lena Moor"),
        ("By Lena Moor and Bo Lind", "Lena Moor, Bo Lind"),
        ("Lena Moor, Bo Lind & Ada Brink", "Lena Moor, Bo Lind, Ada Brink"),
        ("Political editor Lena Moor", "Lena Moor"),
        ("Lena Moor (@lenamoor)", "Lena Moor"),
        ("Lena Moor | Harbour Gazette", "Lena Moor"),
        ("Lena Moor for The Post", "Lena Moor"),
        ("Lena Moor in Brussels", "Lena Moor"),
        ("Lena Moor, Reuters", "Lena Moor"),
        ("Posted by Lena Moor on 12 March 2024", "Lena Moor"),
        ("Lena Moor lena@example.org", "Lena Moor"),
        ("Lena Moor https://example.org/lena", "Lena Moor"),
        ("Lena Moor, PhD", "Lena Moor"),
        ("Lena Moor • 3 hours ago", "Lena Moor"),
        ("Jean-Luc van der Berg", "Jean-Luc van der Berg"),
        ("April O’Neil-Day", "April O’Neil-Day"),
        ("José María Núñez y Ana de la Cruz", "José María Núñez, Ana de la Cruz"),
        ("J. K. Moor", "J. K. Moor"),
        ("Associated Press", "Associated Press"),
        ("Reuters", "Reuters"),
        ("admin", None),
        ("https://www.facebook.com/lena", None),
        ("@lenamoor", None),
        ("Updated March 19, 2024", None),
        ("Staff", None),
        ("", None),
    ],
)
def test_authors_are_names(given, names):
    assert names_of([given]) == names
    if names:
        assert facts(head=f'<meta name="author" content="{given}">')["author"] == names


def test_authors_of_linked_data():
    own = (
        '{"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Lena Moor"},'
        ' {"@type": "Person", "name": "Bo Lind"}, {"@type": "Organization", "name": "Post"}]}'
    )
    assert facts(head=linked(own))["author"] == "Lena Moor, Bo Lind"
    other = '<meta name="author" content="L. Moor"><a rel="author" href="/x">Ida Holm</a>'
    assert facts(head=linked(own) + other)["author"] == "Lena Moor, Bo Lind"
    graph = (
        '{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#1"}},'
        ' {"@type": "Person", "@id": "#1", "name": "Lena Moor"}]}'
    )
    assert facts(head=linked(graph))["author"] == "Lena Moor"
    site = meta("og:site_name", "The Post")
    assert facts(head=site + '<meta name="author" content="The Post">')["author"] is None


TITLES = [
    f"{HEADLINE} | Harbour Gazette",
    f"{HEADLINE} - Harbour Gazette",
    f"{HEADLINE} – Harbour Gazette",
    f"{HEADLINE} :: Harbour Gazette",
    f"Harbour Gazette: {HEADLINE}",
    f"Harbour Gazette - {HEADLINE}",
    f"{HEADLINE} | Town | Harbour Gazette",
    f"{HEADLINE} - The Harbour Gazette",
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("heading", [f"<h1>{HEADLINE}</h1>", "", "<h1>Harbour Gazette</h1>"])
def test_the_headline_is_told_from_the_site(title, heading):
    head = meta("og:title", title) + meta("og:site_name", "Harbour Gazette")
    head += meta("article:section", "Town")
    assert facts(head=head, title=title, heading=heading)["headline"].startswith(HEADLINE)
    if title != TITLES[4]:
        assert facts(head=head, title=title, heading=heading)["headline"] == HEADLINE


@pytest.mark.parametrize(
    "headline",
    [
        "Bridge to close - for two years",
        "Mayor: bridge to close",
        "Bridge – the long story of a closure",
        "Ferry | Bridge | Town: what comes next",
        "A bridge too far - Brink",
        "Orvelt votes 5-4 to close bridge",
    ],
)
def test_a_headline_keeps_its_own_dashes(headline):
    site = meta("og:site_name", "Harbour Gazette")
    for title in (headline, f"{headline} - Harbour Gazette", f"{headline} | Harbour Gazette"):
        head = site + meta("og:title", title)
        for heading in (f"<h1>{headline}</h1>", ""):
            assert facts(head=head, title=title, heading=heading)["headline"] == headline


def test_a_label_in_the_heading_is_no_headline():
    heading = f"<h1><span>Politics</span> {HEADLINE}</h1>"
    assert facts(head=meta("og:title", HEADLINE), heading=heading)["headline"] == HEADLINE
    logo = f"<h1>The Evening Standard-Bearer</h1><h2>{HEADLINE}</h2>"
    assert facts(heading=logo)["headline"] == HEADLINE
    title = f"{HEADLINE} - Two Years Gazette"
    assert facts(title=title, heading="<h1>Two Years Gazette</h1>")["headline"] == title
    two = "<h1>The Harbour Gazette and Advertiser</h1><h1>Bridge to close</h1>"
    title = "Bridge to close - The Harbour Gazette and Advertiser"
    assert facts(title=title, heading=two)["headline"] == "Bridge to close"
    rewritten = "Old bridge closes until 2026 - Harbour Gazette"
    assert facts(title=rewritten)["headline"] == HEADLINE
    two = f"<h1>News</h1><h1>{HEADLINE}</h1>"
    assert facts(head=meta("og:title", HEADLINE), heading=two)["headline"] == HEADLINE
    head = '<link rel="canonical" href="https://www.harbourgazette.example/bridge">'
    title = f"{HEADLINE} - Harbour Gazette"
    assert facts(head=head, title=title, heading="")["headline"] == HEADLINE


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("<q>We had no choice</q>, she said.", "“We had no choice”, she said."),
        ('<Q cite="x">We had <q>no</q> choice,</Q> she said.', "“We had ‘no’ choice,” she said."),
        ("“<q>No choice</q>,” she said.", "“No choice,” she said."),
        ("<q>“No choice,”</q> she said.", "“No choice,” she said."),
        ("She had <q><em>no</em> choice</q> <q>at all</q>.", "She had “no choice” “at all”."),
    ],
)
def test_marks_of_quotations(written, read_as):
    assert text(f"<p>{PLAIN}</p><p>{written}</p><p>{END}</p>") == [HEADLINE, PLAIN, read_as, END]


def test_marks_in_what_is_no_text_change_nothing():
    script = "<script>var a = '<q>';</script><!-- <q> --><p>There is no quotation in here.</p>"
    assert text(f"{BODY}{script}")[1:] == [PLAIN, QUOTE, END, "There is no quotation in here."]


@pytest.mark.parametrize(
    "tag",
    [
        "em",
        "strong",
        "b",
        "i",
        "a",
        "cite",
        "mark",
        "ins",
        "s",
        "u",
        "small",
        "time",
        "abbr",
        "code",
        "sup",
        "span",
    ],
)
def test_no_word_of_a_paragraph_is_lost(tag):
    line = f"Mayor Ada <{tag} href='/x'>Brink</{tag}>, who is <{tag}>57</{tag}>, told reporters."
    assert text(f"<p>{PLAIN}</p><p>{line}</p><p>{END}</p>") == [
        HEADLINE,
        PLAIN,
        "Mayor Ada Brink, who is 57, told reporters.",
        END,
    ]


def test_a_short_article_keeps_its_paragraphs():
    aside = (
        "<figure><img src='x.jpg' alt='A bridge'><figcaption>Picture: x</figcaption></figure>"
        "<table><tr><td>cell</td></tr></table><aside><p>Read more: the ferry</p></aside>"
    )
    assert text(f"<p>{PLAIN}</p>{aside}<p>{END}</p>") == [HEADLINE, PLAIN, END]


def teasers(count: int, tag: str = "h2") -> str:
    return "".join(
        f"<article><{tag}><a href='/{n}'>Pier {n} to close for {n} years</a></{tag}>"
        f"<p>The council of Orvelt voted on day {n} to close pier {n}, a spokesman said.</p>"
        "</article>"
        for n in range(count)
    )


@pytest.mark.parametrize("tag", ["h2", "h3"])
def test_a_list_of_articles_is_none(tmp_path, tag):
    (tmp_path / "index.html").write_text(
        f"<html><head><title>News</title></head><body><h1>News</h1>{teasers(8, tag)}</body></html>"
    )
    articles, (note,) = read(tmp_path)
    assert articles == {} and (note.level, note.kind) == ("error", "no article")


def test_an_article_above_others_is_one():
    html = page(BODY + f"<p>{END.replace('Jonas', 'Ida')}</p>").replace(
        "</body>", f"{teasers(5)}</body>"
    )
    found, _ = read_page(html)
    assert QUOTE in found and found.startswith(HEADLINE)
    marked = page(BODY, head=meta("og:type", "article")).replace("</body>", f"{teasers(5)}</body>")
    assert QUOTE in read_page(marked)[0]


@pytest.mark.parametrize(
    "html", ["<html></html>", page(""), "<p></p>", "<div>" * 50_000, "<q>" * 50_000]
)
def test_pages_without_an_article(html, tmp_path):
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    articles, notes = read(tmp_path)
    assert articles == {} and [note.level for note in notes] == ["error"]


RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Gazette</title>
<item><title>{HEADLINE}</title><link>http://a.example/1</link><dc:creator>By Lena Moor</dc:creator>
<pubDate>Tue, 12 Mar 2024 09:00:00 GMT</pubDate><description>A teaser</description>
<content:encoded><![CDATA[<p>{LEAD}</p><p>{QUOTE}</p>]]></content:encoded></item>
<item><title>Only a teaser</title><description>&lt;p&gt;{END}&lt;/p&gt;</description></item>
<item><title>Nothing</title></item></channel></rss>"""


def test_feeds(tmp_path):
    (tmp_path / "f.xml").write_text(RSS, encoding="utf-8")
    articles, notes = read(tmp_path)
    first, second = articles.values()
    assert first.text == f"{HEADLINE}\n\n{LEAD}\n\n{QUOTE}"
    assert (first.outlet, first.author, first.url) == (
        "Harbour Gazette",
        "Lena Moor",
        "http://a.example/1",
    )
    assert first.published.day == date(2024, 3, 12)
    assert second.text == f"Only a teaser\n\n{END}"
    assert [note.kind for note in notes] == ["empty text", "teaser"]


def test_atom(tmp_path):
    (tmp_path / "f.xml").write_text(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour Gazette</title>"
        "<updated>2024-03-19T00:00:00Z</updated><entry>"
        f"<title>{HEADLINE}</title><link href='http://a.example/1'/><author><name>Lena Moor</name>"
        "<email>l@a.example</email></author><updated>2024-03-19T00:00:00Z</updated>"
        "<published>2024-03-12T00:00:00Z</published><content type='xhtml'><div xmlns="
        f"'http://www.w3.org/1999/xhtml'><p>{LEAD}</p><p>{QUOTE}</p></div></content></entry></feed>",
        encoding="utf-8",
    )
    ((name, article),) = read(tmp_path)[0].items()
    assert name == "f.xml#1" and article.text == f"{HEADLINE}\n\n{LEAD}\n\n{QUOTE}"
    assert (article.author, article.url) == ("Lena Moor", "http://a.example/1")
    assert article.published.day == date(2024, 3, 12)


NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "http://nowhere.example/nitf-3-3.dtd">
<nitf><head><title>{HEADLINE}</title><pubdata date.publication="20240312T000000" name="The Post"
ex-ref="http://a.example/1"/></head><body><body.head><hedline><hl1>{HEADLINE}</hl1></hedline>
<byline class="print_byline">By LENA MOOR</byline><byline class="normalized">Moor, Lena</byline>
</body.head><body.content><block class="lead_paragraph"><p>{LEAD}</p></block>
<block class="full_text"><p>{LEAD}</p><p>{QUOTE}</p></block></body.content></body></nitf>"""


def test_nitf(tmp_path):
    (tmp_path / "a.xml").write_text(NITF, encoding="utf-8")
    articles, notes = read(tmp_path)
    article = articles["a"]
    assert article.text == f"{HEADLINE}\n\n{LEAD}\n\n{QUOTE}" and notes == []
    assert (article.outlet, article.author, article.url) == (
        "The Post",
        "LENA MOOR",
        "http://a.example/1",
    )
    assert article.published.day == date(2024, 3, 12)
