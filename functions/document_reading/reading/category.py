"""What kind of expense a document seems to be, by the words in it: a suggestion for its user."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.document_reading.reading.lexicon.folding import fold
from functions.document_reading.reading.model import Category
from functions.document_reading.reading.print.lines import Line

_WORDS = {
    Category.FUEL: r"petrol|diesel|unleaded|ron ?9\d|pump|litres?|gazole|carburant|sp9[58]|super ?e10"
    r"|tankstelle|benzin|kraftstoff|tanken|brandstof|gasolina|gasoleo|gasolinera|carburante"
    r"|benzina|station.service|fuel",
    Category.HOTEL: r"hotel|room|night|nights|check.?in|check.?out|nuitee|nuitees|chambre|taxe de sejour"
    r"|ubernachtung|zimmer|kurtaxe|overnachting|kamer|toeristenbelasting|habitacion|noche|noches"
    r"|camera|notte|notti|lodging|inn|resort",
    Category.MEAL: r"restaurant|restoran|cafe|kopitiam|coffee|tea|pizza|burger|chicken|rice|noodles?"
    r"|beer|table"
    r"|pax|guests?|couverts?|brasserie|bistro|menu|plat|dessert|boisson|gasthaus|speisen"
    r"|getranke|bewirtung|eetcafe|restaurante|cubiertos|ristorante|trattoria|pizzeria|coperto"
    r"|dine.?in|take.?away|takeout|waiter|server|serv(?:ice)? charge|food",
    Category.TRAIN: r"sncf|tgv|ter|train|railway|rail|deutsche bahn|ice|bahn|bahncard|fahrkarte|ns reizigers"
    r"|trein|renfe|ave|tren|trenitalia|italo|treno|eurostar|thalys|voiture|place assise|wagen"
    r"|sitzplatz|platform",
    Category.FLIGHT: r"airlines?|flight|boarding|airport|vol|aeroport|flug|flughafen|vlucht|vuelo|volo"
    r"|e-?ticket"
    r"|airways|baggage",
    Category.TAXI: r"taxi|uber|cab|grab|bolt|vtc|chauffeur|ride|fare|fahrpreis|taxifahrt|course|trip fare"
    r"|taxirit|carrera",
    Category.PUBLIC_TRANSPORT: r"metro|tram|bus|subway|ratp|navigo|bvg|mvg|hvv|verkehrsbetriebe|opnv"
    r"|fahrten-?karte"
    r"|einzelfahrt|gvb|ov-?chipkaart|emt|atac|atm|lrt|mrt|rapid|transport public",
    Category.CAR_RENTAL: r"car rental|rent a car|location de vehicule|mietwagen|autovermietung|autoverhuur"
    r"|alquiler de coches|autonoleggio|hertz|avis|europcar|sixt|enterprise rent",
    Category.PARKING: r"parking|car park|parkhaus|parkplatz|parkschein|stationnement|horodateur|parkeren"
    r"|parkeergarage|aparcamiento|parcheggio|park",
    Category.TOLL: r"toll|peage|autoroute|maut|tol|peaje|pedaggio|autostrada|telepass|plus expressway|badge",
    Category.TELECOM: r"telecom|mobile|broadband|internet|fiber|fibre|forfait|abonnement|freebox|gsm"
    r"|sim|telephone"
    r"|handy|mobilfunk|dsl|telefoon|telefonia|communications|roaming|phone plan|haut debit",
    Category.SOFTWARE: r"subscription|software|licen[cs]e|saas|cloud|hosting|server|domain|web services"
    r"|storage"
    r"|exchange|nom de domaine|hebergement|lizenz|softwarelicentie|api|data transfer",
    Category.OFFICE_SUPPLIES: r"stationery|stationers|office|paper|printer|ink|toner|pen|ruler|books?"
    r"|laminating|folder"
    r"|chair|papeterie|fournitures|cartouche|burobedarf|schreibwaren|papier|trennblatter"
    r"|kantoorartikelen|papeleria|cancelleria",
    Category.GROCERIES: r"supermarket|supermarche|supermarkt|hypermarket|mini ?market|minimart|grocery"
    r"|groceries"
    r"|mart|pasaraya|epicerie|lebensmittel|supermercado|supermercato|alimentari|fresh"
    r"|vegetables?|milk|bread",
    Category.POSTAGE: r"post office|postage|stamp|la poste|chronopost|colissimo|deutsche post"
    r"|briefmarke|porto"
    r"|paket|dhl|ups|fedex|postnl|postzegel|correos|sello|poste italiane|francobollo|courier"
    r"|pos laju",
}
_PATTERNS = {category: re.compile(rf"\b(?:{words})\b") for category, words in _WORDS.items()}
_HEAD = 3
_HEAD_WEIGHT = 2
_LEAST = 2


def category_of(lines: Sequence[Line]) -> Category | None:
    """The kind of which the most different words occur, those of the head counting double."""
    texts = [fold(line.text) for line in lines]
    head, body = " \n ".join(texts[:_HEAD]), " \n ".join(texts)
    scores = {
        category: len(set(pattern.findall(body))) + _HEAD_WEIGHT * len(set(pattern.findall(head)))
        for category, pattern in _PATTERNS.items()
    }
    best = max(scores, key=lambda category: scores[category])
    return best if scores[best] >= _LEAST else None
