"""Documents: Word, OpenOffice, RTF, PDF and mails, and what in them is no text of the article."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_files import (
    END,
    HEADLINE,
    LEAD,
    PARAGRAPHS,
    QUOTE,
    TEXT,
    docx,
    odt,
    odt_paragraphs,
    pdf,
    read,
    rtf,
    rtf_words,
    set_in_pages,
    word_paragraphs,
    zipped,
)

from sayso.reading.formats import read_file
from sayso.reading.formats.source import File, Raw

BLANKS = [line for paragraph in PARAGRAPHS for line in (paragraph, "")][:-1]
MAKERS = {
    "docx": lambda lines: docx(word_paragraphs(*lines)),
    "odt": lambda lines: odt(odt_paragraphs(*lines)),
    "rtf": lambda lines: rtf(*lines),
}


def text_of(name: str, data: bytes) -> str:
    """Return the single text of a file, which must have no problem."""
    ((_, raw),) = read_file(File(name, data=data))
    assert isinstance(raw, Raw), raw
    return raw.text


def problems_of(name: str, data: bytes) -> list[tuple[str, str]]:
    """Return what is wrong with a file and its texts."""
    found = [item for _, item in read_file(File(name, data=data))]
    problems = [item for item in found if not isinstance(item, Raw)]
    problems += [problem for item in found if isinstance(item, Raw) for problem in item.problems]
    return [(problem.kind, problem.message) for problem in problems]


@pytest.mark.parametrize("ending", MAKERS)
def test_an_article_reads_the_same_from_every_document(tmp_path, ending):
    (tmp_path / f"a.{ending}").write_bytes(MAKERS[ending](BLANKS))
    articles, notes = read(tmp_path)
    article = articles["a"]
    assert article.text.strip() == TEXT.strip()
    assert (article.headline, article.place) == (HEADLINE, "ORVELT")
    assert (article.published.day, article.published.how) == (date(2024, 3, 12), "dateline")
    assert (article.author, article.path, notes) == (None, f"a.{ending}", [])


# What a reader would see as blank ends is stripped, and no text may hold control characters.
LINES = st.lists(
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=30).map(
        lambda line: " ".join(line.replace("\xad", "").split())
    ),
    min_size=1,
    max_size=5,
)


@given(LINES.filter(any))
def test_no_letter_of_a_document_is_lost(lines):
    for ending, make in MAKERS.items():
        # A lone '&quot;' is read as a mark, and '\ufffd' noted: not the reader of documents' doing.
        if any("&" in line or "\ufffd" in line or "\xa0" in line for line in lines):
            return
        texts = [raw.text for _, raw in read_file(File(f"a.{ending}", data=make(lines)))]
        assert [text.strip("\n").split("\n") for text in texts] == [
            "\n".join(lines).strip("\n").split("\n")
        ], ending


def test_word_shows_what_a_reader_sees():
    body = (
        "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:hyperlink><w:r><w:t>Bridge to </w:t>"
        "</w:r></w:hyperlink><w:r><w:t>close</w:t></w:r></w:p><w:p/>"
        "<w:p><w:r><w:t>The old</w:t><w:tab/><w:t>bridge</w:t><w:br/><w:t>is shut</w:t></w:r>"
        "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t xml:space='preserve'> now</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>,</w:t></w:r>"
        "<w:r><w:fldChar/><w:instrText>HYPERLINK x</w:instrText></w:r>"
        "<w:r><w:t xml:space='preserve"
        "'> they say of the har\xadbour co</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>op.</w:t>"
        "<w:footnoteReference/></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ferry</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>Picture.</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r>"
        "</w:p></w:txbxContent></w:pict></w:r></w:p><w:sectPr/>"
    )
    note = "<w:footnote><w:p><w:r><w:t>So the town says.</w:t></w:r></w:p></w:footnote>"
    assert text_of("a.docx", docx(body, footnotes=note)) == (
        "Bridge to close\n\nThe old\tbridge\nis shut now, they say of the harbour co-op.\n"
        "Ferry\nPicture.\nIn a box\n\nSo the town says."
    )


def test_word_of_another_make():
    rels = '<r><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></r>'
    main = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        f"{word_paragraphs(QUOTE)}</w:body></w:document>"
    )
    data = zipped({"_rels/.rels": rels, "word/document2.xml": main})
    assert text_of("a.docx", data) == QUOTE


def test_openoffice_shows_what_a_reader_sees():
    body = (
        "<text:tracked-changes><text:p>struck out</text:p></text:tracked-changes>"
        "<text:h>Bridge to\n   <text:span>close</text:span></text:h><text:p/>"
        "<text:p>The old<text:tab/>bridge<text:line-break/>is<text:s text:c='2'/>shut"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>So the town says.</text:p></text:note-body></text:note> now"
        "<office:annotation><text:p>Check this!</text:p></office:annotation>, in the "
        "har\xadbour.</text:p>"
        "<text:list><text:list-item><text:p>Ferry</text:p></text:list-item></text:list>"
        "<text:p>Picture.<draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box>"
        "</draw:frame></text:p>"
    )
    assert text_of("a.odt", odt(body)) == (
        "Bridge to close\n\nThe old\tbridge\nis  shut now, in the harbour.\nFerry\nPicture.\n"
        "In a box\n\nSo the town says."
    )


@pytest.mark.parametrize(
    ("name", "data", "kind", "told"),
    [
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "locked",
            "password",
        ),
        ("a.docx", b"\xd0\xcf\x11\xe0 an old file", "unreadable", "old Word format"),
        ("a.docx", b"PK no archive", "unreadable", "zip"),
        ("a.docx", zipped({"x.txt": "x"}), "unreadable", "document.xml"),
        ("a.docx", docx("<w:p>"), "unreadable", "not well-formed"),
        ("a.docx", docx(word_paragraphs("")), "empty", "empty"),
        (
            "a.odt",
            odt("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
            "locked",
            "password",
        ),
        ("a.pdf", b"%PDF", "unreadable", "cannot be read"),
        ("a.pdf", pdf([[], []]), "no text layer", "OCR"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "unread", ".docx"),
        ("a.xml", "<table><row/></table>", "unread", "<table>"),
        ("a.eml", b"Subject: Nothing\n\n", "empty", "no text"),
    ],
)
def test_documents_that_cannot_be_read(name, data, kind, told):
    data = data.encode() if isinstance(data, str) else data
    ((found, message),) = problems_of(name, data)
    assert found.startswith(kind) and told in message


BOMB = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{"&" + a + ";" * 1}{("&" + a + ";") * 9}">' for a, b in ["ab", "bc", "cd"]
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("prolog", [BOMB, OUTSIDE, BOMB.replace("<!ENTITY a", "<!entity a")])
@pytest.mark.parametrize("make", [docx, odt])
def test_entities_are_refused(make, prolog):
    paragraphs = word_paragraphs if make is docx else odt_paragraphs
    data = make(paragraphs("x").replace("x", "&d;&a;"), prolog)
    ((kind, message),) = problems_of("a.docx" if make is docx else "a.odt", data)
    assert kind == "unreadable file" and "entities" in message
    ((kind, message),) = problems_of("a.xml", f"{prolog}<rss>&a;</rss>".encode("utf-16"))
    assert kind == "unreadable file" and "entities" in message


def test_a_dtd_is_not_fetched(tmp_path):
    (tmp_path / "a.dtd").write_text('<!ENTITY own "fetched">', encoding="utf-8")
    nitf = (
        f'<!DOCTYPE nitf SYSTEM "{(tmp_path / "a.dtd").as_uri()}"><nitf><body><body.content>'
        "<p>It is&nbsp;shut &own; now.</p></body.content></body></nitf>"
    )
    assert "fetched" not in str([item for _, item in read_file(File("a.xml", data=nitf.encode()))])


def test_rtf_shows_what_a_reader_sees():
    body = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}{\info{\author Some One}}"
        r"{\header The Post}\f0 Caf\'e9 \u8220?Yes\u8221? \ldblquote no\rdblquote\par "
        r"{\field{\*\fldinst{HYPERLINK "
        r'"http://example.org/1"}}{\fldrslt{The link}}} stays\par '
        r"har\-bour {\deleted struck}{\b\v hidden}{\v0 seen} \u-10179?\u-9216?\page Next page\par"
        r"{\pict\pngblip " + "89504e47" * 400 + r"}\trowd one\cell two\cell\row}"
    )
    assert text_of("a.rtf", body.encode()) == (
        "Café “Yes” “no”\nThe link stays\nharbour seen \U0001f400\fNext page\none\ttwo\n"
    )


def test_rtf_with_raw_letters_and_footnotes():
    raw = rb"{\rtf1\ansi\ansicpg1250 Wa" + "łęsa".encode("cp1250") + b"}"
    assert text_of("a.rtf", raw) == "Wałęsa"
    assert text_of("a.rtf", "{\\rtf1\\ansi Wałęsa}".encode()) == "Wałęsa"
    assert text_of("a.rtf", TEXT.encode()) == TEXT
    ((kind, message),) = problems_of("a.rtf", rb"{\rtf1 It is shut.{\footnote So they say.}}")
    assert kind == "unread parts" and "footnotes" in message


STORY = [
    f"{name} was asked by the council of Orvelt on {day} what the ferry would cost the town, and"
    f" {name} said that nobody could tell before spring. “Ask me in {month},” {name} said."
    for name, day, month in [
        ("Ada Brink", "Monday", "March"),
        ("Jonas Petty", "Tuesday", "April"),
        ("Lena Moor", "Wednesday", "May"),
        ("Bo Lind", "Thursday", "June"),
    ]
    * 5
]
STORY = [line.replace("ferry", f"ferry of pier {number}") for number, line in enumerate(STORY)]
# Where nothing but a short last line ends a paragraph, there must be one.
TAILS = (
    "",
    " Nobody laughed.",
    " The clerk wrote it down.",
    " It was the third meeting of the year.",
)
SHORT_ENDED = [
    next(f"{line}{tail}" for tail in TAILS if len(textwrap.wrap(line + tail, 70)[-1]) < 45)
    for line in STORY
]


@pytest.mark.parametrize(
    "how",
    [
        {"gap": 8},
        {"indent": 18},
        {},
        {"width": 40, "gap": 6},
        {"leading": 26},
        {"furniture": False},
    ],
)
def test_lines_of_a_pdf_make_paragraphs(how):
    story = STORY if {"gap", "indent"} & set(how) else SHORT_ENDED
    data = pdf(set_in_pages(story, **how))
    ((_, raw),) = read_file(File("a.pdf", data=data))
    assert raw.text.split("\n\n") == story
    told = [problem.kind for problem in raw.problems]
    assert told == (["page furniture"] if how.get("furniture", True) else [])
    if told:
        assert "'Harbour Gazette'; 'Page 1 of " in raw.problems[0].message


def test_words_split_at_the_ends_of_lines_are_mended():
    lines = [
        "The long-term plan of the coun-",
        "cil is a long-",
        "term loan of the Franco-",
        "German bank.",
    ]
    data = pdf([[(72, 700 - 13 * n, 11, line) for n, line in enumerate(lines)]])
    expected = "The long-term plan of the council is a long-term loan of the Franco-German bank."
    assert text_of("a.pdf", data) == expected


def test_pages_without_text_are_named():
    pages = set_in_pages(STORY[:1], furniture=False)
    ((kind, message),) = problems_of("a.pdf", pdf([*pages, []]))
    assert kind == "no text layer" and "page 2" in message


def test_a_locked_pdf(tmp_path):
    from pypdf import PdfReader, PdfWriter

    (tmp_path / "open.pdf").write_bytes(pdf(set_in_pages(STORY)))
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "open.pdf"))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")
    writer.write(tmp_path / "printable.pdf")
    articles, notes = read(tmp_path)
    assert list(articles) == ["open", "printable"]
    assert articles["printable"].text == articles["open"].text
    locked = [note for note in notes if note.kind == "locked file"]
    assert [note.path for note in locked] == ["locked.pdf"]


MAIL = """From: {sender}
To: me@example.org
Subject: =?utf-8?q?Bridge_to_close_=E2=80=93_for_years?=
Date: Tue, 12 Mar 2024 23:30:00 -0500
MIME-Version: 1.0
{rest}"""
PLAIN = (
    "Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: 8bit\n\n"
    f"{LEAD}\n\n{QUOTE}\n"
)
LINKED = "Content-Type: text/html; charset=utf-8\n\n<html><body><p>{}</p><p>{}</p></body></html>\n"


def many(kind: str, *parts: str) -> str:
    """Return the rest of a mail that has parts."""
    inner = "".join(f"--xx\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="xx"\n\n{inner}--xx--\n'


def mail(rest: str, sender: str = '"Moor, Lena" <lena@example.org>') -> bytes:
    return MAIL.format(sender=sender, rest=rest).encode("cp1252")


def test_mail(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail(PLAIN))
    articles, notes = read(tmp_path)
    article = articles["a"]
    assert notes == []
    assert article.headline == "Bridge to close – for years"
    assert (article.published.day, article.published.how) == (date(2024, 3, 12), "metadata")
    assert article.text.strip() == f"{LEAD}\n\n{QUOTE}"


@pytest.mark.parametrize(
    ("sender", "author"),
    [
        ("Lena Moor <lena@example.org>", "Lena Moor"),
        ("lena@example.org", None),
        ('"Moor, Lena" <lena@example.org>', "Lena Moor"),
        ("=?utf-8?q?L=C3=A9na_Moor?= <l@example.org>", "Léna Moor"),
    ],
)
def test_the_sender_of_a_mail(tmp_path, sender, author):
    (tmp_path / "a.eml").write_bytes(mail(PLAIN, sender))
    assert read(tmp_path)[0]["a"].author == author


def test_an_outlet_that_sends_a_mail_is_no_author(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail(PLAIN, "Harbour Gazette <news@example.org>"))
    article = read(tmp_path)[0]["a"]
    assert (article.outlet, article.author) == ("Harbour Gazette", None)


def test_a_mail_in_html_and_what_is_attached(tmp_path):
    page = LINKED.format(LEAD, QUOTE.replace("“", "&ldquo;").replace("”", "&rdquo;"))
    teaser = "Content-Type: text/plain\n\nView this mail in your browser\n"
    files = [
        f'Content-Type: {kind}\nContent-Disposition: {how}; filename="{name}"\n\n{content}\n'
        for kind, how, name, content in [
            ("text/plain", "attachment", "../../b.txt", f"{HEADLINE} again\n\n{END}"),
            ("image/png", "inline", "logo.png", "x"),
            ("application/x-odd", "attachment", "c.odd", "x"),
        ]
    ]
    both = many("alternative", teaser, page).replace("xx", "yy")
    (tmp_path / "a.eml").write_bytes(mail(many("mixed", both, *files)))
    articles, notes = read(tmp_path)
    assert list(articles) == ["a", "a.eml/b.txt"]
    assert QUOTE in articles["a"].text and "<" not in articles["a"].text
    assert END in articles["a.eml/b.txt"].text
    assert [(note.kind, "c.odd" in note.message) for note in notes] == [
        ("unread file", True),
        ("encoding", False),
    ]


def test_a_mail_whose_lines_were_folded(tmp_path):
    folded = QUOTE.replace("reporters ", "reporters \n")
    rest = f"Content-Type: text/plain; charset=windows-1252; format=flowed\n\n{folded}\n-- \nLena\n"
    (tmp_path / "a.eml").write_bytes(mail(rest))
    assert read(tmp_path)[0]["a"].text == f"{QUOTE}\n-- \nLena\n"


def test_what_a_missing_library_costs():
    code = (
        "import sys; sys.modules['pypdf'] = sys.modules['striprtf.striprtf'] = None\n"
        "from sayso.reading.formats import read_file\n"
        "from sayso.reading.formats.source import File\n"
        "for name, data in ('a.pdf', b'%PDF-1.4'), ('a.rtf', b'{\\\\rtf1 x}'), ('a.txt', b'x'):\n"
        "    for _, item in read_file(File(name, data=data)):\n"
        "        print(getattr(item, 'kind', 'text'), getattr(item, 'message', ''))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    pdf_told, rtf_told, text_told = run.stdout.splitlines()
    for told in (pdf_told, rtf_told):
        assert told.startswith("missing library") and "pip install 'sayso[formats]'" in told
    assert text_told.strip() == "text"


def test_rtf_words_are_written_as_rtf_writes_them():
    assert rtf_words("{é}") == r"\{\u233?\}"
