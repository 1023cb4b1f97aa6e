"""The samples by name: what each is, and how a run of the import must end for it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

import pillow_heif
from PIL import Image

from local.samples.papers import Invoice, TrainTicket, invoice, train_ticket
from local.samples.photos import photograph
from local.samples.receipts import Receipt, print_receipt
from local.samples.screens import ride_receipt
from shared.domain.rejections import RejectionReason

Outcome = Literal["imported", "duplicate", "rejected"]


@dataclass(frozen=True, slots=True)
class Sample:
    """A file to drop, and how it must end.

    `path` is relative to the folder it is dropped into, with forward slashes. Of two samples with the
    same bytes the import may record either first: together they are one import and one duplicate.
    """

    path: str
    outcome: Outcome
    make: Callable[[], bytes]
    reason: RejectionReason | None = None


def write_samples(directory: Path, samples: Sequence[Sample] | None = None) -> list[Sample]:
    """Write samples (all, unless told which) into the directory, made if need be: the same on every run."""
    written = list(SAMPLES if samples is None else samples)
    for sample in written:
        target = directory / sample.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(sample.make())
    return written


_DARK_WOOD, _LIGHT_WOOD = ("#4a2f1f", "#7a5235"), ("#b98d5c", "#d9b585")
_MARBLE, _CLOTH = ("#a9adb3", "#c9ccd0"), ("#22405f", "#33587f")

_LUNCH = Receipt(
    merchant="Café Lumière",
    address=("12 rue de Rivoli, 75004 Paris", "SIRET 512 345 678 00019"),
    printed="05/11/2026 12:47",
    reference="Table 14",
    items=(
        ("2 Plat du jour", Decimal("29.80")),
        ("1 Eau gazeuse", Decimal("4.50")),
        ("1 Tarte aux pommes", Decimal("6.50")),
        ("2 Café", Decimal("5.20")),
    ),
    vat_rate=Decimal(10),
    vat_label="dont TVA",
    total_label="TOTAL",
    payment="Carte bancaire",
    notes=("Service compris", ""),
    farewell="Merci de votre visite",
)
_DINNER = Receipt(
    merchant="The Copper Kettle",
    address=("4 Grafton Lane, Dublin 2", "Tel. 01 555 0142", "VAT IE 6388047V"),
    printed="03/11/2026 20:16",
    reference="Check 0417",
    items=(
        ("Seafood chowder", Decimal("11.50")),
        ("Beef and stout pie", Decimal("19.80")),
        ("Vegetable curry", Decimal("17.20")),
        ("Sparkling water 75cl", Decimal("5.50")),
        ("Apple crumble x2", Decimal("15.00")),
    ),
    vat_rate=Decimal("13.5"),
    vat_label="incl. VAT",
    total_label="TOTAL",
    payment="Mastercard ****1881",
    farewell="Thank you, see you soon!",
)
_BAKERY = Receipt(
    merchant="Au Bon Levain",
    address=("Boulangerie - Pâtisserie", "8 place Bellecour, 69002 Lyon"),
    printed="06/11/2026 08:05",
    reference="Ticket 212",
    items=(
        ("Croissant x3", Decimal("3.90")),
        ("Pain au chocolat x2", Decimal("3.00")),
        ("Jus d'orange 25cl x2", Decimal("5.80")),
    ),
    vat_rate=Decimal("5.5"),
    vat_label="dont TVA",
    total_label="TOTAL TTC",
    payment="Espèces",
    farewell="Bonne journée !",
)
_PARKING = Receipt(
    merchant="Parking Gare",
    address=("Lyon Part-Dieu, niveau -2", "Borne 07"),
    printed="06/11/2026 18:52",
    reference="AB-123-CD",
    items=(("Stationnement 9 h 40", Decimal("24.60")),),
    vat_rate=Decimal(20),
    vat_label="dont TVA",
    total_label="TOTAL",
    payment="Carte bancaire",
    notes=("Entrée 09:12", "Sortie 18:52"),
    farewell="Bonne route",
)
_TAXI = Receipt(
    merchant="Taxi Spreebogen",
    address=("Invalidenstr. 90, 10115 Berlin", "Konzession 2714"),
    printed="12.11.2026 07:34",
    reference="Nr. 88213",
    items=(("Fahrt 14,2 km", Decimal("36.40")), ("Zuschlag Flughafen", Decimal("1.50"))),
    vat_rate=Decimal(7),
    vat_label="inkl. MwSt",
    total_label="SUMME",
    payment="girocard",
    farewell="Gute Reise!",
)
_TO_LYON = TrainTicket(
    carrier="Rail Hexagone",
    colour="#7a1f4b",
    origin="Paris Gare de Lyon",
    departs="07:58",
    destination="Lyon Part-Dieu",
    arrives="09:56",
    date="5 November 2026",
    train="6607, 2nd class",
    seat="Coach 4, seat 62, window",
    traveller="Camille Martin",
    reference="QXTR7K",
    price=Decimal("89.00"),
    vat_rate=Decimal(10),
    bought="21 October 2026",
)
_TO_HAMBURG = TrainTicket(
    carrier="Spree Express",
    colour="#1d4d4f",
    origin="Berlin Hbf",
    departs="16:06",
    destination="Hamburg Hbf",
    arrives="17:51",
    date="12 November 2026",
    train="SE 706, 1st class",
    seat="Coach 11, seat 35",
    traveller="Camille Martin",
    reference="5KD2MV",
    price=Decimal("54.90"),
    vat_rate=Decimal(7),
    bought="2 November 2026",
)
_BACK_TO_PARIS = TrainTicket(
    carrier="Rail Hexagone",
    colour="#7a1f4b",
    origin="Lyon Part-Dieu",
    departs="18:04",
    destination="Paris Gare de Lyon",
    arrives="20:02",
    date="6 November 2026",
    train="6624, 2nd class",
    seat="Coach 7, seat 18, aisle",
    traveller="Alice Martin",
    reference="LM4W9C",
    price=Decimal("89.00"),
    vat_rate=Decimal(10),
    bought="21 October 2026",
)
_CUSTOMER = ("Exemple Conseil SAS", "Camille Martin", "40 avenue des Ternes", "75017 Paris")
_HOTEL = Invoice(
    issuer="Hôtel des Lumières",
    colour="#263859",
    address=("3 quai des Célestins", "69002 Lyon", "France"),
    number="2026-11-0318",
    date="6 November 2026",
    customer=_CUSTOMER,
    lines=(("Single room, 5 to 6 November", 1, Decimal("118.00")), ("Breakfast", 1, Decimal("14.50"))),
    vat_rate=Decimal(10),
    payment="Paid by Visa on 6 November 2026. Thank you for your stay.",
)
_TELEPHONE = Invoice(
    issuer="Nuage Mobile",
    colour="#b3541e",
    address=("Nuage Mobile SA", "1 rue du Signal", "31000 Toulouse"),
    number="NM-88410227",
    date="1 November 2026",
    customer=_CUSTOMER,
    lines=(
        ("Business plan 100 GB, November", 1, Decimal("24.99")),
        ("Roaming outside the EU, per day", 2, Decimal("4.90")),
    ),
    vat_rate=Decimal(20),
    payment="Debited from your account on 10 November 2026.",
    conditions="Late payment costs three times the legal rate. The courts of Toulouse settle disputes.",
)
_STATEMENT = Invoice(
    issuer="Banque du Confluent",
    colour="#3c3c46",
    address=("Service clients", "69002 Lyon"),
    number="2026-10",
    date="31 October 2026",
    customer=_CUSTOMER,
    lines=(("Account fees, October", 1, Decimal("9.00")),),
    vat_rate=Decimal(20),
    payment="Debited from your account.",
)


def _jpeg(receipt: Receipt, *, tilt: float, table: tuple[str, str], seed: int) -> bytes:
    return _encoded(photograph(print_receipt(receipt), tilt=tilt, table=table, seed=seed), "JPEG", quality=88)


def _heic() -> bytes:
    buffer = io.BytesIO()
    photo = photograph(print_receipt(_DINNER), tilt=2.6, table=_CLOTH, seed=2)
    pillow_heif.from_pillow(photo).save(buffer, quality=55, enc_params={"preset": "ultrafast"})
    return buffer.getvalue()


def _webp() -> bytes:
    photo = photograph(print_receipt(_BAKERY), tilt=-1.4, table=_MARBLE, seed=3)
    return _encoded(photo, "WEBP", quality=82, method=2)


def _fax() -> bytes:
    """A scan as a copier makes it: black and white, compressed like a fax."""
    sheet = Image.new("L", (1240, 1754), 255)
    paper = print_receipt(_PARKING).rotate(1.2, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    sheet.paste(paper, (310, 240))
    black_and_white = sheet.point(lambda value: 255 * (value > 185)).convert("1", dither=Image.Dither.NONE)
    return _encoded(black_and_white, "TIFF", compression="group4", dpi=(150, 150))


def _encoded(image: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


@cache
def _lunch() -> bytes:
    return _jpeg(_LUNCH, tilt=-3.2, table=_DARK_WOOD, seed=1)


def _login_page() -> bytes:
    return (
        b"<!DOCTYPE html>\n<html><head><title>Session expired</title></head>\n"
        b"<body><p>Please log in again to download your invoice.</p></body></html>\n"
    )


def _broken_download() -> bytes:
    """Without its end, an invoice has neither a table of its objects nor a root: nothing to repair."""
    whole = invoice(_TELEPHONE)
    return whole[: len(whole) * 6 // 10]


SAMPLES: tuple[Sample, ...] = (
    Sample("Déjeuner Café Lumière.jpg", "imported", _lunch),
    Sample("IMG_4127.HEIC", "imported", _heic),
    Sample("Screenshot 2026-11-05 at 23.08.png", "imported", lambda: _encoded(ride_receipt(), "PNG")),
    Sample("boulangerie.webp", "imported", _webp),
    Sample("Scan parking.tif", "imported", _fax),
    Sample("Paris-Lyon 5 November.pdf", "imported", lambda: train_ticket(_TO_LYON)),
    Sample("Hôtel des Lumières 2026-11-0318.pdf", "imported", lambda: invoice(_HOTEL)),
    Sample("Nuage Mobile November 2026.pdf", "imported", lambda: invoice(_TELEPHONE)),
    Sample(
        "Berlin trip/Taxi Flughafen.jpg",
        "imported",
        lambda: _jpeg(_TAXI, tilt=4.1, table=_LIGHT_WOOD, seed=4),
    ),
    Sample("Berlin trip/Berlin-Hamburg.pdf", "imported", lambda: train_ticket(_TO_HAMBURG)),
    Sample("Déjeuner Café Lumière (1).jpg", "duplicate", _lunch),
    Sample("Scan 0001.pdf", "rejected", lambda: b"", RejectionReason.EMPTY),
    Sample("invoice-download.pdf", "rejected", _login_page, RejectionReason.UNSUPPORTED_TYPE),
    Sample("Nuage Mobile October 2026.pdf", "rejected", _broken_download, RejectionReason.DAMAGED),
    Sample(
        "Relevé bancaire octobre.pdf",
        "rejected",
        lambda: invoice(_STATEMENT, password="1234"),  # noqa: S106 - the sample's point
        RejectionReason.PASSWORD_PROTECTED,
    ),
)

COLLEAGUE_SAMPLES: tuple[Sample, ...] = (
    # The same receipt as somebody else's: what two colleagues hand in is two expenses.
    Sample("Déjeuner Café Lumière.jpg", "imported", _lunch),
    Sample("Lyon-Paris 6 November.pdf", "imported", lambda: train_ticket(_BACK_TO_PARIS)),
    Sample("parking.jpg", "imported", lambda: _jpeg(_PARKING, tilt=1.7, table=_MARBLE, seed=5)),
)
