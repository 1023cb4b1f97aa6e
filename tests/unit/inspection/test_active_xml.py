"""XML of invoices that a browser would run, fetch or hand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from functions.auto_import.inspection.active_xml import active_content_of_xml
from shared.domain.active_content import ActiveContent

UBL = 'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
XHTML, SVG = "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"
SCRIPT, ITSELF = ActiveContent.JAVASCRIPT, ActiveContent.OPENS_BY_ITSELF


def invoice(within: str, before: str = "") -> str:
    return f"{before}<Invoice {UBL}>{within}</Invoice>"


FILES = {
    "data": (invoice("<Note>javascript: onload script</Note>"), set()),
    "a style sheet": (invoice("", '<?xml-stylesheet href="http://x.test/a.xsl"?>'), {ITSELF}),
    "a style sheet at the end": (invoice("") + "<?XML-StyleSheet href='a'?>", {ITSELF}),
    "another instruction": (invoice("<?word document?>"), set()),
    "a script of a page": (invoice(f'<h:script xmlns:h="{XHTML}">alert(1)</h:script>'), {SCRIPT}),
    "a handler of a picture": (invoice(f'<svg xmlns="{SVG}" onLoad="x()"/>'), {SCRIPT}),
    "a link that is a script": (invoice(f'<a xmlns="{XHTML}" href=" JavaScript:x"/>'), {SCRIPT}),
    "a link": (invoice(f'<a xmlns="{XHTML}" href="http://x.test/"/>'), set()),
    "a frame": (invoice(f'<h:iframe xmlns:h="{XHTML}" src="http://x.test/"/>'), {ITSELF}),
    "a picture of another site": (
        invoice(f'<image xmlns="{SVG}" xmlns:l="http://www.w3.org/1999/xlink" l:href="http://x.test/"/>'),
        {ITSELF},
    ),
    "an escaped namespace": (
        invoice('<h:script xmlns:h="http://www.w3.org/1999/&#120;html">x</h:script>'),
        {SCRIPT},
    ),
    "words that are called so": (invoice('<script onload="x">alert(1)</script>'), set()),
    "an attached programme": (
        invoice('<Object filename="Invoice.pdf.exe">TVo=</Object>'),
        {ActiveContent.EXECUTABLE},
    ),
    "an attached page": (invoice('<Object filename="Invoice.pdf">JVBERi0=</Object>'), set()),
    "a prefix of nothing": (invoice("<h:script>x</h:script>"), {ActiveContent.NOT_KNOWN}),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(("content", "kinds"), FILES.values(), ids=FILES.keys())
def test_xml_that_is_more_than_data_to_a_browser_is_told(
    content: str, kinds: set[ActiveContent], encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / "invoice.xml"
    path.write_text(f'<?xml version="1.0" encoding="{encoding}"?>{content}', encoding=encoding)

    found = active_content_of_xml(path)

    assert found == kinds
