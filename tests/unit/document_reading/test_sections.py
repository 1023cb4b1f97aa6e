"""Whose block a name stands in, and what that makes of it."""

from __future__ import annotations

from functions.document_reading.reading.merchant.merchant import merchant_of
from functions.document_reading.reading.print.lines import lines_of
from functions.document_reading.reading.print.sections import Party, blocks_of, party_of_heading
from tests.unit.document_reading.papers.typewriter import typed

VIEWER = """
Ansicht einer elektronischen Rechnung    (c) Viewer e.V. 2024
RECHNUNG (380) Nr. 4711 vom 03.10.2024

Verkäufer
Nummer:           549910
Name:             Tischlerei Ahorn
Ansprechpartner:  Frau Petra Span
Anschrift:        Holzweg 12
                  DE 37079 Göttingen
E-Mail:           petra.span@tischlerei-ahorn.de
Käufer/Leistungsempfänger
Nummer:           330145
Name:             Birke Verwaltung GmbH
Anschrift:        Gartenstraße 12
                  DE 37073 Göttingen
E-Mail:           einkauf@birke-verwaltung.de
Abweichender Warenempfänger
Name:             Birke Verwaltung GmbH

Positionsdaten
Pos   Beschreibung          Nettopreis     Menge     Steuer     Betrag
1     Regal nach Maß          1.000,00     1 Stk       19 %   1.000,00
Bruttosumme                                                   1.190,00
"""

TWO_COLUMNS = """
INVOICE                                          No. 7781
Seller                                 Buyer
Larkspur Joinery                       Whitcombe Estates Ltd
12 Mill Lane                           4 Harbour Street
Bath BA1 2AB                           Bristol BS1 4ST
Invoice date: 12 March 2024
Table, oak                                                 480.00
Total                                                      480.00
"""

TWO_LINE_NAME = """
Rechnung Nr. 12 vom 11.03.2024
Verkäufer:
MVM Beispielhafter
Versicherungsverein Beispielstadt e.G.
Musterstr. 12
DE 12345 Beispielstadt
Käufer:
Max Mustermann
Rechnungsbetrag                                            220,00 EUR
"""


def lines_on(text):
    return lines_of([typed(text)])


def test_the_name_in_the_sellers_block_is_the_merchant():
    merchant = merchant_of(lines_on(VIEWER))

    assert merchant.name == "Tischlerei Ahorn"
    assert merchant.is_confirmed


def test_blocks_beside_each_other_are_told_apart_by_their_columns():
    merchant = merchant_of(lines_on(TWO_COLUMNS))

    assert merchant.name == "Larkspur Joinery"
    assert merchant.is_confirmed


def test_a_name_goes_on_in_the_line_that_has_its_legal_form():
    merchant = merchant_of(lines_on(TWO_LINE_NAME))

    assert merchant.name == "MVM Beispielhafter Versicherungsverein Beispielstadt e.G."


WIDE = f"\n\n\n{'x' * 100}\n"
"""Makes the page a sheet."""


def test_a_name_may_begin_in_the_line_above_its_label():
    page = "Verkäufer\nNummer:    549910\n           Alpen Beispielhafter\nName:      Verein Beispielstadt e.G.\n"

    assert merchant_of(lines_on(page + WIDE)).name == "Alpen Beispielhafter Verein Beispielstadt e.G."


def test_the_line_below_a_heading_is_no_part_of_a_labelled_name():
    page = "Verkäufer\nAhorn Möbel\nName:      Tischlerei Ahorn GmbH\n"

    assert merchant_of(lines_on(page + WIDE)).name == "Tischlerei Ahorn GmbH"


def test_a_buyer_is_not_confirmed_by_being_named_twice_nor_by_its_domain():
    without_seller = VIEWER.replace("Verkäufer\n", "").replace("Tischlerei Ahorn", "")

    merchant = merchant_of(lines_on(without_seller))

    assert merchant is None or merchant.name != "Birke Verwaltung GmbH" or not merchant.is_confirmed


def test_a_domain_that_has_but_a_word_of_the_name_does_not_confirm_it():
    page = "MARCO\nwww.marcopolo-steakhouse.com\n12/03/2024 18:20\nTotal 12.00\n"

    merchant = merchant_of(lines_on(page))

    assert merchant.name == "MARCO"
    assert not merchant.is_confirmed


def test_a_block_ends_at_the_next_heading():
    blocks = blocks_of(lines_on(VIEWER))

    assert [block.party for block in blocks] == [Party.SELLER, Party.BUYER, Party.BUYER]
    assert not any("Birke" in cell.text for _index, cell in blocks[0].cells)
    assert not any("Regal" in cell.text for _index, cell in blocks[2].cells)


def test_what_a_label_asks_for_is_no_heading():
    blocks = blocks_of(lines_on("Kontoname:      Kontoinhaber\nIBAN:           DE12500105170648489890\n"))

    assert blocks == []


def test_headings_are_known_with_what_they_are_filled_up_with():
    assert party_of_heading("Adresse du client") is Party.BUYER
    assert party_of_heading("Ver käufer:") is Party.SELLER
    assert party_of_heading("Kunde und Käufer") is Party.BUYER
    assert party_of_heading("Customer service is open from nine to five") is None
    assert party_of_heading("Verkäufer-BIC:") is None
