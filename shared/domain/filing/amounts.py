"""Writes amounts with as many decimals as their currency has."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

# Every currency whose minor unit is not a hundredth, by ISO 4217, list one:
# https://www.six-group.com/en/products-services/financial-information/data-standards.html
_CURRENCIES_BY_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_DECIMALS = {code: decimals for decimals, codes in _CURRENCIES_BY_DECIMALS.items() for code in codes.split()}
_USUAL_DECIMALS = 2
_CODE = re.compile("[A-Z]{3}")
# Nobody spends ten trillion in any currency: what needs more digits is not an amount.
_MOST_DIGITS = 16


def currency_code(currency: str | None) -> str | None:
    """`EUR` for ` eur`; None for what is no currency's code."""
    code = (currency or "").strip().upper()
    return code if _CODE.fullmatch(code) else None


def decimals_of(currency: str | None) -> int:
    """How many decimals amounts in this currency have; two where it is not known."""
    return _DECIMALS.get(currency_code(currency) or "", _USUAL_DECIMALS)


def amount_text(amount: Decimal | None, currency: str | None) -> str | None:
    """`84.00`, `-1200` (JPY), `0.500` (KWD); rounded half up, ungrouped; None where it is no amount."""
    if amount is None or not amount.is_finite():
        return None
    unit = Decimal(1).scaleb(-decimals_of(currency))
    try:
        rounded = amount.quantize(unit, context=Context(prec=_MOST_DIGITS, rounding=ROUND_HALF_UP))
    except InvalidOperation:
        return None
    return format(rounded or rounded.copy_abs(), "f")
