"""Which of two pieces of evidence weighs more: what a change of one weight would turn round."""

from __future__ import annotations

import pytest

from functions.document_reading.reading.weights import DATE, MERCHANT, TOTAL, weighed


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        ("line 1", "line 2"),
        ("line 2", "line 3"),
        ("line 3", "later line"),
        ("line 2, legal form", "line 1, trade"),
        ("line 2, trade", "line 1"),
        ("line 3, legal form", "line 1, large print"),
        ("later line, legal form", "line 1"),
        ("line 1, trade", "later line, legal form"),
        ("line 1, large print", "line 2, trade"),
        ("line 2", "line 1, in doubt, in doubt"),
        ("line 1, in doubt", "line 3"),
        ("line 2, large print, above an address", "line 1"),
        ("line 1", "line 2, above an address"),
        ("later line", "line 1, former name"),
        ("line 1, large print", "later line, trade, legal form, former name"),
        ("line 1, legal form, former name", "later line"),
        ("line 1, legal form, operates it", "line 3"),
    ],
)
def test_what_goes_before_what_on_a_receipt(winner, loser):
    assert _sum(winner, "receipt: ", MERCHANT) > _sum(loser, "receipt: ", MERCHANT)


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        ("sheet: legal form, sheet: head", "sheet: legal form, sheet: foot"),
        ("sheet: legal form, sheet: first", "sheet: legal form, sheet: foot"),
        ("sheet: legal form, sheet: register", "sheet: legal form, sheet: tax number, sheet: head"),
        ("sheet: legal form, sheet: tax number", "sheet: legal form"),
        ("sheet: legal form", "sheet: bare, sheet: head, sheet: largest print, sheet: tax number"),
        ("sheet: bare, sheet: first, sheet: head, sheet: largest print", "web page, mention of web page"),
        ("sheet: legal form, sheet: return address", "sheet: legal form, sheet: first, sheet: largest print"),
        ("sheet: stated", "sheet: legal form, sheet: return address, sheet: register, agrees with domain"),
        ("sheet: legal form, sheet: seller's block", "sheet: legal form, sheet: register, sheet: trade"),
        ("sheet: legal form, sheet: seller's label", "sheet: legal form, sheet: register, sheet: trade"),
        ("sheet: legal form", "sheet: legal form, sheet: register, sheet: former name"),
        ("sheet: legal form", "sheet: legal form, sheet: return address, sheet: buyer"),
        ("sheet: legal form", "sheet: legal form, sheet: head, sheet: right of head, buyer's name"),
        ("sheet: legal form, sheet: head, sheet: right of head", "sheet: legal form"),
        ("sheet: legal form", "sheet: legal form, sheet: foot, sheet: right of head, sheet: right of head"),
        ("sheet: trade, sheet: bare", "sheet: bare"),
        ("sheet: bare, agrees with domain", "web page, mention of web page, mention of web page"),
        ("named like domain, web page", "web page, repeated"),
        ("web page, mention of web page, agrees with domain", "sheet: bare, sheet: first"),
        ("agrees with domain", "sheet: tax number, sheet: first"),
        ("repeated", "mention of web page"),
        ("sheet: bare, sheet: first, sheet: head", "sheet: legal form, buyer's name"),
        (
            "sheet: legal form, sheet: return address, sheet: first, sheet: head, repeated",
            "sheet: stated, buyer's name",
        ),
        ("sheet: legal form, sheet: return address", "sheet: legal form, sheet: seller's label"),
        ("sheet: legal form, sheet: return address", "sheet: legal form, sheet: seller's block"),
        ("sheet: legal form, sheet: register, sheet: former name", "sheet: bare, agrees with domain"),
        (
            "sheet: legal form, sheet: return address, sheet: head, sheet: buyer",
            "sheet: legal form, sheet: trade",
        ),
        ("web page, agrees with domain, named like domain", "sheet: bare, agrees with domain"),
        ("sheet: legal form, sheet: trade", "named like domain"),
        ("sheet: legal form, sheet: head, buyer's name", "sheet: bare, named like domain"),
        ("sheet: head", "repeated"),
    ],
)
def test_what_goes_before_what_on_a_sheet(winner, loser):
    assert _sum(winner, "", MERCHANT) > _sum(loser, "", MERCHANT)


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        ("label: payable", "label: gross"),
        ("label: gross", "label: total"),
        ("label: total", "label: tax or gross"),
        ("label: tax or gross", "label: net or total"),
        ("label: net or total", "label: subtotal"),
        ("label: subtotal", "label: amount"),
        ("label: amount", "label: net"),
        ("label: left", "label: net"),
        ("label: paid", "label: net"),
        ("label: net", "label: none"),
        ("label: total, proof: cash minus change", "label: payable, proof: paid exactly"),
        ("label: net or total, proof: net plus tax", "label: payable, proof: repeated"),
        ("label: total, proof: tax table", "label: gross, proof: items"),
        ("label: total, proof: rounded", "label: gross, proof: prepaid and left"),
        ("label: total, proof: less discount", "label: payable"),
        ("label: total, proof: tax free", "label: gross"),
        ("label: none, proof: tipped", "label: gross"),
        ("label: paid, proof: tipped", "label: payable, proof: less discount"),
        ("label: total, proof: tax rate", "label: payable"),
        ("label: subtotal", "label: payable, before more"),
        ("label: net or total", "label: payable, before taxes"),
        ("label: payable, before taxes", "label: subtotal"),
        ("label: total", "label: payable, less than another"),
        ("label: payable, less than another", "label: subtotal, low on the page"),
        ("label: total, low on the page", "label: total"),
        ("label: gross, label: none", "label: net or total"),
        ("label: subtotal", "label: left"),
        ("label: subtotal", "label: paid"),
        ("label: none, proof: tipped", "label: net, proof: cash minus change"),
        ("label: none, proof: tipped", "label: net, proof: net plus tax"),
        ("label: none, proof: tipped", "label: net, proof: rounded"),
        ("label: total, proof: cash minus change", "label: net, proof: tipped"),
        ("label: total, proof: net plus tax", "label: gross, proof: tax table"),
        ("label: total, proof: tax rate", "label: gross, proof: tax free"),
        ("label: total, proof: paid exactly", "label: total, proof: tax rate"),
        ("label: payable, proof: net plus tax, before more", "label: subtotal, proof: tax free"),
    ],
)
def test_what_goes_before_what_as_a_total(winner, loser):
    assert _sum(winner, "", TOTAL) > _sum(loser, "", TOTAL)


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        ("label: issue", "label: title"),
        ("label: issue", "label: date, high on the page"),
        ("label: date", "label: print, time on receipt"),
        ("label: title", "label: print, time on receipt"),
        ("label: print", "label: order"),
        ("label: order", "label: service"),
        ("label: none", "label: service"),
        ("label: service", "label: due"),
        ("label: due", "label: other"),
        ("label: none, time on receipt", "label: none, high on the page"),
        ("label: none, high on the page", "label: none, time on sheet"),
        ("label: none, high on the page", "label: none, repeated"),
        ("label: none, repeated", "label: none, time on sheet"),
        ("label: date, high on the page", "label: date, repeated"),
        ("label: none", "label: due, time on receipt"),
        ("label: none", "label: other, time on receipt, high on the page"),
        ("label: date, time on receipt, repeated", "label: issue"),
        ("label: date, repeated", "label: title"),
        ("label: print", "label: none"),
        ("label: service, time on receipt", "label: none, time on sheet"),
        ("label: other, time on receipt", "label: due"),
    ],
)
def test_what_goes_before_what_as_a_date(winner, loser):
    assert _sum(winner, "", DATE) > _sum(loser, "", DATE)


def _sum(pieces: str, prefix: str, weights: dict[str, float]) -> float:
    names = [prefix + piece for piece in pieces.split(", ")]
    return weighed({name: float(names.count(name)) for name in names}, weights)
