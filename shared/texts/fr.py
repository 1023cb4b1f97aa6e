"""What people read in French, by key: plain data."""

# The apostrophe of typography is meant:
# ruff: noqa: RUF001

from __future__ import annotations

TEXTS: dict[str, str] = {
    "rejection.not_downloadable.folder": "Non téléchargeable",
    "rejection.not_downloadable": (
        "Dropbox ne permet pas de télécharger ce fichier, comme les documents Paper et Google Docs. "
        "Exportez-le en PDF, puis déposez le PDF."
    ),
    "rejection.restricted.folder": "Restreint par Dropbox",
    "rejection.restricted": (
        "Depuis une semaine, Dropbox restreint ce fichier et ne le délivre pas. Déposez une autre "
        "copie, ou adressez-vous à l’assistance de Dropbox puis déposez-le à nouveau."
    ),
    "rejection.empty.folder": "Fichier vide",
    "rejection.empty": (
        "Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre ordinateur, puis déposez-le à nouveau."
    ),
    "rejection.too_large.folder": "Trop volumineux",
    "rejection.too_large": (
        "Ce fichier est trop volumineux. Réduisez sa taille ou divisez-le, puis déposez-le à nouveau."
    ),
    "rejection.unsupported_type.folder": "Type non pris en charge",
    "rejection.unsupported_type": (
        "Ce type de fichier ne peut pas être importé, quel que soit son nom. Déposez plutôt un fichier "
        "PDF, JPEG, PNG, HEIC, HEIF, WebP, TIFF ou GIF, le XML d’une facture électronique, ou un e-mail "
        "enregistré en .eml auquel l’un d’eux est joint."
    ),
    "rejection.password_protected.folder": "Protégé par mot de passe",
    "rejection.password_protected": (
        "Ce fichier ne s’ouvre qu’avec un mot de passe. Enregistrez-en une copie sans mot de passe, "
        "puis déposez la copie."
    ),
    "rejection.damaged.folder": "Endommagé",
    "rejection.damaged": (
        "Ce fichier est endommagé ou incomplet et ne peut pas être affiché. Téléchargez, numérisez ou "
        "photographiez à nouveau le document, puis déposez le nouveau fichier."
    ),
    "rejection.too_complex.folder": "Trop complexe",
    "rejection.too_complex": (
        "Ce fichier a trop de pages, ou des images trop grandes, pour être lu. Divisez-le ou réduisez "
        "sa résolution, puis déposez-le à nouveau."
    ),
    "rejection.unreadable.folder": "Illisible",
    "rejection.unreadable": (
        "Ce fichier n’a pas pu être lu. Imprimez-le en PDF ou prenez-le en photo, puis déposez le "
        "nouveau fichier."
    ),
    "rejection.none_attached.folder": "Sans document joint",
    "rejection.none_attached": (
        "Cet e-mail n’a pas de document joint qui puisse être importé. Enregistrez le document lui-même, "
        "puis déposez ce fichier."
    ),
    "rejection.several_attached.folder": "Plusieurs documents joints",
    "rejection.several_attached": (
        "Cet e-mail a plusieurs fichiers joints. Enregistrez chacun des documents, puis déposez-les "
        "séparément."
    ),
    "refusal.access_denied": "Vous n’avez pas autorisé Jenji à accéder à Dropbox. Rien n’a changé.",
    "refusal.account_already_linked": (
        "Ce compte Dropbox est déjà lié par un autre utilisateur ou une autre entreprise de Jenji. "
        "Choisissez un autre compte Dropbox, ou faites d’abord supprimer ce lien."
    ),
    "refusal.already_used": "Ce lien a déjà servi. Vérifiez vos réglages Dropbox, ou recommencez.",
    "refusal.dropbox_error": (
        "Dropbox a refusé la liaison. Recommencez ; si cela se reproduit, contactez notre assistance."
    ),
    "refusal.expired": "La liaison a pris trop de temps. Recommencez.",
    "refusal.invalid_cursor": "Cette page de la liste n’existe plus. Reprenez la liste depuis le début.",
    "refusal.invalid_request": "Cette demande est illisible. Recommencez depuis vos réglages Dropbox.",
    "refusal.invalid_start_date": (
        "La date de début doit être une date qui n’est pas dans le futur. Choisissez-en une autre."
    ),
    "refusal.missing_scope": (
        "Dropbox n’a pas accordé toutes les autorisations nécessaires à Jenji. Recommencez et "
        "acceptez-les toutes."
    ),
    "refusal.no_team_space": "Ce compte Dropbox n’a pas d’espace d’équipe en plus de son propre dossier.",
    "refusal.not_administrator": "Seul un administrateur peut gérer le Dropbox de l’entreprise.",
    "refusal.not_found": "Il n’y a rien de tel ici. Rechargez la page.",
    "refusal.not_linked": (
        "Aucun compte Dropbox n’est lié, ou sa liaison est interrompue. Commencez par le lier (à nouveau)."
    ),
    "refusal.not_retryable": (
        "Ceci ne peut pas être retenté : rien n’a échoué, ou une nouvelle tentative est déjà en cours."
    ),
    "refusal.not_signed_in": "Connectez-vous à Jenji, puis recommencez.",
    "refusal.not_splittable": (
        "Ceci ne peut pas être divisé : la dépense a été modifiée ou traitée entre-temps, ou il n’y a qu’un "
        "document."
    ),
    "refusal.other_user": (
        "Cette liaison a été commencée par un autre utilisateur. Connectez-vous avec son compte, ou "
        "recommencez avec le vôtre."
    ),
    "refusal.paused": (
        "Jenji a suspendu ses échanges avec Dropbox. Ils reprendront d’eux-mêmes ; réessayez plus tard."
    ),
    "refusal.plan_required": (
        "Synchroniser avec le Dropbox de l’entreprise nécessite l’offre Team ou Enterprise."
    ),
    "refusal.purpose_unavailable": "Cette utilisation de Dropbox n’est pas encore disponible.",
    "refusal.too_many_requests": "Trop de demandes en peu de temps. Réessayez dans une minute.",
    "refusal.try_again": "Dropbox ou Jenji ne répond pas pour le moment. Réessayez dans une minute.",
    "problem.token_revoked": "Jenji n’a plus accès à ce compte Dropbox. Liez-le à nouveau.",
    "problem.scope_missing": (
        "Dropbox a retiré certaines autorisations nécessaires à Jenji. Liez le compte à nouveau."
    ),
    "problem.quota_full": "Ce compte Dropbox est plein. Libérez-y de l’espace.",
    "problem.user_inactive": "Votre compte Jenji n’est pas actif. Adressez-vous à votre administrateur.",
    "problem.administrator_gone": (
        "La personne qui a lié ce compte Dropbox n’est plus administrateur de votre entreprise. "
        "Reprenez le lien, ou liez un autre compte."
    ),
    "problem.dropbox_suspended": "Dropbox a suspendu ce compte. Adressez-vous à l’assistance de Dropbox.",
    "problem.plan": (
        "La synchronisation nécessite l’offre Team ou Enterprise. Changez d’offre et elle reprendra."
    ),
    "problem.paused": "Jenji a suspendu ses échanges avec Dropbox. Ils reprendront d’eux-mêmes.",
    "problem.rate_limited": "Dropbox demande une pause. Jenji reprendra de lui-même dans quelques minutes.",
    "problem.transport_limit": (
        "Votre équipe Dropbox a épuisé les envois d’applications de ce mois. Rien n’est perdu : Jenji "
        "reprendra de lui-même le premier du mois prochain."
    ),
    "problem.space_unavailable": (
        "L’espace d’équipe où sont classés les documents a été déplacé, ou est fermé au compte lié. "
        "Choisissez votre propre dossier ci-dessous, ou liez le compte à nouveau. Rien n’est perdu."
    ),
    "problem.access_denied": (
        "Dropbox ne permet pas à Jenji d’utiliser ce compte. Adressez-vous à l’administrateur de votre "
        "équipe Dropbox ; Jenji reprendra ensuite de lui-même."
    ),
    "problem.dropbox_unavailable": "Dropbox est injoignable pour l’instant. Jenji reprendra de lui-même.",
    "problem.dropbox_refused": "Dropbox refuse ce que Jenji lui demande. Contactez notre assistance.",
    "waiting.incomplete": "Ce fichier est peut-être encore en route vers Dropbox.",
    "waiting.being_read": "Ce fichier est en cours de lecture, avec précaution.",
    "waiting.cannot_be_moved": "Ce fichier est traité, mais Dropbox ne permet pas encore de le déplacer.",
    "waiting.try_again": "Ce fichier n’a pas pu être récupéré de Dropbox. Jenji réessaie de lui-même.",
    "delivery.acceptance_withdrawn": "La dépense n’est plus acceptée.",
    "delivery.account_changed": "Un autre compte Dropbox a été lié entre-temps.",
    "delivery.document_missing": "Le document ne se trouve pas chez Jenji. Contactez notre assistance.",
    "delivery.document_removed": "Le document a été retiré de sa dépense.",
    "delivery.dropbox_refused": "Dropbox a refusé le document. Réessayez, ou contactez notre assistance.",
    "delivery.path_taken": (
        "D’autres fichiers portent déjà tous les noms possibles dans Dropbox. Renommez-les, puis réessayez."
    ),
    "delivery.try_again": "Le document n’a pas encore pu être remis. Jenji réessaie de lui-même.",
    "delivery.unreadable": "Le document n’a pas pu être lu. Contactez notre assistance.",
    "no_preview.being_read": "Le document est en cours de lecture : il sera visible ici dans un instant.",
    "no_preview.data_only": (
        "Ce document est fait de données sans pages : ce qui a été lu vient des données jointes."
    ),
    "no_preview.not_made": "Il n’y a pas d’image de ce document. Ouvrez le document lui-même.",
    "category.meal": "Repas",
    "category.hotel": "Hôtel",
    "category.train": "Train",
    "category.flight": "Avion",
    "category.taxi": "Taxi",
    "category.public-transport": "Transports en commun",
    "category.car-rental": "Location de voiture",
    "category.fuel": "Carburant",
    "category.parking": "Stationnement",
    "category.toll": "Péage",
    "category.telecom": "Télécom",
    "category.software": "Logiciel",
    "category.office-supplies": "Fournitures de bureau",
    "category.groceries": "Courses",
    "category.postage": "Frais postaux",
    "manifest.column.expense_id": "Identifiant de la dépense",
    "manifest.column.employee": "Collaborateur",
    "manifest.column.date": "Date",
    "manifest.column.merchant": "Marchand",
    "manifest.column.amount": "Montant",
    "manifest.column.currency": "Devise",
    "manifest.column.category": "Catégorie",
    "manifest.column.file_path": "Chemin du fichier",
    "manifest.column.sha256": "SHA-256",
    "manifest.column.delivered_at": "Remis le (UTC)",
    "manifest.column.space": "Espace",
    "manifest.column.position": "Pièce",
    "manifest.column.document_number": "Numéro de facture",
    "manifest.column.net": "HT",
    "manifest.column.vat": "TVA",
    "manifest.column.vat_source": "Source de la TVA",
    "manifest.column.last_proof": "Dernière vérification",
    "manifest.column.dropbox": "Dans Dropbox",
    "manifest.column.rate": "Taux de TVA",
    "manifest.column.documents": "Pièces",
    "manifest.column.expenses": "Dépenses",
    "manifest.column.by_employee": "Par collaborateur",
    "manifest.column.by_category": "Par catégorie",
    "manifest.column.check": "Contrôle",
    "manifest.column.net_of_rate": "HT à {rate} %",
    "manifest.column.vat_of_rate": "TVA à {rate} %",
    "manifest.column.net_of_other": "HT, autres taux",
    "manifest.column.vat_of_other": "TVA, autres taux",
    "manifest.column.net_of_none": "HT, taux non indiqué",
    "manifest.column.vat_of_none": "TVA, taux non indiqué",
    "manifest.sheet.expenses": "Dépenses",
    "manifest.sheet.totals": "Totaux",
    "manifest.totals.all": "Toutes les dépenses",
    "manifest.totals.employee": "Par collaborateur",
    "manifest.totals.category": "Par catégorie",
    "manifest.totals.rate": "Par taux de TVA",
    "manifest.totals.none": "(sans)",
    "manifest.check.right": "juste",
    "manifest.check.wrong": "écart",
    "manifest.open": "Ouvrir",
    "manifest.page": "Page",
    "manifest.space.member_folder": "dossier du membre",
    "manifest.space.team_space": "espace d’équipe",
    "manifest.vat_source.host": "dépense",
    "manifest.vat_source.read": "document, lu automatiquement",
    "contradiction.total-differs-from-page": "Le total des données jointes n’est pas celui de la page.",
    "contradiction.date-differs-from-page": "La date des données jointes n’est pas celle de la page.",
    "contradiction.currency-differs-from-page": "La devise des données jointes n’est pas celle de la page.",
    "contradiction.number-differs-from-page": "Le numéro des données jointes n’est pas celui de la page.",
    "contradiction.sum-does-not-add-up": "Les montants des données jointes ne s’additionnent pas.",
    "contradiction.several-invoices": "Plusieurs factures sont jointes au document.",
    "contradiction.several-documents": "Le fichier contient plusieurs documents : vérifiez duquel il s’agit.",
    "active_content.found": "Ce document contient du contenu actif : ouvrez-le avec précaution.",
    "active_content.not_known": (
        "Ce document n’a pas pu être examiné à la recherche de contenu actif : ouvrez-le avec précaution."
    ),
    "apps_folder": "(le dossier de vos applications)",
    "refusal.invalid_address": "Ce n’est pas une adresse e-mail à laquelle une invitation peut être envoyée.",
    "refusal.link_not_working": (
        "La liaison avec Dropbox est interrompue. Rétablissez-la d’abord, comme l’indique le message "
        "ci-dessus."
    ),
    "refusal.other_account": (
        "C’était un autre compte Dropbox que celui de l’entreprise. Rien n’a changé. Recommencez et "
        "connectez-vous à celui de l’entreprise."
    ),
    "refusal.sharing_not_allowed": (
        "Jenji ne peut pas encore partager le dossier. Autorisez-le d’abord chez Dropbox."
    ),
    "refusal.sharing_under_way": (
        "Une autre modification de ce dossier est en cours. Attendez qu’elle soit faite, puis réessayez."
    ),
    "found.present": "Il a été cherché dans Dropbox, y était et n’a pas été touché.",
    "found.missing": "Il n’était plus à sa place dans Dropbox : il est renvoyé.",
    "found.changed": "Autre chose se trouvait à sa place dans Dropbox : il est renvoyé à côté.",
    "found.failed": "Il n’avait pas été livré : il est renvoyé.",
    "sharing.consent_missing": (
        "Dropbox ne permet plus à Jenji de partager le dossier. Autorisez-le à nouveau."
    ),
    "sharing.outside_team": (
        "Les réglages de votre équipe dans Dropbox interdisent le partage hors de l’équipe. Demandez à "
        "votre administrateur Dropbox de l’autoriser pour ce dossier."
    ),
    "sharing.email_unverified": (
        "Une adresse e-mail n’est pas encore vérifiée chez Dropbox : la vôtre ou celle de cette "
        "personne. Confirmez-la dans les réglages de Dropbox, puis réessayez."
    ),
    "sharing.address_refused": "Dropbox n’accepte pas cette adresse. Vérifiez qu’elle est bien écrite.",
    "sharing.plan": (
        "Votre offre Dropbox ne le permet pas. Choisissez un autre accès, ou une autre offre chez Dropbox."
    ),
    "sharing.invitation_limit": (
        "Dropbox n’accepte plus d’invitations ni de membres pour ce dossier pour le moment. Retirez "
        "ceux qui sont inutiles, ou réessayez demain."
    ),
    "sharing.inside_shared_folder": (
        "Ce dossier se trouve dans un dossier déjà partagé. Partagez celui-là, ou mettez d’abord fin à "
        "son partage."
    ),
    "sharing.contains_shared_folder": (
        "Un dossier à l’intérieur est déjà partagé, une année par exemple. Mettez d’abord fin à ce "
        "partage, puis partagez tout le dossier."
    ),
    "sharing.folder_unshareable": "Dropbox ne permet pas de partager ce dossier là où il se trouve.",
    "sharing.folder_missing": (
        "Il n’y a pas encore de dossier pour cette année. Il pourra être partagé dès que des documents "
        "y seront arrivés."
    ),
    "sharing.too_many_files": (
        "Le dossier contient trop de fichiers pour que Dropbox fasse ce changement d’un coup. Faites-le"
        " sur le site de Dropbox."
    ),
    "sharing.no_permission": (
        "Le compte Dropbox lié ne peut pas partager ce dossier. Adressez-vous à l’administrateur du "
        "Dropbox de votre équipe."
    ),
    "sharing.is_owner": "C’est l’adresse du propriétaire du dossier, qui y a toujours accès.",
    "sharing.access_inherited": (
        "Cet accès vient d’un dossier parent ou d’un groupe. Modifiez-le dans Dropbox."
    ),
    "sharing.not_in_time": (
        "Dropbox n’a pas pu être joint pendant un jour : la modification a été abandonnée. Réessayez."
    ),
    "sharing.link_changed": "Dropbox a été lié à nouveau avant que ce soit fait. Réessayez.",
    "sharing.dropbox_refused": (
        "Dropbox a refusé sans raison connue de nous. Essayez sur le site de Dropbox, ou adressez-vous "
        "à notre support."
    ),
    "refusal.proof_under_way": (
        "Une vérification du dossier est en cours. Attendez qu’elle soit terminée, puis réessayez."
    ),
    "proof.not_in_time": (
        "Dropbox est resté injoignable pendant un jour, c’est pourquoi ceci a été abandonné. Réessayez."
    ),
    "proof.link_changed": "Dropbox a été lié à nouveau avant que ce soit fait. Réessayez.",
    "proof.no_permission": (
        "Le compte Dropbox lié n’a pas le droit de parcourir ce dossier. Adressez-vous à "
        "l’administrateur du Dropbox de votre équipe."
    ),
    "proof.too_many_files": (
        "Le dossier contient plus de fichiers que nous ne pouvons en comparer. Contactez notre assistance."
    ),
    "proof.dropbox_refused": (
        "Dropbox a refusé sans raison que nous connaissions. Réessayez, ou contactez notre assistance."
    ),
    "proof_file.run": "Vérification",
    "proof_file.as_of": "État au",
    "proof_file.documents": "Documents livrés",
    "proof_file.present": "À leur place, inchangés",
    "proof_file.missing": "Manquants",
    "proof_file.changed": "Modifiés",
    "proof_file.moved": "Déplacés dans le dossier",
    "proof_file.doubled": "Copies supplémentaires",
    "proof_file.other_account": "Non recherchés : dans un Dropbox lié auparavant",
    "proof_file.other_space": "Non recherchés : dans l’autre espace de l’équipe",
    "proof_file.finding": "Constat",
    "proof_file.path": "Livré dans",
    "proof_file.found_at": "Trouvé dans",
    "proof_file.expense_id": "Identifiant de la dépense",
    "proof_file.more": "Il y en a plus que cette liste n’en prend.",
    "proof_file.finding.missing": "manquant",
    "proof_file.finding.changed": "modifié",
    "proof_file.finding.moved": "déplacé",
    "proof_file.finding.doubled": "copie supplémentaire",
    "refusal.filing_changed": (
        "Quelqu’un a modifié entre-temps la liaison de l’entreprise ou son classement. Regardez "
        "l’état actuel, puis choisissez à nouveau."
    ),
    "refusal.filing_employee_missing": (
        "Sans un dossier par employé, les documents de plusieurs personnes seraient mélangés. Ajoutez"
        " le dossier de l’employé."
    ),
    "refusal.filing_month_before_year": (
        "Un dossier du mois qui contient des années mélangerait le même mois de différentes années. "
        "Placez l’année avant le mois, ou omettez-la : le mois indique alors son année."
    ),
    "refusal.filing_month_missing": (
        "Sans dossiers de mois, un seul dossier contiendrait les documents de plusieurs années. "
        "Ajoutez le mois."
    ),
    "refusal.filing_parts_unfit": (
        "Un nom de fichier se compose d’au moins un des éléments proposés, chacun une seule fois. "
        "Choisissez-les à nouveau."
    ),
    "refusal.filing_private_folder": (
        "Seuls l’année, le mois et l’employé peuvent nommer un dossier : toute personne invitée lit "
        "le nom du dossier, et les commerçants et les montants ne regardent pas tout le monde."
    ),
    "refusal.filing_year_shared": (
        "Le dossier d’une année est partagé, et les nouveaux documents n’y arriveraient plus. Mettez "
        "d’abord fin à ce partage, ou gardez l’année comme premier dossier."
    ),
    "refusal.no_year_folder": (
        "Avec votre classement, les documents d’une année ne sont pas dans un même dossier. Partagez "
        "tout le dossier, ou choisissez l’année comme premier dossier."
    ),
    "sharing.no_year_folder": (
        "Les documents ne sont plus classés d’abord par année : une année ne peut pas être partagée "
        "seule. Partagez tout le dossier."
    ),
}
