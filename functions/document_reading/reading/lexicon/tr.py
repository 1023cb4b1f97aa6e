"""Turkish."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "ocak oca",
        "subat sub",
        "mart",
        "nisan nis",
        "mayis",
        "haziran haz",
        "temmuz tem",
        "agustos agu",
        "eylul eyl",
        "ekim eki",
        "kasim kas",
        "aralik ara",
    ),
    dates={
        DateLabel.ISSUE: """
            fatura tarihi|duzenleme tarihi|duzenlenme tarihi|belge tarihi|fis tarihi
        """,
        DateLabel.DATE: "tarih|tarihi",
        DateLabel.TITLE: "fatura|fis|makbuz|e arsiv fatura|e fatura|fis no",
        DateLabel.DUE: "vade|vade tarihi|son odeme tarihi|son odeme",
        DateLabel.ORDER: "siparis|siparis tarihi|teklif",
        DateLabel.SERVICE: """
            teslim tarihi|sevk tarihi|donem|giris tarihi|cikis tarihi|irsaliye tarihi
        """,
        DateLabel.PRINT: "basim tarihi|yazdirma",
        DateLabel.OTHER: "gecerlilik|son kullanma|dogum tarihi",
    },
    amounts={
        Role.TOTAL: """
            toplam|tutar|toplam tutar|mal hizmet toplam tutari|vergiler dahil toplam tutar
            toplam tl
        """,
        Role.PAYABLE: "genel toplam|odenecek|odenecek tutar|odenecek toplam",
        Role.SUB: "ara toplam|aratoplam",
        Role.GROSS: "kdv dahil|brut",
        Role.WITH: "dahil",
        Role.WITHOUT: "kdv haric|matrah|haric|kdv matrahi",
        Role.TAX: """
            kdv|topkdv|toplam kdv|hesaplanan kdv|kdv tutari|kdv toplam|top kdv|vergi
        """,
        Role.ROUNDING: "yuvarlama",
        Role.DISCOUNT: "indirim|iskonto|toplam iskonto",
        Role.SERVICE: "servis ucreti|kargo|kargo ucreti|kuver",
        Role.TIP: "bahsis",
        Role.PAID: """
            nakit|kredi karti|banka karti|odenen|odeme|tahsilat|alinan|k karti|kredi
        """,
        Role.CHANGE: "para ustu|paraustu",
        Role.PREPAID: "on odeme|avans|kapora|pesinat",
        Role.LEFT: "kalan|bakiye",
        Role.COUNT: "adet|miktar",
        Role.AMOUNT: "fiyat|ucret|bedel",
        Role.OTHER: "birim fiyat|puan|bonus puan",
    },
    invoices="fatura|e-fatura|e-arsiv fatura",
    receipts="fis|makbuz|belge",
    credit_notes="iade faturasi|iade",
    titles="toplam",
    document_words="fatura fis makbuz tarih",
    headings="""
        fatura fis tarih saat sayfa no musteri adet miktar fiyat tutar kdv toplam vkn tckn
        aciklama tesekkurler birim
    """,
    sellers="satici|tedarikci|duzenleyen",
    buyers="alici|musteri|sayin|teslimat adresi|fatura adresi",
    name_labels="unvan|ad|adi|firma",
    section_headings="aciklama|urunler|odeme bilgileri|notlar|banka bilgileri|odeme sekli",
    registers="vkn|vergi dairesi|vergi no|v.d.|mersis|ticaret sicil|tckn",
    not_names="tesekkurler|tesekkur|hosgeldiniz|sayfa #|telefon|fis no|saat",
    legal_forms="""
        a s|as|ltd sti|san tic ltd sti|tic ltd sti|san ve tic a s|san ve tic ltd sti|sti
    """,
    trades="""
        restoran lokanta kafe eczane firin otel kitabevi market bakkal pastane lokantasi kahvesi
        kebap
    """,
    name_joiners="ve",
    open_ends="ve",
    welcomes="hosgeldiniz",
    places="mah mahallesi cad caddesi sok sokak sk bulvari blv kat daire ilce apt",
    categories={
        Category.FUEL: "benzin|motorin|akaryakit|kursunsuz",
        Category.HOTEL: "konaklama|oda|gece|otel",
        Category.MEAL: "restoran|lokanta|yemek|kebap|kahve|cay|ayran|corba",
        Category.TRAIN: "tcdd|tren|tren bileti",
        Category.FLIGHT: "ucus|havalimani|ucak bileti",
        Category.TAXI: "taksi|taksimetre",
        Category.PUBLIC_TRANSPORT: "iett|istanbulkart|otobus|metrobus",
        Category.CAR_RENTAL: "arac kiralama|oto kiralama",
        Category.PARKING: "otopark|park ucreti",
        Category.TOLL: "hgs|ogs|gecis ucreti",
        Category.TELECOM: "gsm faturasi|cep telefonu|telekom",
        Category.SOFTWARE: "yazilim|lisans|alan adi|barindirma",
        Category.OFFICE_SUPPLIES: "kirtasiye|kagit|kartus",
        Category.GROCERIES: "market|bakkal|sut|ekmek|gida",
        Category.POSTAGE: "ptt|kargo gonderi",
    },
)
