"""Polish."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "styczen stycznia sty",
        "luty lutego lut",
        "marzec marca",
        "kwiecien kwietnia kwi",
        "maj maja",
        "czerwiec czerwca cze",
        "lipiec lipca lip",
        "sierpien sierpnia sie",
        "wrzesien wrzesnia wrz",
        "pazdziernik pazdziernika paz",
        "listopad listopada lis",
        "grudzien grudnia gru",
    ),
    dates={
        DateLabel.ISSUE: """
            data wystawienia|wystawiono dnia|data faktury|data dokumentu|wystawiono w dniu
            data sporzadzenia
        """,
        DateLabel.DATE: "data|dnia|z dnia",
        DateLabel.TITLE: "faktura|faktura vat|paragon|paragon fiskalny|rachunek",
        DateLabel.DUE: "termin platnosci|platne do|data platnosci|do zaplaty do",
        DateLabel.ORDER: "zamowienie|data zamowienia|zamowienie z dnia",
        DateLabel.SERVICE: """
            data sprzedazy|data dostawy|data wykonania uslugi|okres
            data dostawy lub wykonania uslugi|data zakonczenia dostawy
        """,
        DateLabel.PRINT: "wydrukowano|data wydruku",
        DateLabel.OTHER: "data waznosci|waznosc|data urodzenia",
    },
    amounts={
        Role.TOTAL: """
            suma|razem|suma pln|ogolem|razem brutto|wartosc brutto|wartosc ogolem|lacznie
            suma brutto
        """,
        Role.PAYABLE: """
            do zaplaty|razem do zaplaty|kwota do zaplaty|naleznosc|pozostaje do zaplaty
        """,
        Role.SUB: "suma czesciowa|podsuma",
        Role.GROSS: "brutto",
        Role.WITH: "w tym|zawiera",
        Role.WITHOUT: """
            netto|wartosc netto|razem netto|podstawa opodatkowania|sprzedaz opodatkowana
            sprzed opod
        """,
        Role.TAX: "vat|ptu|kwota vat|kwota ptu|suma ptu|podatek|podatek vat|wartosc vat",
        Role.ROUNDING: "zaokraglenie",
        Role.DISCOUNT: "rabat|rabaty|opust|upust",
        Role.SERVICE: "dostawa|koszt wysylki|serwis",
        Role.TIP: "napiwek",
        Role.PAID: "gotowka|karta|karta platnicza|zaplacono|platnosc|przelew|wplata|blik",
        Role.CHANGE: "reszta|wydano",
        Role.PREPAID: "zaliczka|przedplata",
        Role.LEFT: "saldo",
        Role.COUNT: "ilosc|sztuk|szt|liczba",
        Role.AMOUNT: "kwota|cena|wartosc",
        Role.OTHER: "cena jednostkowa|cena netto|cena jedn|punkty",
    },
    invoices="faktura|faktury|faktura vat",
    receipts="paragon|rachunek",
    credit_notes="faktura korygujaca|korekta faktury|faktura korekta",
    titles="razem",
    document_words="faktura rachunek ",
    headings="""
        faktura vat paragon fiskalny data strona oryginal kopia lp nazwa ilosc cena wartosc
        netto brutto jm stawka nip razem nr kasa kasjer
    """,
    sellers="sprzedawca|wystawca|dostawca|wykonawca",
    buyers="nabywca|kupujacy|odbiorca|klient|platnik|adres dostawy",
    name_labels="nazwa|firma",
    section_headings="""
        opis|pozycje|platnosc|sposob platnosci|uwagi|podsumowanie|rachunek bankowy|numer konta
    """,
    registers="nip|regon|krs|bdo|konto|nr konta|kapital zakladowy",
    tax_numbers="nip",
    not_names="dziekujemy|zapraszamy|strona #|telefon",
    legal_forms="sp z o o|sp z oo|sp zoo|s a|sp k|sp j|s c|spolka z o o",
    operating_companies="zarzadzanie",
    trades="""
        sklep restauracja kawiarnia apteka piekarnia hotel ksiegarnia drogeria stacja cukiernia
        delikatesy uslugi
    """,
    name_joiners="i z w",
    open_ends="i",
    welcomes="witamy w",
    places="ul ulica aleja plac osiedle rynek skr pocz",
    categories={
        Category.FUEL: "paliwo|benzyna|olej napedowy|stacja paliw|pb95",
        Category.HOTEL: "nocleg|pokoj|hotelowa|doba",
        Category.MEAL: "restauracja|obiad|kawiarnia|kolacja|pizzeria|bar mleczny",
        Category.TRAIN: "pkp|intercity|pociag|bilet kolejowy",
        Category.FLIGHT: "lotnisko|bilet lotniczy",
        Category.TAXI: "taksowka|kurs taksowki|przewoz osob",
        Category.PUBLIC_TRANSPORT: "bilet|ztm|mpk|komunikacja miejska",
        Category.CAR_RENTAL: "wynajem samochodu|wypozyczalnia samochodow",
        Category.PARKING: "parking strzezony|postoj|parkowanie",
        Category.TOLL: "autostrada|oplata drogowa",
        Category.TELECOM: "telefon|abonament|uslugi telekomunikacyjne",
        Category.SOFTWARE: "licencja|oprogramowanie|hosting www",
        Category.OFFICE_SUPPLIES: "artykuly biurowe|papier ksero|toner do",
        Category.GROCERIES: "sklep spozywczy|spozywczy|pieczywo|mleko",
        Category.POSTAGE: "poczta polska|znaczek|przesylka|paczka",
    },
)
