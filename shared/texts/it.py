"""What people read in Italian, by key: plain data."""

# The apostrophe of typography is meant:
# ruff: noqa: RUF001

from __future__ import annotations

TEXTS: dict[str, str] = {
    "rejection.not_downloadable.folder": "Non scaricabile",
    "rejection.not_downloadable": (
        "Dropbox non consegna questo file, come i documenti Paper e Google Docs. Lo esporti in PDF e "
        "depositi il PDF."
    ),
    "rejection.restricted.folder": "Limitato da Dropbox",
    "rejection.restricted": (
        "Da una settimana Dropbox non consegna questo file, che ha limitato. Depositi un’altra copia del "
        "documento, o si rivolga all’assistenza di Dropbox e lo depositi di nuovo."
    ),
    "rejection.empty.folder": "File vuoto",
    "rejection.empty": (
        "Questo file è vuoto. Verifichi che si apra sul suo computer, poi lo depositi di nuovo."
    ),
    "rejection.too_large.folder": "Troppo grande",
    "rejection.too_large": (
        "Questo file è troppo grande. Ne riduca le dimensioni o lo divida, poi lo depositi di nuovo."
    ),
    "rejection.unsupported_type.folder": "Tipo non supportato",
    "rejection.unsupported_type": (
        "Questo tipo di file non si può importare, qualunque sia il suo nome. Depositi un file PDF, JPEG, "
        "PNG, HEIC, WebP, TIFF o GIF."
    ),
    "rejection.password_protected.folder": "Protetto da password",
    "rejection.password_protected": (
        "Questo file si apre solo con una password. Ne salvi una copia senza password e depositi la copia."
    ),
    "rejection.damaged.folder": "Danneggiato",
    "rejection.damaged": (
        "Questo file è danneggiato o incompleto e non si può mostrare. Scarichi, scansioni o fotografi di "
        "nuovo il documento, poi depositi il nuovo file."
    ),
    "rejection.too_complex.folder": "Troppo complesso",
    "rejection.too_complex": (
        "Questo file ha troppe pagine, o immagini troppo grandi, per essere letto. Lo divida o ne riduca la"
        " risoluzione, poi lo depositi di nuovo."
    ),
    "rejection.unreadable.folder": "Illeggibile",
    "rejection.unreadable": (
        "Non è stato possibile leggere questo file. Lo stampi in PDF o lo fotografi, poi depositi il nuovo "
        "file."
    ),
    "refusal.access_denied": "Non ha dato a Jenji l’accesso a Dropbox. Nulla è cambiato.",
    "refusal.account_already_linked": (
        "Questo account Dropbox è già collegato da un altro utente o un’altra azienda di Jenji. Scelga un "
        "altro account Dropbox, o lo faccia prima scollegare lì."
    ),
    "refusal.already_used": (
        "Questo link è già stato usato. Verifichi le sue impostazioni di Dropbox, o ricominci."
    ),
    "refusal.dropbox_error": (
        "Dropbox ha rifiutato il collegamento. Ricominci, o chieda alla nostra assistenza."
    ),
    "refusal.expired": "Il collegamento ha richiesto troppo tempo. Ricominci.",
    "refusal.invalid_cursor": "Questa pagina dell’elenco non c’è più. Torni alla prima.",
    "refusal.invalid_request": (
        "Questa richiesta non è comprensibile. Ricominci dalle sue impostazioni di Dropbox."
    ),
    "refusal.invalid_start_date": "La data di inizio deve essere una data non futura. Ne scelga un’altra.",
    "refusal.missing_scope": (
        "Dropbox non ha concesso tutte le autorizzazioni necessarie a Jenji. Ricominci e le accetti tutte."
    ),
    "refusal.no_team_space": "Questo account Dropbox non ha uno spazio del team oltre alla propria cartella.",
    "refusal.not_administrator": "Solo un amministratore può gestire il Dropbox dell’azienda.",
    "refusal.not_found": "Qui non c’è nulla del genere. Ricarichi la pagina.",
    "refusal.not_linked": (
        "Nessun account Dropbox è collegato, o il suo collegamento è interrotto. Lo colleghi prima."
    ),
    "refusal.not_retryable": "Non è possibile riprovare: non è fallito, o un nuovo tentativo è già in corso.",
    "refusal.not_signed_in": "Acceda a Jenji, poi ricominci.",
    "refusal.other_user": (
        "Questo collegamento è stato iniziato da un altro utente. Acceda come quell’utente, o ricominci con"
        " il suo."
    ),
    "refusal.paused": "Jenji ha sospeso il suo lavoro con Dropbox. Riprenderà da solo; riprovi più tardi.",
    "refusal.plan_required": (
        "La sincronizzazione con il Dropbox dell’azienda richiede il piano Team o Enterprise."
    ),
    "refusal.purpose_unavailable": "Questo uso di Dropbox non è ancora disponibile.",
    "refusal.too_many_requests": "È stato chiesto troppe volte in poco tempo. Riprovi tra un minuto.",
    "refusal.try_again": "Dropbox o Jenji non risponde al momento. Riprovi tra un minuto.",
    "problem.token_revoked": "Jenji non ha più accesso a questo account Dropbox. Lo colleghi di nuovo.",
    "problem.scope_missing": (
        "Dropbox ha revocato alcune delle autorizzazioni necessarie a Jenji. Colleghi di nuovo l’account."
    ),
    "problem.quota_full": "Questo account Dropbox è pieno. Vi liberi spazio.",
    "problem.user_inactive": "Il suo account Jenji non è attivo. Si rivolga al suo amministratore.",
    "problem.dropbox_suspended": "Dropbox ha sospeso questo account. Si rivolga all’assistenza di Dropbox.",
    "problem.administrator_gone": (
        "La persona che ha collegato questo account Dropbox non è più amministratore della sua azienda. "
        "Rilevi il collegamento, o colleghi un altro account."
    ),
    "problem.plan": "La sincronizzazione richiede il piano Team o Enterprise. Cambi piano e riprenderà.",
    "problem.paused": "Jenji ha sospeso il suo lavoro con Dropbox. Riprenderà da solo.",
    "problem.rate_limited": "Dropbox chiede una pausa. Jenji riprenderà da solo tra qualche minuto.",
    "problem.transport_limit": (
        "Il suo team Dropbox ha esaurito i caricamenti da app di questo mese. Nulla è perso: Jenji "
        "riprenderà da solo il primo del mese prossimo."
    ),
    "problem.space_unavailable": (
        "Lo spazio del team in cui si archiviano i documenti è stato spostato, o è chiuso all’account "
        "collegato. Scelga sotto la sua cartella, o colleghi di nuovo l’account. Nulla è perso."
    ),
    "problem.access_denied": (
        "Dropbox non lascia che Jenji usi questo account. Si rivolga all’amministratore del suo team "
        "Dropbox; poi Jenji riprenderà da solo."
    ),
    "problem.dropbox_unavailable": "Dropbox non è raggiungibile al momento. Jenji riprenderà da solo.",
    "problem.dropbox_refused": "Dropbox rifiuta ciò che Jenji gli chiede. Contatti la nostra assistenza.",
    "waiting.incomplete": "Questo file è forse ancora in arrivo a Dropbox.",
    "waiting.being_read": "Questo file viene letto con particolare cautela.",
    "waiting.cannot_be_moved": "Questo file è registrato, ma Dropbox non lascia ancora spostarlo.",
    "waiting.try_again": "Non è stato possibile ottenere questo file da Dropbox. Jenji riprova da solo.",
    "delivery.acceptance_withdrawn": "La spesa non è più accettata.",
    "delivery.account_changed": "Nel frattempo è stato collegato un altro account Dropbox.",
    "delivery.document_missing": "Il documento non si trova presso Jenji. Contatti la nostra assistenza.",
    "delivery.document_removed": "Il documento è stato tolto dalla sua spesa.",
    "delivery.dropbox_refused": (
        "Dropbox ha rifiutato il documento. Riprovi, o contatti la nostra assistenza."
    ),
    "delivery.path_taken": (
        "Altri file hanno già tutti i nomi che potrebbe avere in Dropbox. Li rinomini prima."
    ),
    "delivery.try_again": "Non è stato ancora possibile consegnare il documento. Jenji riprova da solo.",
    "delivery.unreadable": "Non è stato possibile leggere il documento. Contatti la nostra assistenza.",
    "no_preview.being_read": "Il documento è in lettura: tra un momento si potrà vedere qui.",
    "no_preview.data_only": (
        "Questo documento è fatto di dati senza pagine: quanto letto viene dai dati allegati."
    ),
    "no_preview.not_made": "Non c’è un’immagine di questo documento. Apra il documento stesso.",
    "category.meal": "Pasto",
    "category.hotel": "Hotel",
    "category.train": "Treno",
    "category.flight": "Volo",
    "category.taxi": "Taxi",
    "category.public-transport": "Trasporti pubblici",
    "category.car-rental": "Noleggio auto",
    "category.fuel": "Carburante",
    "category.parking": "Parcheggio",
    "category.toll": "Pedaggio",
    "category.telecom": "Telecomunicazioni",
    "category.software": "Software",
    "category.office-supplies": "Materiale d’ufficio",
    "category.groceries": "Alimentari",
    "category.postage": "Spese postali",
    "contradiction.total-differs-from-page": "Il totale dei dati allegati non è quello della pagina.",
    "contradiction.date-differs-from-page": "La data dei dati allegati non è quella della pagina.",
    "contradiction.currency-differs-from-page": "La valuta dei dati allegati non è quella della pagina.",
    "contradiction.number-differs-from-page": "Il numero dei dati allegati non è quello della pagina.",
    "contradiction.sum-does-not-add-up": "Gli importi dei dati allegati non tornano.",
    "contradiction.several-invoices": "Al documento sono allegate più fatture.",
    "contradiction.several-documents": "Il file contiene più documenti: verifichi di quale si tratta.",
    "active_content.found": "Questo documento contiene contenuti attivi: aprirlo con cautela.",
    "active_content.not_known": (
        "Non è stato possibile verificare se questo documento contiene contenuti attivi: aprirlo con cautela."
    ),
    "apps_folder": "(la cartella delle sue app)",
}
