"""How much each piece of evidence speaks for a candidate, or against it.

A candidate for the merchant, the total or the date has a name and an amount for each piece of evidence:
mostly 1.0, less where it holds in part. Its score is the sum of their weights. `python -m bench.fit` measures
whether weights fitted to documents do better than these, which were set by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

Evidence = Mapping[str, float]
"""The pieces of evidence of one candidate, each with how much of it there is."""
Weights = Mapping[str, float]

MERCHANT: Weights = {
    # Tills: the first, second… line that may be a name.
    "receipt: line 1": 4.0,
    "receipt: line 2": 3.0,
    "receipt: line 3": 2.0,
    "receipt: later line": 1.0,
    "receipt: legal form": 3.5,
    "receipt: trade": 1.5,
    "receipt: large print": 1.0,
    "receipt: above an address": 0.9,
    "receipt: in doubt": -1.0,
    "receipt: former name": -6.0,
    # The company behind the shop that is named above it.
    "receipt: operates it": -5.0,
    # Sheets. A name without a legal form may as well be a place, a person or a product.
    "sheet: legal form": 3.0,
    "sheet: bare": -2.0,
    "sheet: trade": 0.5,
    "sheet: first": 1.5,
    "sheet: head": 1.5,
    "sheet: foot": 1.0,
    # Where the addressee's window is in France, unless registers say that it is the seller.
    "sheet: right of head": -1.0,
    "sheet: largest print": 2.0,
    # A name with its address on one line.
    "sheet: return address": 4.5,
    # The document itself calls it the seller's: more than all else together.
    "sheet: stated": 14.0,
    # A company's register near the name; tax numbers alone are printed of buyers, too.
    "sheet: register": 3.0,
    "sheet: tax number": 1.0,
    "sheet: seller's label": 4.0,
    "sheet: seller's block": 4.0,
    "sheet: former name": -4.0,
    "sheet: buyer": -5.0,
    # Everywhere.
    "web page": -3.5,
    "mention of web page": 0.5,
    "agrees with domain": 3.0,
    "named like domain": 3.0,
    "repeated": 1.0,
    # The name of a buyer where it stands again, without the heading that says so.
    "buyer's name": -3.0,
}

TOTAL: Weights = {
    # A label alone is worth about as much as one proof.
    "label: payable": 6.0,
    "label: gross": 5.5,
    "label: total": 5.0,
    "label: tax or gross": 4.5,
    "label: net or total": 4.0,
    "label: subtotal": 2.5,
    "label: amount": 2.0,
    "label: left": 2.0,
    "label: paid": 2.0,
    "label: net": 1.5,
    "label: none": -1.0,
    "proof: cash minus change": 4.0,
    "proof: net plus tax": 4.0,
    "proof: tax table": 3.0,
    "proof: tax free": 1.0,
    "proof: less discount": 2.0,
    "proof: rounded": 4.0,
    "proof: prepaid and left": 3.0,
    "proof: paid exactly": 2.5,
    "proof: tipped": 7.0,
    "proof: tax rate": 2.0,
    "proof: items": 2.0,
    "proof: repeated": 1.0,
    "low on the page": 0.5,
    "before more": -6.0,
    "before taxes": -3.0,
    # Something greater is called a total, and nothing says why: it is likely a part of that.
    "less than another": -2.0,
}

DATE: Weights = {
    "label: issue": 6.0,
    "label: title": 4.0,
    "label: date": 4.0,
    "label: print": 1.0,
    "label: none": 0.0,
    "label: service": -1.0,
    "label: order": 0.0,
    "label: due": -3.0,
    "label: other": -4.0,
    # Tills print the time beside the date; on a sheet of paper it may be that of a journey.
    "time on receipt": 2.0,
    "time on sheet": 0.5,
    "repeated": 0.75,
    "high on the page": 1.0,
}


def weighed(evidence: Evidence, weights: Weights) -> float:
    """What the evidence comes to."""
    return sum(weights[piece] * amount for piece, amount in evidence.items())
