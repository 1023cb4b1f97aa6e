"""German."""

from .model import Words, one_is_one

WORDS = Words(
    code="de",
    plural=one_is_one,
    thousands=".",
    greeting="Guten Tag {name},",
    button="Jenji öffnen",
    footer="Jenji schreibt Ihnen, weil Ihre Dropbox oder die Ihrer Firma verknüpft ist.",
    unsubscribe="Diese Mails abbestellen",
    batch_subjects={
        "imported": {"one": "Ihr Beleg ist bereit", "other": "Ihre {n} Belege sind bereit"},
        "rejected": {
            "one": "Eine Datei konnte nicht importiert werden",
            "other": "{n} Dateien konnten nicht importiert werden",
        },
    },
    batch={
        "imported": {
            "one": "Das Dokument, das Sie in Dropbox abgelegt haben, ist gelesen und nun eine Ausgabe.",
            "other": "Die Dokumente, die Sie in Dropbox abgelegt haben, sind gelesen: {n} sind nun Ausgaben.",
        },
        "to_check": {
            "one": "Eine davon sollten Sie prüfen, bevor Sie sie einreichen.",
            "other": "{n} davon sollten Sie prüfen, bevor Sie sie einreichen.",
        },
        "rejected": {
            "one": "Eine Datei konnte nicht importiert werden. Die Seite sagt, warum und was Sie tun können.",
            "other": "{n} Dateien konnten nicht importiert werden. Die Seite sagt, warum und was Sie tun können.",
        },
        "duplicate": {
            "one": "Eine Datei war schon importiert.",
            "other": "{n} Dateien waren schon importiert.",
        },
    },
    link_subject="Jenji und Dropbox arbeiten nicht mehr zusammen",
    link_reasons={
        "token_revoked": (
            "Dropbox lässt Jenji nicht mehr zu. Verknüpfen Sie Ihr Konto neu; bis dahin geht nichts verloren."
        ),
        "scope_missing": (
            "Dropbox gibt Jenji nicht den nötigen Zugriff. "
            "Verknüpfen Sie Ihr Konto neu und erlauben Sie alles Erbetene."
        ),
        "quota_full": (
            "Ihre Dropbox ist voll. Schaffen Sie Platz: die Zustellung geht binnen einer Stunde von selbst weiter."
        ),
        "transport_limit": (
            "Ihr Dropbox-Team hat die Uploads dieses Monats verbraucht. Nächsten Monat geht es von selbst weiter."
        ),
        "plan": "Der Tarif Ihrer Firma umfasst dies nicht mehr. Nichts geht verloren; mit dem Tarif geht es weiter.",
        "administrator_gone": (
            "Wer die Dropbox Ihrer Firma verknüpft hat, ist kein Administrator mehr. Übernehmen Sie die Verknüpfung "
            "oder verknüpfen Sie ein anderes Konto: bis dahin wird nichts zugestellt."
        ),
        "dropbox_suspended": "Dropbox hat Ihr Konto gesperrt. Dessen Support kann helfen.",
        "access_denied": "Ihr Dropbox-Team lässt Jenji nicht zu. Ein Administrator des Teams kann es erlauben.",
        "space_unavailable": (
            "Den Teambereich, in den die Dokumente gehen, gibt es nicht mehr. "
            "Wählen Sie Ihren eigenen Ordner oder verknüpfen Sie neu."
        ),
    },
    link_other="Mit der Verknüpfung zu Dropbox stimmt etwas nicht. Die Seite sagt, was und was Sie tun können.",
    delivery_subject="Belege konnten nicht in die Dropbox Ihrer Firma zugestellt werden",
    delivery=(
        "Belege genehmigter Ausgaben konnten nicht zugestellt werden. "
        "Die Seite führt sie auf; manche lassen sich erneut versuchen."
    ),
)
