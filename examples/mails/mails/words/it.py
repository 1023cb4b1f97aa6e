"""Italian."""

# The apostrophe of Italian typography is meant:
# ruff: noqa: RUF001

from .model import Words, one_is_one

WORDS = Words(
    code="it",
    plural=one_is_one,
    thousands=".",
    greeting="Buongiorno {name},",
    button="Apri Jenji",
    footer="Jenji le scrive perché il suo Dropbox, o quello della sua azienda, è collegato.",
    unsubscribe="Non ricevere più questi messaggi",
    batch_subjects={
        "imported": {
            "one": "Il suo giustificativo è pronto",
            "other": "I suoi {n} giustificativi sono pronti",
        },
        "rejected": {
            "one": "Un file non è stato importato",
            "other": "{n} file non sono stati importati",
        },
    },
    batch={
        "imported": {
            "one": "Il documento che ha messo in Dropbox è stato letto: ora è una spesa.",
            "other": "I documenti che ha messo in Dropbox sono stati letti: {n} ora sono spese.",
        },
        "to_check": {
            "one": "Una è da controllare prima di inviarla.",
            "other": "{n} sono da controllare prima di inviarle.",
        },
        "rejected": {
            "one": "Un file non è stato importato. La pagina dice perché e che cosa può fare.",
            "other": "{n} file non sono stati importati. La pagina dice perché e che cosa può fare.",
        },
        "duplicate": {
            "one": "Un file era già stato importato.",
            "other": "{n} file erano già stati importati.",
        },
    },
    link_subject="Jenji e Dropbox non comunicano più",
    link_reasons={
        "token_revoked": (
            "Dropbox non lascia più entrare Jenji. Colleghi di nuovo il suo account; intanto nulla va perso."
        ),
        "scope_missing": (
            "Dropbox non dà a Jenji l’accesso necessario. "
            "Colleghi di nuovo il suo account e consenta tutto ciò che è chiesto."
        ),
        "quota_full": "Il suo Dropbox è pieno. Liberi spazio: la consegna riprende da sola entro un’ora.",
        "transport_limit": (
            "Il suo team Dropbox ha esaurito i caricamenti di questo mese. Riprendono da soli il mese prossimo."
        ),
        "plan": "Il piano della sua azienda non lo comprende più. Nulla va perso; riprende con il piano.",
        "administrator_gone": (
            "L’amministratore che ha collegato il Dropbox della sua azienda non lo è più. "
            "Subentri nel collegamento, o colleghi un altro account: intanto non si consegna nulla."
        ),
        "dropbox_suspended": "Dropbox ha sospeso il suo account. La sua assistenza può aiutarla.",
        "access_denied": (
            "Il suo team Dropbox non lascia entrare Jenji. Un amministratore del team può consentirlo."
        ),
        "space_unavailable": (
            "Lo spazio del team in cui vanno i documenti non c’è più. Scelga la sua cartella, o colleghi di nuovo."
        ),
    },
    link_other="C’è un problema con il collegamento a Dropbox. La pagina dice quale e che cosa può fare.",
    delivery_subject="Alcuni giustificativi non sono arrivati nel Dropbox della sua azienda",
    delivery=(
        "Alcuni giustificativi di spese accettate non sono stati consegnati. "
        "La pagina li elenca; per alcuni si può riprovare."
    ),
)
