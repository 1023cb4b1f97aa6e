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
        "PNG, HEIC, HEIF, WebP, TIFF o GIF, l’XML di una fattura elettronica, o un’e-mail salvata come .eml "
        "con uno di questi allegato."
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
    "rejection.none_attached.folder": "Senza documento allegato",
    "rejection.none_attached": (
        "Questa e-mail non ha un documento allegato che si possa importare. Salvi il documento stesso, "
        "poi depositi quel file."
    ),
    "rejection.several_attached.folder": "Più documenti allegati",
    "rejection.several_attached": (
        "Questa e-mail ha più file allegati. Salvi ogni documento, poi li depositi uno per uno."
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
    "refusal.not_splittable": (
        "Non è possibile dividerlo: nel frattempo è stato modificato o deciso, oppure è un solo documento."
    ),
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
    "manifest.column.expense_id": "Identificativo della spesa",
    "manifest.column.employee": "Dipendente",
    "manifest.column.date": "Data",
    "manifest.column.merchant": "Esercente",
    "manifest.column.amount": "Importo",
    "manifest.column.currency": "Valuta",
    "manifest.column.category": "Categoria",
    "manifest.column.file_path": "Percorso del file",
    "manifest.column.sha256": "SHA-256",
    "manifest.column.delivered_at": "Consegnato il (UTC)",
    "manifest.column.space": "Spazio",
    "manifest.column.position": "Documento",
    "manifest.column.document_number": "Numero di fattura",
    "manifest.column.net": "Imponibile",
    "manifest.column.vat": "IVA",
    "manifest.column.vat_source": "Origine dell’IVA",
    "manifest.column.last_proof": "Ultima verifica",
    "manifest.column.dropbox": "In Dropbox",
    "manifest.column.rate": "Aliquota IVA",
    "manifest.column.documents": "Documenti",
    "manifest.column.expenses": "Spese",
    "manifest.column.by_employee": "Per dipendente",
    "manifest.column.by_category": "Per categoria",
    "manifest.column.check": "Controllo",
    "manifest.column.net_of_rate": "Imponibile al {rate} %",
    "manifest.column.vat_of_rate": "IVA al {rate} %",
    "manifest.column.net_of_other": "Imponibile, altre aliquote",
    "manifest.column.vat_of_other": "IVA, altre aliquote",
    "manifest.column.net_of_none": "Imponibile, aliquota non indicata",
    "manifest.column.vat_of_none": "IVA, aliquota non indicata",
    "manifest.sheet.expenses": "Spese",
    "manifest.sheet.totals": "Totali",
    "manifest.totals.all": "Tutte le spese",
    "manifest.totals.employee": "Per dipendente",
    "manifest.totals.category": "Per categoria",
    "manifest.totals.rate": "Per aliquota IVA",
    "manifest.totals.none": "(senza)",
    "manifest.check.right": "quadra",
    "manifest.check.wrong": "differisce",
    "manifest.open": "Apri",
    "manifest.page": "Pagina",
    "manifest.space.member_folder": "cartella del membro",
    "manifest.space.team_space": "spazio del team",
    "manifest.vat_source.host": "spesa",
    "manifest.vat_source.read": "documento, letto",
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
    "refusal.invalid_address": "Non è un indirizzo e-mail a cui si possa inviare un invito.",
    "refusal.link_not_working": (
        "Il collegamento con Dropbox è interrotto. Ripristinalo prima, come dice il messaggio qui sopra."
    ),
    "refusal.other_account": (
        "Era un account Dropbox diverso da quello dell’azienda. Non è cambiato nulla. Ricomincia e "
        "accedi con quello dell’azienda."
    ),
    "refusal.sharing_not_allowed": (
        "Jenji non può ancora condividere la cartella. Consentilo prima in Dropbox."
    ),
    "refusal.sharing_under_way": (
        "Un’altra modifica di questa cartella è in corso. Aspetta che sia fatta, poi riprova."
    ),
    "found.present": "È stato cercato in Dropbox, c’era e non è stato toccato.",
    "found.missing": "Non era più al suo posto in Dropbox, quindi viene inviato di nuovo.",
    "found.changed": "Al suo posto in Dropbox c’era altro, quindi viene inviato di nuovo accanto.",
    "found.failed": "Non era stato consegnato, quindi viene inviato di nuovo.",
    "sharing.consent_missing": (
        "Dropbox non permette più a Jenji di condividere la cartella. Consentilo di nuovo."
    ),
    "sharing.outside_team": (
        "Le impostazioni del tuo team in Dropbox non permettono di condividere con persone esterne al "
        "team. Chiedi al tuo amministratore Dropbox di consentirlo per questa cartella."
    ),
    "sharing.email_unverified": (
        "Un indirizzo e-mail non è ancora verificato in Dropbox: il tuo o quello di questa persona. "
        "Confermalo nelle impostazioni di Dropbox, poi riprova."
    ),
    "sharing.address_refused": (
        "Dropbox non accetta questo indirizzo. Controlla che sia scritto correttamente."
    ),
    "sharing.plan": (
        "Il tuo piano Dropbox non lo permette. Scegli un altro accesso, o un altro piano in Dropbox."
    ),
    "sharing.invitation_limit": (
        "Per ora Dropbox non accetta altri inviti o membri per questa cartella. Togli quelli che non "
        "servono, o riprova domani."
    ),
    "sharing.inside_shared_folder": (
        "Questa cartella si trova in una già condivisa. Condividi quella, o termina prima la sua "
        "condivisione."
    ),
    "sharing.contains_shared_folder": (
        "Una cartella all’interno è già condivisa, per esempio un anno. Termina prima quella "
        "condivisione, poi condividi l’intera cartella."
    ),
    "sharing.folder_unshareable": "Dropbox non permette di condividere questa cartella dove si trova.",
    "sharing.folder_missing": (
        "Non c’è ancora una cartella di quest’anno. Si potrà condividere quando vi saranno arrivati dei"
        " documenti."
    ),
    "sharing.too_many_files": (
        "La cartella contiene troppi file perché Dropbox faccia questa modifica in una volta. Falla sul"
        " sito di Dropbox."
    ),
    "sharing.no_permission": (
        "L’account Dropbox collegato non può condividere questa cartella. Rivolgiti all’amministratore "
        "del Dropbox del tuo team."
    ),
    "sharing.is_owner": "È l’indirizzo del proprietario della cartella, che ha sempre accesso.",
    "sharing.access_inherited": (
        "Questo accesso viene da una cartella superiore o da un gruppo. Modificalo in Dropbox."
    ),
    "sharing.not_in_time": (
        "Dropbox non è stato raggiungibile per un giorno e la modifica è stata abbandonata. Riprova."
    ),
    "sharing.link_changed": "Dropbox è stato collegato di nuovo prima che fosse fatto. Riprova.",
    "sharing.dropbox_refused": (
        "Dropbox ha rifiutato senza un motivo che conosciamo. Prova sul sito di Dropbox, o chiedi al "
        "nostro supporto."
    ),
    "refusal.proof_under_way": (
        "È in corso una verifica della cartella. Attenda che sia terminata, poi riprovi."
    ),
    "proof.not_in_time": "Dropbox non è stato raggiungibile per un giorno, perciò si è rinunciato. Riprovi.",
    "proof.link_changed": "Dropbox è stato collegato di nuovo prima che ciò avvenisse. Riprovi.",
    "proof.no_permission": (
        "L’account Dropbox collegato non può vedere il contenuto di questa cartella. Si rivolga "
        "all’amministratore del Dropbox del suo team."
    ),
    "proof.too_many_files": (
        "La cartella contiene più file di quanti se ne possano confrontare. Contatti la nostra assistenza."
    ),
    "proof.dropbox_refused": (
        "Dropbox ha rifiutato senza un motivo a noi noto. Riprovi, o contatti la nostra assistenza."
    ),
    "proof_file.run": "Verifica",
    "proof_file.as_of": "Situazione al",
    "proof_file.documents": "Documenti consegnati",
    "proof_file.present": "Al loro posto, inalterati",
    "proof_file.missing": "Mancanti",
    "proof_file.changed": "Modificati",
    "proof_file.moved": "Spostati nella cartella",
    "proof_file.doubled": "Altre copie",
    "proof_file.other_account": "Non cercati: in un Dropbox collegato in precedenza",
    "proof_file.other_space": "Non cercati: nell’altro spazio del team",
    "proof_file.finding": "Esito",
    "proof_file.path": "Consegnato in",
    "proof_file.found_at": "Trovato in",
    "proof_file.expense_id": "Id della spesa",
    "proof_file.more": "Ce ne sono più di quanti ne contenga questo elenco.",
    "proof_file.finding.missing": "mancante",
    "proof_file.finding.changed": "modificato",
    "proof_file.finding.moved": "spostato",
    "proof_file.finding.doubled": "altra copia",
    "refusal.filing_changed": (
        "Nel frattempo qualcuno ha cambiato il collegamento dell’azienda o la sua archiviazione. "
        "Guarda com’è adesso, poi scegli di nuovo."
    ),
    "refusal.filing_employee_missing": (
        "Senza una cartella per ogni dipendente, i documenti di più persone sarebbero mescolati. "
        "Aggiungi la cartella del dipendente."
    ),
    "refusal.filing_month_before_year": (
        "Una cartella del mese che contiene anni mescolerebbe lo stesso mese di anni diversi. Metti "
        "l’anno prima del mese, oppure toglilo: il mese indica allora il suo anno."
    ),
    "refusal.filing_month_missing": (
        "Senza cartelle dei mesi, una sola cartella conterrebbe i documenti di anni interi. Aggiungi il mese."
    ),
    "refusal.filing_parts_unfit": (
        "Il nome di un file è fatto di almeno una delle parti proposte, e ognuna compare una volta. "
        "Sceglile di nuovo."
    ),
    "refusal.filing_private_folder": (
        "Solo l’anno, il mese e il dipendente possono dare il nome a una cartella: chiunque vi sia "
        "invitato ne legge il nome, e negozi e importi non riguardano tutti."
    ),
    "refusal.filing_year_shared": (
        "La cartella di un anno è condivisa e i nuovi documenti non vi arriverebbero più. Termina "
        "prima quella condivisione, oppure mantieni l’anno come prima cartella."
    ),
    "refusal.no_year_folder": (
        "Con questa archiviazione i documenti di un anno non stanno in una sola cartella. Condividi "
        "tutta la cartella, oppure scegli l’anno come prima cartella."
    ),
    "sharing.no_year_folder": (
        "I documenti non sono più archiviati prima per anno: un anno non può essere condiviso da "
        "solo. Condividi tutta la cartella."
    ),
}
