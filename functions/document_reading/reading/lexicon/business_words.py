"""Words that tell names of businesses from addresses, headings and the rest of a page's head and foot."""

from __future__ import annotations

import re

from functions.document_reading.reading.lexicon.date_words import DATE_PHRASES
from functions.document_reading.reading.lexicon.folding import listed, phrases
from functions.document_reading.reading.lexicon.label_words import PHRASES

_LEGAL_FORMS = """
    sdn bhd|sdn berhad|bhd|berhad|s b|sb|plt|pte ltd|pty ltd|pvt ltd|co ltd|ltd|limited|plc|llp|llc|inc
    incorporated|corp|corporation
    gmbh|gmbh co kg|gmbh and co kg|gmbh u co kg|mbh|ag|ag co kg|kg|kgaa|ohg|ug|e k|ek|e kfm|eg|gbr|se
    se co kg|e v|ev|ggmbh
    sarl|s a r l|sa rl|s arl|sas|s a s|sasu|sa|s a|eurl|snc|scop|scic|scp|selarl|scm|sca|ei|eirl
    bv|b v|nv|n v|vof|v o f|cv|bvba|sprl|cvba|asbl|vzw
    sl|s l|slu|s l u|sau|s a u|sll|s coop|scl|srl|s r l|srls|spa|s p a|sapa|sc|scarl
    oy|oyj|ab|as|asa|aps|a s|sp z o o|s r o|kft|doo|d o o|ood|eood|sia|uab|ou
    co|company|& co|cie|& cie|gesellschaft
"""

LEGAL_FORMS = frozenset(phrases(_LEGAL_FORMS))
"""What follows a company's name by law, folded and without points."""

LONGEST_LEGAL_FORM = max(map(len, LEGAL_FORMS))

TRADES = listed("""
    enterprise enterprises ent trading trd marketing holdings hardware stationery stationers restaurant
    restaurants restoran
    pasar mini runcit ubat makan minum makanan minuman perabot elektrik basikal emas buku stesen minyak
    alat tulis
    kedai syarikat perniagaan pasaraya mart minimart market supermarket hypermarket store stores shop
    cafe kafe kopitiam
    bistro bakery bakeries pharmacy farmasi clinic klinik station petrol motor motors auto workshop
    gallery book books
    electrical electronics electronic machinery industries industry services service resources supplies
    supply solutions
    confectionery seafood food foods kitchen dining pizza burger coffee tea house hotel inn resort hostel
    motel tyre
    boutique fashion saloon salon laundry printing press optical photo computer technology technologies
    tech global
    international group centre center corner pub bar grill
    imprimerie menuiserie plomberie cabinet societe ets etablissements
    boulangerie patisserie brasserie bistrot tabac pharmacie boucherie epicerie hotel garage librairie
    supermarche
    backerei baeckerei metzgerei apotheke gasthaus gasthof wirtshaus tankstelle buchhandlung markt drogerie
    bakkerij slagerij apotheek supermarkt winkel eetcafe
    panaderia farmacia restaurante bodega cafeteria supermercado taberna mercado libreria gasolinera
    panificio farmacia ristorante trattoria pizzeria osteria albergo tabacchi supermercato enoteca
    """)
"""Kinds of business: a line with one is likely a name, and one that begins with one may continue a name."""

_NEAR_TRADES = {
    trade[:index] + "?" + trade[index + 1 :]: trade
    for trade in sorted(TRADES)
    if len(trade) > 5
    for index in range(len(trade))
}


def trade_meant(word: str) -> str:
    """The trade that a word is but for one misread letter, in capitals; or the word itself."""
    plain = word.lower()
    if plain in TRADES:
        return word
    keys = (plain[:index] + "?" + plain[index + 1 :] for index in range(len(plain)))
    return next((_NEAR_TRADES[key].upper() for key in keys if key in _NEAR_TRADES), word)


