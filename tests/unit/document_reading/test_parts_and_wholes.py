"""A part is not taken for the whole: papers on which something else than the total is called one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.document_reading.reading.amounts.labels import Label, label_of
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.read_pages import read_pages
from tests.unit.document_reading.papers.typewriter import typed

HERON = """
BLUE HERON DINER
12 Pearl St, Boulder, CO 80302
11/14/2024 7:52 PM
Subtotal           83.00
Sales Tax           7.34
"""

PAPERS = {
    "a_part_at_one_rate_above_what_is_payable": (
        Source.OCR,
        "40.20",
        """
KEDAI RUNCIT MAJU SDN BHD
No 3, Jalan Mawar, 81750 Masai, Johor
TAX INVOICE
15/03/2018 18:20
Milk                 SR     4.20
Bread                SR     4.20
Rice                 ZR    31.80
Total 6% supplies (Inc. GST)      8.40
Total 0% supplies                31.80
Total Payable                    40.20
Cash                             50.00
Change                            9.80
""",
    ),
    "sums_of_supplies_at_each_rate": (
        Source.OCR,
        "40.18",
        """
KEDAI RUNCIT MAJU SDN BHD
15/03/2018 18:20
Milk                  8.40
Rice                 31.78
Total 0% supplies:               31.78
Total 6% supplies (Inc. GST):     8.40
Total Payable:                   40.18
GST Summary   Amount   GST
SR 6%          7.92    0.48
ZR 0%         31.78    0.00
""",
    ),
    "sums_of_a_tax_table_below_the_total": (
        Source.TEXT,
        "30.90",
        """
MARKT AM RING
Ringstr. 4, 12345 Berlin
03.04.2024 12:20
Brot                2,14 A
Lampe              28,76 B
Summe              30,90
MwSt   Netto   Steuer   Brutto
A 7 %   2,00    0,14     2,14
B 19 % 24,17    4,59    28,76
Gesamtbetrag A      2,14
Gesamtbetrag B     28,76
""",
    ),
    "totals_by_rate_before_the_total": (
        Source.TEXT,
        "45.00",
        """
CAFE DU PORT
3 quai des Belges 13001 Marseille
SIRET 812 345 678 00021
12/05/2024 13:10
Total TTC 10%      33,00
Total TTC 20%      12,00
TOTAL              45,00
CB                 45,00
dont TVA 10%        3,00
dont TVA 20%        2,00
""",
    ),
    "totals_by_rate_and_the_amount_due": (
        Source.TEXT,
        "26.40",
        """
CORNER STORE LTD
4 High Street, London
12/05/2024 13:10
Total at 20%       24.00
Total at 0%         2.40
Amount due         26.40
Card               26.40
""",
    ),
    "label_words_in_names_of_items": (
        Source.OCR,
        "12.40",
        """
KOPITIAM A&W
Jalan Besar, Johor
12/05/2018 13:10
MINERAL W           2.00
A&W ROOT BEER       4.40
SUMMER ROLL         3.00
TUNA                3.00
TOTAL              12.40
CASH               20.00
CHANGE              7.60
""",
    ),
    "items_like_label_words": (
        Source.OCR,
        "32.00",
        """
FRUIT HUT
Jalan Besar, Johor
12/05/2018 13:10
GRASS JELLY         9.00
CARNE              20.00
DRINK WITH ICE      3.00
TOTAL              32.00
""",
    ),
    "a_clause_on_late_payment": (
        Source.TEXT,
        "240.00",
        """
ATELIER DUVAL SARL
SIRET 812 345 678 00021
FACTURE N° 2024-12        Date : 12/05/2024
Conseil                            200,00 €
Total HT                           200,00 €
TVA 20 %                            40,00 €
Total TTC                          240,00 €
Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40,00 €
Pénalités de retard : taux BCE + 10 points. Escompte pour paiement anticipé : néant
""",
    ),
    "what_was_put_into_a_machine": (
        Source.TEXT,
        "38.00",
        """
NCP CAR PARKS
12 Station Road, London
Entry 13/11/2026 18:02
Exit 14/11/2026 09:10
Fee                38.00
Accepted total     40.00
Change              2.00
""",
    ),
    "tip_after_the_total": (
        Source.TEXT,
        "32.00",
        """
BRASSERIE DU LAC
12 rue des Lilas 75006 Paris
14/11/2024 22:10
Choucroute         29,00
TOTAL TTC          29,00 €
dont TVA 10%        2,64
CB                 29,00
Pourboire           3,00
Total CB           32,00
""",
    ),
    "tips_that_are_suggested": (
        Source.TEXT,
        "90.34",
        HERON
        + """\
Total              90.34
Suggested gratuity:
18% Tip $14.94 Total $105.28
22% Tip $18.26 Total $108.60
""",
    ),
    "tips_that_are_suggested_without_a_rate": (
        Source.TEXT,
        "90.34",
        HERON
        + """\
