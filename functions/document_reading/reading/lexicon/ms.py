"""Malay, as Malaysian documents mix it with English."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "januari", "februari", "mac", "april", "mei", "jun", "julai", "ogos", "september", "oktober",
        "november", "disember dis",
    ),
    dates={DateLabel.DATE: "tarikh"},
    amounts={
        Role.TOTAL: "jumlah",
        Role.ROUNDING: "pembundaran",
        Role.PAID: "tunai|bayaran",
        Role.CHANGE: "baki|kembali",
    },
    invoices="",
    receipts="",
    credit_notes="",
    document_words="",
    headings="",
    sellers="",
    buyers="",
    registers="",
    not_names="",
    legal_forms="sdn bhd|sdn berhad|bhd|berhad|s b|sb|plt",
    trades="""
        restoran pasar mini runcit ubat makan minum makanan minuman perabot elektrik basikal emas buku
        stesen minyak alat tulis kedai syarikat perniagaan pasaraya kafe kopitiam farmasi klinik
    """,
    open_ends="dan",
    places="""
        jalan jln jin lorong lrg taman tmn bandar kampung kampong kg persiaran lebuh lebuhraya seksyen
        sek bangunan batu plot tingkat kawasan perindustrian selangor johor penang perak melaka sabah sarawak
        pahang kedah kelantan perlis terengganu malaysia bahru bharu
    """,
    categories={
        Category.MEAL: "restoran|kopitiam",
        Category.TOLL: "tol",
        Category.GROCERIES: "pasaraya",
        Category.POSTAGE: "pos laju",
    },
)  # fmt: skip