_LONG_TRADES = tuple(trade for trade in sorted(TRADES) if len(trade) >= 7)


def trade_parted(word: str) -> str:
    """A long trade parted from what it was read together with: `MEITRADING`. A short one may belong to it."""
    plain = word.lower()
    trade = next((one for one in _LONG_TRADES if plain.endswith(one) and len(plain) > len(one) + 2), None)
    return word if trade is None or plain in TRADES else f"{word[: -len(trade)]} {word[-len(trade) :]}"


_PLACES = listed("""
    jalan jln jin lorong lrg taman tmn bandar kampung kampong kg persiaran lebuh lebuhraya seksyen lot
    bangunan batu plot
    ground floor flr level tingkat block blok blk unit suite kawasan perindustrian
    selangor johor penang perak melaka sabah sarawak pahang kedah kelantan perlis terengganu malaysia
    street st road rd avenue ave lane ln drive boulevard blvd highway hwy square po box
    rue av bd place chemin allee impasse quai cedex route faubourg cours zi za zac bp
    strasse str platz weg allee gasse ring damm ufer postfach
    straat laan plein gracht kade postbus singel dijk
    calle avda avenida paseo plaza carretera ctra poligono apartado
    via viale piazza piazzale corso largo vicolo strada
    """)
_STREET_ENDINGS = (
    "strasse",
    "straße",
    "str",
    "straat",
    "gasse",
    "allee",
    "laan",
    "platz",
    "weg",
    "gracht",
    "plein",
)
_POSTCODE = re.compile(r"(?<!\d)(?:[A-Z]{1,2}-)?\d{4,5}(?: ?[A-Z]{2})?(?!\d)")

_HEADINGS = listed("""
    invoice receipt bill cash sales tax simplified gst copy duplicate original official customer check
    guest order table
    invoicetax date page total welcome thank you merchant no number counter cashier
    facture ticket avoir recu client date duplicata bienvenue merci caisse devis
    rechnung quittung beleg kassenbon bon gutschrift kunde datum seite handelsrechnung lieferschein
    factuur kassabon nota datum klant pagina name nom nummer numero anschrift adresse address adres
    website internet
    factura recibo fecha cliente pagina simplificada gracias
    fattura ricevuta scontrino data cliente documento commerciale pagina
    """)


def is_address(words: tuple[str, ...], text: str) -> bool:
    """Whether a line seems to be of an address: a street or a place, with a number."""
    has_figure = any(character.isdigit() for character in text)
    places = sum(word in _PLACES or (len(word) > 6 and word.endswith(_STREET_ENDINGS)) for word in words)
    if has_figure and (places or _POSTCODE.search(text)):
        return True
    return places > 1 or (places == 1 and text.rstrip().endswith((",", ".")))


DOCUMENT_WORDS = listed(
    """
    invoice receipt facture avoir ticket devis rechnung quittung beleg gutschrift factuur kassabon
    factura recibo fattura
    ricevuta scontrino datum fecha subtotal payment paiement zahlung numero nummer number voucher duplicata
    """
)
"""Words that are in no shop's name."""
TITLES = DOCUMENT_WORDS | listed("bill nota date data page seite total order")
"""What a line begins with that is no name, whatever follows."""
_COUNTRIES = listed(
    """
    france deutschland germany allemagne nederland netherlands belgique belgie belgium luxembourg suisse
    schweiz
    switzerland osterreich austria espana spain espagne italia italy italie portugal ireland england
    london paris berlin
    kingdom united states usa uk singapore
    """
)


def is_heading(words: tuple[str, ...]) -> bool:
    """Whether words are nothing but what documents, columns or countries are called."""
    return all(word in _HEADINGS or word in _COUNTRIES or word in _LABELS or word.isdigit() for word in words)


_LABELS = (
    frozenset(phrase[0] for table in (PHRASES, DATE_PHRASES) for phrase in table if len(phrase) == 1) - TRADES
)
