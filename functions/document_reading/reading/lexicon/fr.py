"""French."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "janvier janv",
        "fevrier fevr fev febr",
        "mars",
        "avril avr",
        "mai",
        "juin",
        "juillet juil",
        "aout aou",
        "septembre sept",
        "octobre",
        "novembre",
        "decembre",
    ),
    ordinals="er",
    before_month="d'",
    range_words="au",
    dates={
        DateLabel.ISSUE: """
            date de facture|date facture|date de la facture|date d emission|emise le|emis le
            date facturation|date de facturation|date d achat|date du document|facture le|date avoir
            date de l avoir|date piece|edite le|date d edition|date d etablissement|etablie le|etabli le
        """,
        DateLabel.DATE: "date|sortie",
        DateLabel.TITLE: "facture|avoir|ticket|recu|note de credit|quittance|facture n",
        DateLabel.DUE: """
            echeance|date d echeance|date limite|limite|a payer avant|payable le|avant le|prelevement
            preleve le|au plus tard|exigible|paiement|regle le|paye le|reglement|virement
        """,
        DateLabel.ORDER: """
            commande|date de commande|date commande|devis|reservation|contrat|facture liee
            facture d origine|selon|conformement|facture associee|date de facture associee
            date de la facture associee|bon de commande
        """,
        DateLabel.SERVICE: """
            livraison|date de livraison|periode|arrivee|depart|sejour|valable|prestation
            date de prestation|voyage|aller|retour|entree|date de debut|date debut|date de fin|date fin
            debut|fin
        """,
        DateLabel.PRINT: "imprime|imprime le",
        DateLabel.OTHER: """
            loi|precedente|mandat|expiration|date d expiration|expire le|expire|date de validite
            valable jusqu au
        """,
    },
    amounts={
        Role.TOTAL: """
            totaux|somme|montant total|total facture|total general|prix total|total commande
        """,
        Role.PAYABLE: """
            a payer|net a payer|reste a regler|montant du|total du|du ttc|a regler|montant preleve
            a debiter|somme a payer|montant a payer|total a payer
        """,
        Role.SUB: "sous total|sous",
        Role.WITH: "inclus|dont|compris|comprise|comprenant",
        Role.WITHOUT: "ht|htva|hors|hors taxe|hors taxes|hors tva",
        Role.NET: "nette",
        Role.TAX: "tva|taxe|tps|tvq|t v a|tva collectee|montant tva",
        Role.GROSS: "ttc|tvac|toutes taxes comprises",
        Role.TIP: "pourboire|pourboires",
        Role.ROUNDING: "arrondi|ecart arrondi",
        Role.DISCOUNT: """
            remise|remises|reduction|economie|economies|rabais|escompte|bon d achat|avantage
        """,
        Role.AFTER: "apres",
        Role.SERVICE: "frais de port|livraison|port",
        Role.PAID: """
            especes|carte|carte bancaire|cb|carte bleue|regle|reglement|paiement|paye|payee|virement
            recu|ticket restaurant|titre restaurant|total cb|total paye|total carte
        """,
        Role.CHANGE: "rendu|a rendre|monnaie|rendu monnaie",
        Role.PREPAID: "acompte|acomptes|arrhes|deja regle|deja paye|avance|prepaye",
        Role.LEFT: "solde|reste|restant du|solde a payer|reste a payer",
        Role.COUNT: "articles|article|nbre|nombre|nb|quantite|qte",
        Role.AMOUNT: "montant|prix|tarif",
        Role.OTHER: """
            prix unitaire|p u|pu|penalite|indemnite|eco participation|dont eco|cagnotte|fidelite|retenue
        """,
    },
    invoices="facture|avoir",
    receipts="ticket|recu|note",
    number_joiners="de|de la|du",
    credit_notes="avoir|note de credit",
    self_billed="autofacturation|auto-facturation|autofacture",
    document_words="facture avoir ticket devis paiement numero duplicata",
    headings="""
        facture ticket avoir recu client date duplicata bienvenue merci caisse devis nom numero adresse
    """,
    sellers="""
        vendeur|fournisseur|emetteur|emis par|emise par|vendu par|prestataire|titulaire
        titulaire du compte|beneficiaire|raison sociale|a l'ordre de
    """,
    buyers="""
        facture a|adresse de livraison|adresse de facturation|livre a|destinataire|acheteur|client
        a l'attention|votre reference|abonne|titulaire du contrat|nom de l'abonne
    """,
    name_labels="nom|raison sociale|societe|nom commercial",
    section_headings="""
        designation|description|reglement|conditions de reglement|mode de reglement|paiement|conditions
        coordonnees bancaires|detail|detail tva|recapitulatif|contact|livraison|informations|remarques
        vos references|nos references|notes|pieces jointes
    """,
    registers="""
        tva|siren|siret|rcs|r.c.s|ape|capital|siege social|n° tva|tva intra*
    """,
    tax_numbers="tva|n° tva|tva intra*",
    former_names="anciennement",
    not_names="facture n|merci",
    legal_forms="""
        sarl|s a r l|sa rl|s arl|sas|s a s|sasu|sa|s a|eurl|snc|scop|scic|scp|selarl|scm|sca|ei|eirl
        sprl|asbl|cie|& cie
    """,
    operating_companies="exploitation gestion",
    trades="""
        imprimerie menuiserie plomberie cabinet societe ets etablissements boulangerie patisserie brasserie
        bistrot tabac pharmacie boucherie epicerie hotel garage librairie supermarche
    """,
    name_joiners="de des du la le les et",
    open_ends="et",
    welcomes="bienvenue chez|bienvenue à|bienvenue a",
    order_kinds="sur place|a emporter|emporter|ticket client|copie client",
    thanks="merci de votre visite chez|merci de votre achat chez|merci d'avoir choisi",
    places="""
        rue av bd place chemin allee impasse quai cedex route faubourg cours zi za zac bp
    """,
    categories={
        Category.FUEL: """
            gazole|carburant|sp95|sp98|super e10|supere10|station service|station-service
        """,
        Category.HOTEL: "nuitee|nuitees|chambre|taxe de sejour",
        Category.MEAL: "couvert|couverts|brasserie|plat|boisson",
        Category.TRAIN: "sncf|tgv|ter|voiture|place assise",
        Category.FLIGHT: "vol|aeroport",
        Category.TAXI: "vtc|chauffeur|course",
        Category.PUBLIC_TRANSPORT: "ratp|navigo|transport public",
        Category.CAR_RENTAL: "location de vehicule",
        Category.PARKING: "stationnement|horodateur",
        Category.TOLL: "peage|autoroute|badge",
        Category.TELECOM: "fibre|forfait|abonnement|freebox|haut debit",
        Category.SOFTWARE: "nom de domaine|hebergement",
        Category.OFFICE_SUPPLIES: "papeterie|fournitures|cartouche",
        Category.GROCERIES: "supermarche|epicerie",
        Category.POSTAGE: "la poste|chronopost|colissimo",
    },
)
