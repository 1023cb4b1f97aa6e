"""Finnish."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "tammikuu tammikuuta tammi",
        "helmikuu helmikuuta helmi",
        "maaliskuu maaliskuuta maalis",
        "huhtikuu huhtikuuta huhti",
        "toukokuu toukokuuta touko",
        "kesakuu kesakuuta kesa",
        "heinakuu heinakuuta heina",
        "elokuu elokuuta elo",
        "syyskuu syyskuuta syys",
        "lokakuu lokakuuta loka",
        "marraskuu marraskuuta marras",
        "joulukuu joulukuuta joulu",
    ),
    dates={
        DateLabel.ISSUE: """
            laskun pvm|laskun paivays|laskun paivamaara|paivays|laskupaiva|kuitin pvm
        """,
        DateLabel.DATE: "pvm|paivamaara|paiva",
        DateLabel.TITLE: "lasku|kuitti|laskun numero|kuittinumero",
        DateLabel.DUE: "erapaiva|maksettava viimeistaan|viimeistaan|erapvm",
        DateLabel.ORDER: "tilaus|tilauspaiva|tilauspvm|tarjous",
        DateLabel.SERVICE: "toimituspaiva|toimituspvm|ajalta|jakso|saapuminen|lahto",
        DateLabel.PRINT: "tulostettu",
        DateLabel.OTHER: "voimassa|syntynyt|voimassaolo",
    },
    amounts={
        Role.TOTAL: "yhteensa|summa|loppusumma|kokonaissumma|yht|yhteensa eur",
        Role.PAYABLE: "maksettava|maksettavaa|maksettava yhteensa|maksettavaa yhteensa",
        Role.SUB: "valisumma",
        Role.GROSS: "verollinen|sis alv|sisaltaa alv|verollinen yhteensa|brutto",
        Role.WITH: "sis|sisaltaa",
        Role.WITHOUT: "veroton|alv 0|netto|veroton yhteensa|veron peruste|alviton",
        Role.TAX: "alv|arvonlisavero|alv maara|veron osuus",
        Role.ROUNDING: "pyoristys",
        Role.DISCOUNT: "alennus|alennukset",
        Role.SERVICE: "toimituskulut|postikulut|palvelumaksu",
        Role.TIP: "tippi|juomaraha",
        Role.PAID: """
            kateinen|kortti|korttimaksu|maksettu|maksu|pankkikortti|luottokortti|saatu
            maksukortti|debit kortti
        """,
        Role.CHANGE: "takaisin|vaihtoraha|palautus",
        Role.PREPAID: "ennakko|ennakkomaksu|varausmaksu",
        Role.LEFT: "avoinna|jaljella",
        Role.COUNT: "maara|kpl|lkm",
        Role.AMOUNT: "hinta|maksut",
        Role.OTHER: "a hinta|yksikkohinta|pisteet|bonus pisteet|pantti",
    },
    invoices="lasku|laskun",
    receipts="kuitti|kuitin|kassakuitti",
    credit_notes="hyvityslasku",
    titles="yhteensa",
    document_words="lasku kuitti",
    headings="""
        lasku kuitti pvm sivu asiakas asiakasnumero numero nro maara hinta kuvaus alv kiitos
        yhteensa viite viitenumero tuote
    """,
    sellers="myyja|toimittaja|laskuttaja",
    buyers="ostaja|asiakas|vastaanottaja|toimitusosoite|laskutusosoite|tilaaja",
    name_labels="nimi|yritys",
    section_headings="""
        kuvaus|erittely|maksuehdot|maksutiedot|huomautukset|pankkiyhteys|alv erittely
    """,
    registers="y-tunnus|alv nro|alv-nro|kaupparekisteri|pankkiyhteys|kotipaikka",
    tax_numbers="y-tunnus|alv nro|alv-nro",
    not_names="kiitos|tervetuloa|sivu #|puhelin|puh|avoinna",
    legal_forms="oy|oyj|ky|tmi|ay|osk|oy ab",
    has_compounds=True,
    trades="""
        ravintola kahvila apteekki leipomo hotelli kirjakauppa kioski kauppa pubi
    """,
    name_joiners="ja",
    open_ends="ja",
    welcomes="tervetuloa",
    places="katu kuja aukio postilokero",
    street_endings="katu tie kuja polku aukio",
    categories={
        Category.FUEL: "bensiini|polttoaine|huoltoasema|diesel",
        Category.HOTEL: "huone|yopyminen|majoitus",
        Category.MEAL: "ravintola|lounas|kahvila|kahvi|illallinen",
        Category.TRAIN: "vr group|juna|junalippu",
        Category.FLIGHT: "lento|lentoasema|lentolippu",
        Category.TAXI: "taksi|taksimatka",
        Category.PUBLIC_TRANSPORT: "hsl|bussilippu|raitiovaunu|matkakortti",
        Category.CAR_RENTAL: "autovuokraamo|vuokra-auto",
        Category.PARKING: "pysakointi|pysakointihalli|parkkihalli",
        Category.TOLL: "tietulli|ruuhkamaksu",
        Category.TELECOM: "puhelinliittyma|laajakaista|matkapuhelin",
        Category.SOFTWARE: "ohjelmisto|lisenssi|verkkotunnus|webhotelli",
        Category.OFFICE_SUPPLIES: "toimistotarvikkeet|paperi|toimisto",
        Category.GROCERIES: "elintarvikkeet|ruokakauppa|maito|leipa",
        Category.POSTAGE: "posti|postimerkki|paketti",
    },
)
