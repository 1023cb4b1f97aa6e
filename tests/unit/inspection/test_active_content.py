"""Scripts, programmes and actions in PDFs, however they are hidden; and what only looks like them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from functions.auto_import.inspection import pdf as pdfs
from functions.auto_import.inspection.pdf_objects import Deadline, Ref, parse
from shared.domain.active_content import ActiveContent, known_kinds
from tests.unit.inspection import documents
from tests.unit.inspection.documents import Objects, stream

Look = Callable[[bytes], set[ActiveContent]]
SHARED = Path(__file__).parents[4] / "shared"

SCRIPT = ActiveContent.JAVASCRIPT
ITSELF = ActiveContent.OPENS_BY_ITSELF


@pytest.fixture
def look(tmp_path: Path) -> Look:
    def look_at(content: bytes) -> set[ActiveContent]:
        path = tmp_path / "document"
        path.write_bytes(content)
        return pdfs.look_for_active_content(path)

    return look_at


def catalog(entries: bytes, objects: Objects | None = None) -> bytes:
    return documents.pdf({1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % entries, **(objects or {})})


def page(entries: bytes, objects: Objects | None = None) -> bytes:
    whole = documents.page()[:-3] + b" %s >>" % entries
    return documents.pdf({3: whole, **(objects or {})})


def attached(name: bytes, content: bytes, entries: bytes = b"") -> bytes:
    return catalog(
        b"/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>",
        {
            6: b"<< /Type /Filespec /F %s /EF << /F 7 0 R >> >>" % name,
            7: stream(content, b"/Type /EmbeddedFile " + entries),
        },
    )


def locked(user_password: str = "") -> bytes:
    buffer = io.BytesIO()
    lock = StandardEncryption(user_password, ownerPassword="owner", strength=128)
    canvas = Canvas(buffer, invariant=1, encrypt=lock)
    canvas.drawString(100, 700, "Total 12.50")
    canvas._doc.Catalog.OpenAction = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    canvas.save()
    return buffer.getvalue()


JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
HIDDEN_TREE = {
    6: b"<< /Kids [7 0 R] >>",
    7: b"<< /Kids [8 0 R] >>",
    8: b"<< /Limits [(a) (b)] /Names [(a) 9 0 R] >>",
    9: b"<< /S /JavaScript /JS 10 0 R >>",
    10: stream(b"app.alert(1)"),
}
WITH_ACTIVE_CONTENT: dict[str, tuple[bytes, set[ActiveContent]]] = {
    "a script on opening": (catalog(b"/OpenAction " + JS), {SCRIPT, ITSELF}),
    "names with escapes": (
        catalog(b"/Open#41ction << /#53 /J#61vaScript /#4a#53 (app.alert\\(1\\)) >>"),
        {SCRIPT, ITSELF},
    ),
    "a nested tree of names": (catalog(b"/Names << /JavaScript 6 0 R >>", HIDDEN_TREE), {SCRIPT}),
    "an object stream": (
        documents.packed_pdf({1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R >>"}, {6: JS}),
        {SCRIPT, ITSELF},
    ),
    "encrypted with an empty password": (locked(), {SCRIPT, ITSELF}),
    "a page that is opened": (page(b"/AA << /O 6 0 R >>", {6: JS}), {SCRIPT, ITSELF}),
    "a trigger by way of references": (
        page(b"/AA 6 0 R", {6: b"<< /O 7 0 R >>", 7: b"<< /S 8 0 R /URI (http://x.test/) >>", 8: b"/URI"}),
        {ITSELF},
    ),
    "what follows an action": (
        catalog(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [<< /S /URI /URI (http://x.test/) >>] >>"),
        {ITSELF},
    ),
    "another file that is opened": (
        catalog(b"/OpenAction << /S /GoToR /F (\\\\\\\\x\\\\y.pdf) >>"),
        {ITSELF},
    ),
    "a launch at a click": (
        page(
            b"/Annots [6 0 R]",
            {6: b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (cmd.exe) >> >>"},
        ),
        {ActiveContent.LAUNCH},
    ),
    "a type as a reference": (
        page(
            b"/Annots [6 0 R]",
            {6: b"<< /Subtype /Link /Rect [0 0 9 9] /A << /S 7 0 R /F (cmd.exe) >> >>", 7: b"/Launch"},
        ),
        {ActiveContent.LAUNCH},
    ),
    "an annotation that is entered": (
        page(b"/Annots [<< /Subtype /Widget /Rect [0 0 9 9] /AA << /E 6 0 R >> >>]", {6: JS}),
        {SCRIPT, ITSELF},
    ),
    "a form that is sent": (
        page(b"/Annots [<< /Subtype /Widget /A << /S /SubmitForm /F (http://x.test/) >> >>]"),
        {ActiveContent.SUBMIT_FORM},
    ),
    "an XFA form": (
        catalog(b"/AcroForm << /Fields [] /XFA [(template) 6 0 R] >>", {6: stream(b"<script>x</script>")}),
        {ActiveContent.XFA_FORM},
    ),
    "a script of a 3D view": (
        page(
            b"/Annots [<< /Subtype /3D /3DD 6 0 R >>]",
            {6: stream(b"", b"/OnInstantiate 7 0 R"), 7: stream(b"x")},
        ),
        {SCRIPT},
    ),
    "rich media": (
        page(b"/Annots [<< /Subtype /RichMedia /RichMediaContent << >> >>]"),
        {ActiveContent.RICH_MEDIA},
    ),
    "a programme by its name": (attached(b"(Invoice.pdf.EXE)", b"x"), {ActiveContent.EXECUTABLE}),
    "a programme by a wide name": (
        attached(b"<FEFF0061002E006A00730020002E>", b"x"),
        {ActiveContent.EXECUTABLE},
    ),
    "a programme by its content": (attached(b"(data.xml)", b"MZ\x90\x00"), {ActiveContent.EXECUTABLE}),
    "a programme that is deflated": (
        attached(b"(data.xml)", zlib.compress(b"\x7fELF\x02"), b"/Filter [/FlateDecode]"),
        {ActiveContent.EXECUTABLE},
    ),
    "a file of an annotation": (
        page(
            b"/Annots [<< /Subtype /FileAttachment /FS << /UF 7 0 R /EF << /UF 6 0 R >> >> >>]",
            {6: stream(b"x"), 7: b"(run.vbs)"},
        ),
        {ActiveContent.EXECUTABLE},
    ),
    "a document within one": (attached(b"(b.pdf)", catalog(b"/OpenAction " + JS)), {SCRIPT, ITSELF}),
    "documents within documents": (
        attached(
            b"(b.pdf)", attached(b"(c.pdf)", attached(b"(d.pdf)", attached(b"(e.pdf)", documents.pdf())))
        ),
        {ActiveContent.NOT_KNOWN},
    ),
    "a locked document within one": (attached(b"(b.pdf)", locked("secret")), {ActiveContent.NOT_KNOWN}),
    "a file filtered as nobody does": (
        attached(b"(data.xml)", b"4d5a9000>", b"/Filter /ASCIIHexDecode"),
        {ActiveContent.NOT_KNOWN},
    ),
}


@pytest.mark.parametrize(("content", "kinds"), WITH_ACTIVE_CONTENT.values(), ids=WITH_ACTIVE_CONTENT.keys())
def test_active_content_is_found_however_it_is_hidden(
    look: Look, content: bytes, kinds: set[ActiveContent]
) -> None:
    found = look(content)

    assert found == kinds


LINK = b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://x.test/) >> >>]"
ORDINARY = {
    "a page": documents.pdf(),
    "a link": page(LINK),
    "a page to begin with": catalog(b"/OpenAction [3 0 R /XYZ 0 842 0]"),
    "a page to begin with that has a link": documents.pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /GoTo /D [3 0 R /Fit] >> >>",
            3: documents.page()[:-3] + LINK + b" >>",
        }
    ),
    "words of a script in a text": catalog(b"/Lang (/JS /JavaScript >>stream\r\n /S /Launch)"),
    "words of a script in a stream": documents.pdf(
        {4: stream(zlib.compress(b"\r\nendstream\r\nendobj\r\n1 0 obj\r\n<</OpenAction<</S/Launch>>>>"))}
    ),
    "a script that nothing refers to": documents.pdf({6: JS}),
    "an e-invoice": attached(b"(factur-x.xml)", b"<rsm:CrossIndustryInvoice/>"),
    "names that begin like others": catalog(b"/JSON 1 /Launchpad 2 /AAA 3 /XFAB 4"),
}


@pytest.mark.parametrize("content", ORDINARY.values(), ids=ORDINARY.keys())
def test_what_only_looks_like_it_is_none(look: Look, content: bytes) -> None:
    found = look(content)

    assert found == set()


@pytest.mark.skipif(not SHARED.exists(), reason="the documents are not there")
def test_real_documents_have_none_but_for_one_form(look: Look) -> None:
    paths = sorted(SHARED.rglob("*.pdf"))

    found = {path.name: kinds for path in paths if (kinds := look(path.read_bytes()))}

    locked_ones = {name for name, kinds in found.items() if kinds == {ActiveContent.NOT_KNOWN}}
    assert len(locked_ones) <= 2
    assert {name: kinds for name, kinds in found.items() if name not in locked_ones} == {
        "01-xfa-please-wait.pdf": {ActiveContent.XFA_FORM}
    }


def test_a_search_ends_in_time_and_says_that_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "document"
    path.write_bytes(catalog(b"/OpenAction " + JS))
    monkeypatch.setattr(pdfs, "Deadline", lambda _: Deadline(0.0))

    found = pdfs.look_for_active_content(path)

    assert found == {ActiveContent.NOT_KNOWN}


def test_an_object_of_any_depth_is_parsed() -> None:
    parsed = parse(
        b"9 0 obj\r\n" + b"[" * 100_000 + b"<</A 7 0 R /B (a\\)\\101\\n) /C#20D <4142>>>" + b"]" * 100_000
    )

    for _ in range(100_000):
        [parsed] = parsed
    assert parsed == {"A": Ref(7), "B": b"a)A\n", "C D": b"AB"}


def test_a_kind_of_a_later_release_is_not_shown() -> None:
    assert known_kinds(["launch", "telepathy", 7, "javascript", "launch"]) == (
        ActiveContent.JAVASCRIPT,
        ActiveContent.LAUNCH,
    )
