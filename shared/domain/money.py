"""What may be an amount and a currency on the host's expenses."""

from __future__ import annotations

from decimal import Decimal

MOST_DIGITS = 18
"""Before and after the point together: a host keeps amounts as numbers, and as text of bounded length."""

CURRENCIES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ
    GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR
    LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN
    PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
    TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW
    ZWG
    """.split()  # noqa: SIM905 - a list of 157 lines reads worse
)
"""The money of ISO 4217 that one can pay with: neither funds, metals nor test codes."""


def is_bearable(amount: Decimal) -> bool:
    """Whether it is finite and written in full has no more digits than money has."""
    if not amount.is_finite():
        return False
    _, digits, exponent = amount.as_tuple()
    if not isinstance(exponent, int) or abs(exponent) > MOST_DIGITS:
        return False
    return max(len(digits) + max(exponent, 0), -exponent) <= MOST_DIGITS