Total Due          90.34
Suggested Tip (based on pre-tax amount)
Good (Tip $14.94 Total $105.28)
Great (Tip $18.26 Total $108.60)
""",
    ),
    "one_tip_in_a_line_with_the_total": (
        Source.TEXT,
        "105.28",
        HERON
        + """\
Total              90.34
Tip $14.94 Total $105.28
""",
    ),
    "tips_that_are_suggested_where_nothing_is_called_total": (
        Source.TEXT,
        "16.74",
        """
BLUE HERON DINER
12 Pearl St, Boulder, CO 80302
11/14/2024 12:40 PM
Pancakes                     12.00
Coffee                        3.50
Subtotal                    $15.50
Tax                          $1.24
Total Due                   $16.74
Suggested Tip (based on pre-tax amount)
18%: (Tip $2.79 Total $19.53)
20%: (Tip $3.10 Total $19.84)
25%: (Tip $3.88 Total $20.62)
""",
    ),
    "a_deposit_taken_off": (
        Source.TEXT,
        "600.00",
        """
HILLTOP HALLS LTD
Invoice HV-221
Invoice date 5 Nov 2024
Room hire                   £500.00
VAT 20%                     £100.00
Total                       £600.00
Less deposit paid           £150.00
Amount due                  £450.00
""",
    ),
    "a_void": (
        Source.TEXT,
        "55.39",
        """
EL PUERTO
Fairview, NJ 07022
11/02/2024 19:46
Subtotal           $69.90
Void              -$17.95
Tax                 $3.44
Sbtl w/Tax         $73.34
Amt Due            $55.39
""",
    ),
    "a_total_in_a_box_above_its_amount": (
        Source.TEXT,
        "960.00",
        """
DURAND CONSEIL SARL
SIRET 812 345 678 00012
FACTURE F-2024-31
Date : 06/11/2024
Net à payer
960,00 EUR
Conseil juridique       960,00 EUR
""",
    ),
    "items_that_name_their_rate": (
        Source.TEXT,
        "20.35",
        """
Gutes Haus GmbH
Rechnung Nr. 77 vom 11.03.2024
Pos  Artikel       Preis   Menge   Steuer       Betrag
1    Zucker         1,45    2 Stk   7 % VAT        2,90
2    Salz           0,50   10 Stk   7 % VAT        5,00
3    Lampe         10,00    1 Stk  19 % VAT       10,00
Nettobetrag                                       17,90
Steuerbetrag                                       2,45
Bruttosumme                                       20,35
""",
    ),
}


@pytest.mark.parametrize(("source", "total", "paper"), PAPERS.values(), ids=PAPERS)
def test_reads_the_whole_beside(source, total, paper):
    reading = read_pages([typed(paper, source)], country=None)

    assert reading.total.value == Decimal(total)


def test_one_row_of_a_tax_table_confirms_nothing_but_itself():
    paper = """
MARKET HALL LTD
4 High Street, London
12/05/2024 13:10
Total              7.92
VAT   Net     Tax    Gross
20 %  6.60    1.32    7.92
0 %  31.78    0.00   31.78
Total             39.70
"""

    total = read_pages([typed(paper)], country=None).total

    assert total.value != Decimal("7.92") or not total.is_confirmed


def test_a_sheet_titled_as_a_credit_note_gives_its_amounts_back():
    paper = """
Office Bureau France SNC        126 avenue du Poteau, 60300 Senlis             contact@bureau.example
AVOIR N° AV-2024-0331
Date : 06/11/2024
Total HT                                                                                    149,00 €
TVA 20%                                                                                      29,80 €
Total TTC                                                                                   178,80 €
"""

    reading = read_pages([typed(paper)], country=None)

    assert reading.total.value == Decimal("-178.80")
    assert not reading.total.is_confirmed
    assert [line.amount for line in reading.vat] == [Decimal("-29.80")]


def test_an_invoice_that_the_buyer_writes_is_no_credit_note():
    paper = "Gutschrift (Selbst ausgestellte Rechnung) Nr. 4 vom 31.10.2024\nBruttosumme      200,00 EUR\n"

    reading = read_pages([typed(paper)], country=None)

    assert reading.total.value == Decimal("200.00")
    assert not reading.is_credit_note


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("MINERAL W", Label.NONE),
        ("GRASS JELLY", Label.NONE),
        ("TUNA", Label.NONE),
        ("CARNE", Label.NONE),
        ("Total w/tax", Label.GROSS),
        ("T0TAL", Label.TOTAL),
        ("Roundlng", Label.ROUNDING),
        ("Total 6% supplies (Inc. GST)", Label.OTHER),
        ("Less deposit paid", Label.PREPAID),
        ("Subtotal w/tax", Label.SUBTOTAL),
        ("Pourboire", Label.TIP),
    ],
)
def test_what_ocr_may_have_read_is_taken_for_a_label_only_where_it_looks_like_one(text, label):
    assert label_of(text, is_ocr=True) is label
