// The texts of proofs, in every language: they are fetched with it, and by nobody else.

export default {
  en: {
    "proof.never": "The folder has not been checked yet.",
    "proof.present":
      "{present} of {n} document is in its place, unaltered.|{present} of {n} documents are in their place, unaltered.",
    "proof.monthly": "monthly check",
    "proof.asked": "asked for",
    "proof.no_folder":
      "The folder itself is not there. If somebody has moved or renamed it, move it back and check again.",
    "proof.missing": "Missing",
    "proof.changed": "Changed",
    "proof.moved": "Moved within the folder",
    "proof.doubled": "Further copies",
    "proof.elsewhere": "Not looked for: in a Dropbox linked before, or in the team’s other space",
    "proof.is.missing": "Missing",
    "proof.is.changed": "Changed",
    "proof.is.moved": "Moved",
    "proof.is.doubled": "Copy",
    "proof.found_at": "Found at",
    "proof.findings": "What was found",
    "proof.more": "Show more",
    "proof.file": "The result lies in",
    "proof.listing":
      "Looking at the folder: {n} file so far. You can close the page.|Looking at the folder: {n} files so far. You can close the page.",
    "proof.comparing":
      "Comparing {n} file with what was delivered.|Comparing {n} files with what was delivered.",
    "proof.next": "The next monthly check is due on {when}.",
    "proof.prove": "Check now",
    "proof.hint":
      "What is missing is delivered again, in its place or under the next free name. Nothing is overwritten, moved or deleted.",
    "proof.return": "Put back {n} document|Put back {n} documents",
    "proof.returning":
      "{n} document is being put back. You can close the page.|{n} documents are being put back. You can close the page.",
    "proof.returned":
      "{n} document is delivered again: see below. Check again to be sure.|{n} documents are delivered again: see below. Check again to be sure.",
  },
  fr: {
    "proof.never": "Le dossier n’a pas encore été vérifié.",
    "proof.present":
      "{present} document sur {n} est à sa place, inchangé.|{present} documents sur {n} sont à leur place, inchangés.",
    "proof.monthly": "vérification mensuelle",
    "proof.asked": "à la demande",
    "proof.no_folder":
      "Le dossier lui-même n’est pas là. S’il a été déplacé ou renommé, remettez-le à sa place et vérifiez à nouveau.",
    "proof.missing": "Manquants",
    "proof.changed": "Modifiés",
    "proof.moved": "Déplacés dans le dossier",
    "proof.doubled": "Copies supplémentaires",
    "proof.elsewhere": "Non recherchés : dans un Dropbox lié auparavant, ou dans l’autre espace de l’équipe",
    "proof.is.missing": "Manquant",
    "proof.is.changed": "Modifié",
    "proof.is.moved": "Déplacé",
    "proof.is.doubled": "Copie",
    "proof.found_at": "Trouvé dans",
    "proof.findings": "Ce qui a été constaté",
    "proof.more": "Afficher plus",
    "proof.file": "Le résultat se trouve dans",
    "proof.listing":
      "Lecture du dossier : {n} fichier jusqu’ici. Vous pouvez fermer la page.|Lecture du dossier : {n} fichiers jusqu’ici. Vous pouvez fermer la page.",
    "proof.comparing":
      "Comparaison de {n} fichier avec ce qui a été livré.|Comparaison de {n} fichiers avec ce qui a été livré.",
    "proof.next": "La prochaine vérification mensuelle est prévue le {when}.",
    "proof.prove": "Vérifier maintenant",
    "proof.hint":
      "Ce qui manque est livré à nouveau, à sa place ou sous le prochain nom libre. Rien n’est remplacé, déplacé ni supprimé.",
    "proof.return": "Remettre {n} document|Remettre {n} documents",
    "proof.returning":
      "{n} document est remis en place. Vous pouvez fermer la page.|{n} documents sont remis en place. Vous pouvez fermer la page.",
    "proof.returned":
      "{n} document est livré à nouveau : voir ci-dessous. Vérifiez encore pour en être sûr.|{n} documents sont livrés à nouveau : voir ci-dessous. Vérifiez encore pour en être sûr.",
  },
  de: {
    "proof.never": "Der Ordner wurde noch nicht geprüft.",
    "proof.present":
      "{present} von {n} Beleg liegt unverändert an seinem Ort.|{present} von {n} Belegen liegen unverändert an ihrem Ort.",
    "proof.monthly": "monatliche Prüfung",
    "proof.asked": "auf Anfrage",
    "proof.no_folder":
      "Der Ordner selbst ist nicht da. Wurde er verschoben oder umbenannt, schieben Sie ihn zurück und prüfen Sie noch einmal.",
    "proof.missing": "Fehlen",
    "proof.changed": "Verändert",
    "proof.moved": "Innerhalb des Ordners verschoben",
    "proof.doubled": "Weitere Kopien",
    "proof.elsewhere": "Nicht gesucht: in einem früher verknüpften Dropbox oder im anderen Bereich des Teams",
    "proof.is.missing": "Fehlt",
    "proof.is.changed": "Verändert",
    "proof.is.moved": "Verschoben",
    "proof.is.doubled": "Kopie",
    "proof.found_at": "Gefunden in",
    "proof.findings": "Was gefunden wurde",
    "proof.more": "Mehr anzeigen",
    "proof.file": "Das Ergebnis liegt in",
    "proof.listing":
      "Der Ordner wird durchgesehen: bisher {n} Datei. Sie können die Seite schließen.|Der Ordner wird durchgesehen: bisher {n} Dateien. Sie können die Seite schließen.",
    "proof.comparing":
      "{n} Datei wird mit dem verglichen, was zugestellt wurde.|{n} Dateien werden mit dem verglichen, was zugestellt wurde.",
    "proof.next": "Die nächste monatliche Prüfung ist am {when} fällig.",
    "proof.prove": "Jetzt prüfen",
    "proof.hint":
      "Was fehlt, wird noch einmal zugestellt, an seinen Ort oder unter dem nächsten freien Namen. Nichts wird überschrieben, verschoben oder gelöscht.",
    "proof.return": "{n} Beleg zurücklegen|{n} Belege zurücklegen",
    "proof.returning":
      "{n} Beleg wird zurückgelegt. Sie können die Seite schließen.|{n} Belege werden zurückgelegt. Sie können die Seite schließen.",
    "proof.returned":
      "{n} Beleg wird noch einmal zugestellt: siehe unten. Prüfen Sie erneut, um sicher zu sein.|{n} Belege werden noch einmal zugestellt: siehe unten. Prüfen Sie erneut, um sicher zu sein.",
  },
  es: {
    "proof.never": "La carpeta todavía no se ha comprobado.",
    "proof.present":
      "{present} de {n} documento está en su sitio, sin cambios.|{present} de {n} documentos están en su sitio, sin cambios.",
    "proof.monthly": "comprobación mensual",
    "proof.asked": "a petición",
    "proof.no_folder":
      "La carpeta misma no está. Si alguien la ha movido o le ha cambiado el nombre, devuélvala a su sitio y vuelva a comprobar.",
    "proof.missing": "Faltan",
    "proof.changed": "Modificados",
    "proof.moved": "Movidos dentro de la carpeta",
    "proof.doubled": "Otras copias",
    "proof.elsewhere": "No buscados: en un Dropbox vinculado antes o en el otro espacio del equipo",
    "proof.is.missing": "Falta",
    "proof.is.changed": "Modificado",
    "proof.is.moved": "Movido",
    "proof.is.doubled": "Copia",
    "proof.found_at": "Encontrado en",
    "proof.findings": "Lo que se ha encontrado",
    "proof.more": "Mostrar más",
    "proof.file": "El resultado está en",
    "proof.listing":
      "Mirando la carpeta: {n} archivo hasta ahora. Puede cerrar la página.|Mirando la carpeta: {n} archivos hasta ahora. Puede cerrar la página.",
    "proof.comparing":
      "Comparando {n} archivo con lo que se entregó.|Comparando {n} archivos con lo que se entregó.",
    "proof.next": "La próxima comprobación mensual está prevista para el {when}.",
    "proof.prove": "Comprobar ahora",
    "proof.hint":
      "Lo que falta se entrega de nuevo, en su sitio o con el siguiente nombre libre. No se sobrescribe, mueve ni elimina nada.",
    "proof.return": "Devolver {n} documento|Devolver {n} documentos",
    "proof.returning":
      "Se está devolviendo {n} documento. Puede cerrar la página.|Se están devolviendo {n} documentos. Puede cerrar la página.",
    "proof.returned":
      "{n} documento se entrega de nuevo: vea más abajo. Compruebe otra vez para estar seguro.|{n} documentos se entregan de nuevo: vea más abajo. Compruebe otra vez para estar seguro.",
  },
  it: {
    "proof.never": "La cartella non è ancora stata verificata.",
    "proof.present":
      "{present} documento su {n} è al suo posto, inalterato.|{present} documenti su {n} sono al loro posto, inalterati.",
    "proof.monthly": "verifica mensile",
    "proof.asked": "su richiesta",
    "proof.no_folder":
      "La cartella stessa non c’è. Se qualcuno l’ha spostata o rinominata, la rimetta al suo posto e verifichi di nuovo.",
    "proof.missing": "Mancanti",
    "proof.changed": "Modificati",
    "proof.moved": "Spostati nella cartella",
    "proof.doubled": "Altre copie",
    "proof.elsewhere": "Non cercati: in un Dropbox collegato in precedenza o nell’altro spazio del team",
    "proof.is.missing": "Mancante",
    "proof.is.changed": "Modificato",
    "proof.is.moved": "Spostato",
    "proof.is.doubled": "Copia",
    "proof.found_at": "Trovato in",
    "proof.findings": "Che cosa è stato trovato",
    "proof.more": "Mostra altri",
    "proof.file": "Il risultato si trova in",
    "proof.listing":
      "Lettura della cartella: {n} file finora. Può chiudere la pagina.|Lettura della cartella: {n} file finora. Può chiudere la pagina.",
    "proof.comparing":
      "Confronto di {n} file con quanto consegnato.|Confronto di {n} file con quanto consegnato.",
    "proof.next": "La prossima verifica mensile è prevista per il {when}.",
    "proof.prove": "Verifica ora",
    "proof.hint":
      "Ciò che manca viene consegnato di nuovo, al suo posto o con il prossimo nome libero. Nulla viene sovrascritto, spostato o eliminato.",
    "proof.return": "Rimetti {n} documento|Rimetti {n} documenti",
    "proof.returning":
      "{n} documento viene rimesso al suo posto. Può chiudere la pagina.|{n} documenti vengono rimessi al loro posto. Può chiudere la pagina.",
    "proof.returned":
      "{n} documento viene consegnato di nuovo: veda sotto. Verifichi ancora per esserne certo.|{n} documenti vengono consegnati di nuovo: veda sotto. Verifichi ancora per esserne certo.",
  },
};
