"""What people read in German, by key: plain data."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "rejection.not_downloadable.folder": "Nicht herunterladbar",
    "rejection.not_downloadable": (
        "Dropbox gibt diese Datei nicht heraus, wie Paper-Dokumente und Google Docs. Exportieren Sie sie "
        "als PDF und legen Sie das PDF ab."
    ),
    "rejection.restricted.folder": "Von Dropbox gesperrt",
    "rejection.restricted": (
        "Seit einer Woche gibt Dropbox diese Datei nicht heraus, die es gesperrt hat. Legen Sie eine andere"
        " Kopie ab, oder wenden Sie sich an den Support von Dropbox und legen Sie sie dann erneut ab."
    ),
    "rejection.empty.folder": "Leere Datei",
    "rejection.empty": (
        "Diese Datei ist leer. Prüfen Sie, ob sie sich auf Ihrem Computer öffnen lässt, und legen Sie sie "
        "erneut ab."
    ),
    "rejection.too_large.folder": "Zu groß",
    "rejection.too_large": (
        "Diese Datei ist zu groß. Verkleinern oder teilen Sie sie, und legen Sie sie erneut ab."
    ),
    "rejection.unsupported_type.folder": "Nicht unterstützter Typ",
    "rejection.unsupported_type": (
        "Dieser Dateityp kann nicht importiert werden, wie die Datei auch heißt. Legen Sie eine PDF-, "
        "JPEG-, PNG-, HEIC-, HEIF-, WebP-, TIFF- oder GIF-Datei ab, das XML einer E-Rechnung oder eine als "
        ".eml gespeicherte E-Mail mit einer davon im Anhang."
    ),
    "rejection.password_protected.folder": "Passwortgeschützt",
    "rejection.password_protected": (
        "Diese Datei öffnet sich nur mit einem Passwort. Speichern Sie eine Kopie ohne Passwort, und legen "
        "Sie die Kopie ab."
    ),
    "rejection.damaged.folder": "Beschädigt",
    "rejection.damaged": (
        "Diese Datei ist beschädigt oder unvollständig und lässt sich nicht anzeigen. Laden, scannen oder "
        "fotografieren Sie das Dokument erneut, und legen Sie die neue Datei ab."
    ),
    "rejection.too_complex.folder": "Zu umfangreich",
    "rejection.too_complex": (
        "Diese Datei hat zu viele Seiten oder zu große Bilder, um gelesen zu werden. Teilen Sie sie oder "
        "verringern Sie ihre Auflösung, und legen Sie sie erneut ab."
    ),
    "rejection.unreadable.folder": "Nicht lesbar",
    "rejection.unreadable": (
        "Diese Datei konnte nicht gelesen werden. Drucken Sie sie als PDF oder fotografieren Sie sie, und "
        "legen Sie die neue Datei ab."
    ),
    "rejection.none_attached.folder": "Ohne Anhang",
    "rejection.none_attached": (
        "Diese E-Mail hat keinen Anhang, der importiert werden kann. Speichern Sie das Dokument selbst "
        "und legen Sie diese Datei ab."
    ),
    "rejection.several_attached.folder": "Mehrere Anhänge",
    "rejection.several_attached": (
        "Diese E-Mail hat mehrere Anhänge. Speichern Sie jedes Dokument daraus und legen Sie die Dateien "
        "einzeln ab."
    ),
    "refusal.access_denied": "Sie haben Jenji keinen Zugriff auf Dropbox gegeben. Nichts wurde geändert.",
    "refusal.account_already_linked": (
        "Dieses Dropbox-Konto ist schon von einem anderen Benutzer oder Unternehmen von Jenji verknüpft. "
        "Wählen Sie ein anderes Dropbox-Konto, oder lassen Sie es dort zuerst trennen."
    ),
    "refusal.already_used": (
        "Dieser Link wurde schon verwendet. Prüfen Sie Ihre Dropbox-Einstellungen, oder beginnen Sie von "
        "vorn."
    ),
    "refusal.dropbox_error": (
        "Dropbox hat die Verknüpfung abgelehnt. Beginnen Sie von vorn, oder fragen Sie unseren Support."
    ),
    "refusal.expired": "Die Verknüpfung hat zu lange gedauert. Beginnen Sie von vorn.",
    "refusal.invalid_cursor": "Diese Seite der Liste gibt es nicht mehr. Gehen Sie zur ersten zurück.",
    "refusal.invalid_request": (
        "Diese Anfrage ist nicht zu verstehen. Beginnen Sie in Ihren Dropbox-Einstellungen von vorn."
    ),
    "refusal.invalid_start_date": (
        "Das Startdatum muss ein Datum sein und darf nicht in der Zukunft liegen. Wählen Sie ein anderes."
    ),
    "refusal.missing_scope": (
        "Dropbox hat nicht alle Berechtigungen erteilt, die Jenji braucht. Beginnen Sie von vorn und "
        "erlauben Sie alle."
    ),
    "refusal.no_team_space": "Dieses Dropbox-Konto hat neben seinem eigenen Ordner keinen Teambereich.",
    "refusal.not_administrator": "Nur ein Administrator kann die Dropbox des Unternehmens verwalten.",
    "refusal.not_found": "So etwas gibt es hier nicht. Laden Sie die Seite neu.",
    "refusal.not_linked": (
        "Es ist kein Dropbox-Konto verknüpft, oder seine Verknüpfung ist unterbrochen. Verknüpfen Sie es "
        "zuerst."
    ),
    "refusal.not_retryable": (
        "Dies lässt sich nicht erneut versuchen: Es ist nicht fehlgeschlagen, oder der Versuch läuft schon."
    ),
    "refusal.not_signed_in": "Melden Sie sich bei Jenji an, und beginnen Sie von vorn.",
    "refusal.not_splittable": (
        "Dies lässt sich nicht aufteilen: Es wurde inzwischen bearbeitet oder entschieden, oder es ist nur "
        "ein Beleg."
    ),
    "refusal.other_user": (
        "Diese Verknüpfung hat ein anderer Benutzer begonnen. Melden Sie sich als dieser an, oder beginnen "
        "Sie selbst von vorn."
    ),
    "refusal.paused": (
        "Jenji hat seine Arbeit mit Dropbox unterbrochen. Sie geht von selbst weiter; versuchen Sie es "
        "später erneut."
    ),
    "refusal.plan_required": (
        "Die Synchronisierung mit der Dropbox des Unternehmens braucht den Tarif Team oder Enterprise."
    ),
    "refusal.purpose_unavailable": "Diese Verwendung von Dropbox ist noch nicht verfügbar.",
    "refusal.too_many_requests": (
        "Das wurde in kurzer Zeit zu oft verlangt. Versuchen Sie es in einer Minute erneut."
    ),
    "refusal.try_again": (
        "Dropbox oder Jenji antwortet im Moment nicht. Versuchen Sie es in einer Minute erneut."
    ),
    "problem.token_revoked": "Jenji hat keinen Zugriff mehr auf dieses Dropbox-Konto. Verknüpfen Sie es neu.",
    "problem.scope_missing": (
        "Dropbox hat Jenji einige der nötigen Berechtigungen entzogen. Verknüpfen Sie das Konto neu."
    ),
    "problem.quota_full": "Dieses Dropbox-Konto ist voll. Schaffen Sie darin Platz.",
    "problem.user_inactive": "Ihr Jenji-Konto ist nicht aktiv. Wenden Sie sich an Ihren Administrator.",
    "problem.dropbox_suspended": (
        "Dropbox hat dieses Konto gesperrt. Wenden Sie sich an den Support von Dropbox."
    ),
    "problem.administrator_gone": (
        "Die Person, die dieses Dropbox-Konto verknüpft hat, ist kein Administrator Ihres Unternehmens mehr. "
        "Übernehmen Sie die Verknüpfung, oder verknüpfen Sie ein anderes Konto."
    ),
    "problem.plan": (
        "Die Synchronisierung braucht den Tarif Team oder Enterprise. Wechseln Sie den Tarif, und sie geht "
        "weiter."
    ),
    "problem.paused": "Jenji hat seine Arbeit mit Dropbox unterbrochen. Sie geht von selbst weiter.",
    "problem.rate_limited": "Dropbox bittet um eine Pause. Jenji macht in einigen Minuten von selbst weiter.",
    "problem.transport_limit": (
        "Ihr Dropbox-Team hat die Uploads durch Apps für diesen Monat aufgebraucht. Nichts ist verloren: "
        "Jenji macht am Ersten des nächsten Monats von selbst weiter."
    ),
    "problem.space_unavailable": (
        "Der Teambereich, in dem die Belege abgelegt werden, wurde verschoben oder ist dem verknüpften "
        "Konto verschlossen. Wählen Sie unten Ihren eigenen Ordner, oder verknüpfen Sie das Konto neu. "
        "Nichts ist verloren."
    ),
    "problem.access_denied": (
        "Dropbox lässt Jenji dieses Konto nicht verwenden. Wenden Sie sich an den Administrator Ihres "
        "Dropbox-Teams; danach macht Jenji von selbst weiter."
    ),
    "problem.dropbox_unavailable": "Dropbox ist zurzeit nicht erreichbar. Jenji macht von selbst weiter.",
    "problem.dropbox_refused": (
        "Dropbox verweigert, was Jenji von ihm verlangt. Kontaktieren Sie unseren Support."
    ),
    "waiting.incomplete": "Diese Datei ist vielleicht noch auf dem Weg zu Dropbox.",
    "waiting.being_read": "Diese Datei wird mit besonderer Vorsicht gelesen.",
    "waiting.cannot_be_moved": "Diese Datei ist verarbeitet, aber Dropbox lässt sie noch nicht verschieben.",
    "waiting.try_again": (
        "Diese Datei konnte nicht von Dropbox geholt werden. Jenji versucht es von selbst erneut."
    ),
    "delivery.acceptance_withdrawn": "Die Ausgabe ist nicht mehr genehmigt.",
    "delivery.account_changed": "Inzwischen wurde ein anderes Dropbox-Konto verknüpft.",
    "delivery.document_missing": "Der Beleg liegt nicht bei Jenji. Kontaktieren Sie unseren Support.",
    "delivery.document_removed": "Der Beleg wurde von seiner Ausgabe entfernt.",
    "delivery.dropbox_refused": (
        "Dropbox hat den Beleg abgelehnt. Versuchen Sie es erneut, oder kontaktieren Sie unseren Support."
    ),
    "delivery.path_taken": (
        "Andere Dateien tragen schon alle Namen, die er in Dropbox haben könnte. Benennen Sie diese zuerst "
        "um."
    ),
    "delivery.try_again": (
        "Der Beleg konnte noch nicht zugestellt werden. Jenji versucht es von selbst erneut."
    ),
    "delivery.unreadable": "Der Beleg konnte nicht gelesen werden. Kontaktieren Sie unseren Support.",
    "no_preview.being_read": "Der Beleg wird gerade gelesen: Er ist gleich hier zu sehen.",
    "no_preview.data_only": (
        "Dieser Beleg besteht aus Daten ohne Seiten: Das Gelesene stammt aus den angehängten Daten."
    ),
    "no_preview.not_made": "Von diesem Beleg gibt es kein Bild. Öffnen Sie den Beleg selbst.",
    "category.meal": "Verpflegung",
    "category.hotel": "Hotel",
    "category.train": "Bahn",
    "category.flight": "Flug",
    "category.taxi": "Taxi",
    "category.public-transport": "Nahverkehr",
    "category.car-rental": "Mietwagen",
    "category.fuel": "Kraftstoff",
    "category.parking": "Parken",
    "category.toll": "Maut",
    "category.telecom": "Telekommunikation",
    "category.software": "Software",
    "category.office-supplies": "Bürobedarf",
    "category.groceries": "Lebensmittel",
    "category.postage": "Porto",
    "manifest.column.expense_id": "Ausgaben-ID",
    "manifest.column.employee": "Mitarbeiter",
    "manifest.column.date": "Datum",
    "manifest.column.merchant": "Händler",
    "manifest.column.amount": "Betrag",
    "manifest.column.currency": "Währung",
    "manifest.column.category": "Kategorie",
    "manifest.column.file_path": "Dateipfad",
    "manifest.column.sha256": "SHA-256",
    "manifest.column.delivered_at": "Abgelegt am (UTC)",
    "manifest.column.space": "Bereich",
    "manifest.column.position": "Beleg",
    "manifest.column.document_number": "Rechnungsnummer",
    "manifest.column.net": "Netto",
    "manifest.column.vat": "MwSt.",
    "manifest.column.vat_source": "MwSt. laut",
    "manifest.column.last_proof": "Letzte Prüfung",
    "manifest.column.dropbox": "In Dropbox",
    "manifest.column.rate": "MwSt.-Satz",
    "manifest.column.documents": "Belege",
    "manifest.column.expenses": "Ausgaben",
    "manifest.column.by_employee": "Nach Mitarbeiter",
    "manifest.column.by_category": "Nach Kategorie",
    "manifest.column.check": "Prüfung",
    "manifest.column.net_of_rate": "Netto zu {rate} %",
    "manifest.column.vat_of_rate": "MwSt. zu {rate} %",
    "manifest.column.net_of_other": "Netto, andere Sätze",
    "manifest.column.vat_of_other": "MwSt., andere Sätze",
    "manifest.column.net_of_none": "Netto, Satz nicht angegeben",
    "manifest.column.vat_of_none": "MwSt., Satz nicht angegeben",
    "manifest.sheet.expenses": "Ausgaben",
    "manifest.sheet.totals": "Summen",
    "manifest.totals.all": "Alle Ausgaben",
    "manifest.totals.employee": "Nach Mitarbeiter",
    "manifest.totals.category": "Nach Kategorie",
    "manifest.totals.rate": "Nach MwSt.-Satz",
    "manifest.totals.none": "(ohne)",
    "manifest.check.right": "stimmt",
    "manifest.check.wrong": "weicht ab",
    "manifest.open": "Öffnen",
    "manifest.page": "Seite",
    "manifest.space.member_folder": "Mitgliederordner",
    "manifest.space.team_space": "Teambereich",
    "manifest.vat_source.host": "Ausgabe",
    "manifest.vat_source.read": "Beleg, ausgelesen",
    "contradiction.total-differs-from-page": (
        "Der Gesamtbetrag der angehängten Daten ist nicht der auf der Seite."
    ),
    "contradiction.date-differs-from-page": "Das Datum der angehängten Daten ist nicht das auf der Seite.",
    "contradiction.currency-differs-from-page": (
        "Die Währung der angehängten Daten ist nicht die auf der Seite."
    ),
    "contradiction.number-differs-from-page": "Die Nummer der angehängten Daten ist nicht die auf der Seite.",
    "contradiction.sum-does-not-add-up": "Die Beträge der angehängten Daten gehen nicht auf.",
    "contradiction.several-invoices": "Dem Beleg sind mehrere Rechnungen angehängt.",
    "contradiction.several-documents": "Die Datei enthält mehrere Belege: Prüfen Sie, welcher gemeint ist.",
    "active_content.found": "Dieser Beleg enthält aktive Inhalte: Öffnen Sie ihn mit Vorsicht.",
    "active_content.not_known": (
        "Dieser Beleg ließ sich nicht auf aktive Inhalte prüfen: Öffnen Sie ihn mit Vorsicht."
    ),
    "apps_folder": "(der Ordner Ihrer Apps)",
    "refusal.invalid_address": "Das ist keine E-Mail-Adresse, an die eine Einladung gehen kann.",
    "refusal.link_not_working": (
        "Die Verknüpfung mit Dropbox ist unterbrochen. Stellen Sie sie zuerst wieder her, wie es oben steht."
    ),
    "refusal.other_account": (
        "Das war ein anderes Dropbox-Konto als das der Firma. Es hat sich nichts geändert. Beginnen Sie"
        " von vorn und melden Sie sich mit dem der Firma an."
    ),
    "refusal.sharing_not_allowed": (
        "Jenji darf den Ordner noch nicht freigeben. Erlauben Sie es zuerst bei Dropbox."
    ),
    "refusal.sharing_under_way": (
        "Eine andere Änderung dieses Ordners ist unterwegs. Warten Sie, bis sie gemacht ist, und "
        "versuchen Sie es dann noch einmal."
    ),
    "found.present": "Es wurde in Dropbox gesucht, war da und blieb unberührt.",
    "found.missing": "Es lag in Dropbox nicht mehr an seinem Ort und wird erneut gesendet.",
    "found.changed": "An seinem Ort in Dropbox lag etwas anderes; es wird daneben erneut gesendet.",
    "found.failed": "Es war nicht zugestellt worden und wird erneut gesendet.",
    "sharing.consent_missing": (
        "Dropbox lässt Jenji den Ordner nicht mehr freigeben. Erlauben Sie es noch einmal."
    ),
    "sharing.outside_team": (
        "Die Einstellungen Ihres Teams in Dropbox erlauben keine Freigabe an Personen außerhalb des "
        "Teams. Bitten Sie Ihren Dropbox-Administrator, sie für diesen Ordner zu erlauben."
    ),
    "sharing.email_unverified": (
        "Eine E-Mail-Adresse ist bei Dropbox noch nicht bestätigt: Ihre oder die dieser Person. "
        "Bestätigen Sie sie in den Einstellungen von Dropbox und versuchen Sie es dann noch einmal."
    ),
    "sharing.address_refused": (
        "Dropbox nimmt diese Adresse nicht an. Prüfen Sie, ob sie richtig geschrieben ist."
    ),
    "sharing.plan": (
        "Ihr Dropbox-Tarif erlaubt das nicht. Wählen Sie einen anderen Zugriff, oder bei Dropbox einen "
        "anderen Tarif."
    ),
    "sharing.invitation_limit": (
        "Dropbox nimmt für diesen Ordner zurzeit keine Einladungen oder Mitglieder mehr an. Beenden "
        "Sie, was nicht gebraucht wird, oder versuchen Sie es morgen."
    ),
    "sharing.inside_shared_folder": (
        "Dieser Ordner liegt in einem, der schon freigegeben ist. Geben Sie jenen frei, oder beenden "
        "Sie zuerst dessen Freigabe."
    ),
    "sharing.contains_shared_folder": (
        "Ein Ordner darin ist schon freigegeben, etwa ein Jahr. Beenden Sie zuerst jene Freigabe und "
        "geben Sie dann den ganzen Ordner frei."
    ),
    "sharing.folder_unshareable": "Dropbox lässt diesen Ordner dort, wo er liegt, nicht freigeben.",
    "sharing.folder_missing": (
        "Für dieses Jahr gibt es noch keinen Ordner. Er kann freigegeben werden, sobald Belege darin "
        "angekommen sind."
    ),
    "sharing.too_many_files": (
        "Der Ordner enthält zu viele Dateien, als dass Dropbox das auf einmal ändern könnte. Ändern Sie"
        " es auf der Website von Dropbox."
    ),
    "sharing.no_permission": (
        "Das verknüpfte Dropbox-Konto darf diesen Ordner nicht freigeben. Wenden Sie sich an den "
        "Administrator des Dropbox Ihres Teams."
    ),
    "sharing.is_owner": "Das ist die Adresse des Eigentümers des Ordners, der immer Zugriff hat.",
    "sharing.access_inherited": (
        "Dieser Zugriff kommt von einem übergeordneten Ordner oder einer Gruppe. Ändern Sie ihn in Dropbox."
    ),
    "sharing.not_in_time": (
        "Dropbox war einen Tag lang nicht zu erreichen, deshalb wurde das aufgegeben. Versuchen Sie es "
        "noch einmal."
    ),
    "sharing.link_changed": "Dropbox wurde neu verknüpft, bevor das getan war. Versuchen Sie es noch einmal.",
    "sharing.dropbox_refused": (
        "Dropbox hat das ohne einen uns bekannten Grund abgelehnt. Versuchen Sie es auf der Website von"
        " Dropbox, oder fragen Sie unseren Support."
    ),
    "refusal.proof_under_way": (
        "Der Ordner wird gerade geprüft. Warten Sie, bis das zu Ende ist, und versuchen Sie es dann "
        "noch einmal."
    ),
    "proof.not_in_time": (
        "Dropbox war einen Tag lang nicht zu erreichen, deshalb wurde das aufgegeben. Versuchen Sie es "
        "noch einmal."
    ),
    "proof.link_changed": "Dropbox wurde neu verknüpft, bevor das getan war. Versuchen Sie es noch einmal.",
    "proof.no_permission": (
        "Das verknüpfte Dropbox-Konto darf diesen Ordner nicht auflisten. Wenden Sie sich an den "
        "Administrator des Dropbox Ihres Teams."
    ),
    "proof.too_many_files": (
        "Der Ordner enthält mehr Dateien, als verglichen werden können. Fragen Sie unseren Support."
    ),
    "proof.dropbox_refused": (
        "Dropbox hat das ohne einen uns bekannten Grund abgelehnt. Versuchen Sie es noch einmal, oder "
        "fragen Sie unseren Support."
    ),
    "proof_file.run": "Prüfung",
    "proof_file.as_of": "Stand",
    "proof_file.documents": "Zugestellte Belege",
    "proof_file.present": "An ihrem Ort, unverändert",
    "proof_file.missing": "Fehlen",
    "proof_file.changed": "Verändert",
    "proof_file.moved": "Innerhalb des Ordners verschoben",
    "proof_file.doubled": "Weitere Kopien",
    "proof_file.other_account": "Nicht gesucht: in einem früher verknüpften Dropbox",
    "proof_file.other_space": "Nicht gesucht: im anderen Bereich des Teams",
    "proof_file.finding": "Befund",
    "proof_file.path": "Zugestellt nach",
    "proof_file.found_at": "Gefunden in",
    "proof_file.expense_id": "Ausgaben-ID",
    "proof_file.more": "Es sind mehr, als diese Liste fasst.",
    "proof_file.finding.missing": "fehlt",
    "proof_file.finding.changed": "verändert",
    "proof_file.finding.moved": "verschoben",
    "proof_file.finding.doubled": "weitere Kopie",
    "refusal.filing_changed": (
        "Jemand hat inzwischen die Verknüpfung oder die Ablage der Firma geändert. Sehen Sie nach, "
        "wie sie jetzt ist, und wählen Sie dann noch einmal."
    ),
    "refusal.filing_employee_missing": (
        "Ohne einen Ordner je Mitarbeiter lägen die Belege mehrerer Personen durcheinander. Fügen Sie"
        " den Ordner des Mitarbeiters hinzu."
    ),
    "refusal.filing_month_before_year": (
        "Ein Monatsordner mit Jahren darin würde denselben Monat verschiedener Jahre vermischen. "
        "Stellen Sie das Jahr vor den Monat oder lassen Sie es weg: Der Monat nennt dann sein Jahr."
    ),
    "refusal.filing_month_missing": (
        "Ohne Monatsordner lägen die Belege von Jahren in einem einzigen Ordner. Fügen Sie den Monat hinzu."
    ),
    "refusal.filing_parts_unfit": (
        "Ein Dateiname besteht aus mindestens einem der angebotenen Teile, und jeder Teil steht "
        "einmal darin. Wählen Sie sie noch einmal."
    ),
    "refusal.filing_private_folder": (
        "Nur Jahr, Monat und Mitarbeiter dürfen einen Ordner benennen: Wer zu einem Ordner eingeladen"
        " wird, liest dessen Namen, und Händler und Beträge gehen nicht alle etwas an."
    ),
    "refusal.filing_year_shared": (
        "Der Ordner eines Jahres ist freigegeben, und neue Belege kämen dort nicht mehr an. Beenden "
        "Sie zuerst diese Freigabe, oder behalten Sie das Jahr als äußersten Ordner."
    ),
    "refusal.no_year_folder": (
        "So wie Sie ablegen, liegen die Belege eines Jahres nicht in einem Ordner. Geben Sie den "
        "ganzen Ordner frei, oder wählen Sie das Jahr als äußersten Ordner."
    ),
    "sharing.no_year_folder": (
        "Belege werden nicht mehr zuerst nach Jahren abgelegt, deshalb kann ein Jahr nicht für sich "
        "freigegeben werden. Geben Sie den ganzen Ordner frei."
    ),
}
