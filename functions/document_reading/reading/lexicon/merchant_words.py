"""Words beside names that say whose they are, and what else stands near a seller's name."""

from __future__ import annotations

import re

SELLER = re.compile(
    r"\b(?:seller|vendor|supplier|sold by|issued by|service provider|from|merchant|beneficiary|"
    r"account (?:name|holder)|"
    r"company name|remit to|payable to|billed by|biller|"
    r"vendeur|fournisseur|emetteur|emis par|emise par|vendu par|prestataire|titulaire(?: du compte)?|"
    r"beneficiaire|"
    r"raison sociale|a l'ordre de|verkaufer|lieferant|rechnungssteller|rechnungsersteller|"
    r"rechnungsaussteller|"
    r"leistungserbringer|kontoinhaber|empfanger der zahlung|zahlungsempfanger|firma|"
    r"verkoper|leverancier|rekeninghouder|ten name van|t\.n\.v\.|"
    r"vendedor|proveedor|emisor|titular|venditore|fornitore|cedente(?:/prestatore)?|emittente|"
    r"intestatario)\b"
)
"""Before a name: it is who asks for the money. Matched against folded text."""

BUYER = re.compile(
    r"\b(?:bill(?:ed)? to|invoice(?:d)? to|ship(?:ped)? to|sold to|deliver(?:y|ed)? (?:to|address)|"
    r"customer|client|buyer|attn|"
    r"attention|guest|recipient|bill to address|billing address|shipping address|invoice address|"
    r"your (?:ref|address)|"
    r"prepared for|account manager|sales contact|"
    r"facture a|adresse de (?:livraison|facturation)|livre a|destinataire|acheteur|client|a l'attention|"
    r"votre reference|"
    r"abonne|titulaire du contrat|nom de l.abonne|"
    r"kaufer|kunde|kunden(?:nr|nummer)|rechnungsempfanger|empfanger|leistungsempfanger|lieferadresse|"
    r"lieferanschrift|"
    r"rechnungsadresse|rechnungsanschrift|auftraggeber|besteller|warenempfanger|herrn?|frau|"
    r"klant|koper|afnemer|afleveradres|factuuradres|bezorgadres|t\.a\.v\.|"
    r"cliente|comprador|destinatario|facturar a|enviar a|cessionario|committente|spett(?:\.le|abile)?|"
    r"acquirente)\b"
)
"""Before or above a name: it is who is asked."""

REGISTERED = re.compile(
    r"\b(?:vat|gst|tva|siren|siret|rcs|r\.c\.s|ape|capital|ust|ust-?id|steuer|hrb|hra|handelsregister|"
    r"registergericht|"
    r"amtsgericht|geschaftsfuhrer|vorstand|kvk|btw|cif|nif|p\.? ?iva|partita iva|c\.f\.|codice fiscale|rea|"
    r"abn|acn|ein|company no|co\.? ?reg|reg\.? no|registered|siege social|head office|iban|bic|swift|uid|"
    r"mwst|tax id|"
    r"n° tva|tva intra\w*)\b"
)
"""What a seller must print near its name: registers, tax numbers, accounts."""

FORMER = re.compile(
    r"\b(?:formerly|previously|f\.?k\.?a|anciennement|vormals|fruher|voorheen|licensee|franchisee|"
    r"under licen[cs]e)\b"
)
"""Before another name than the seller's own of today."""

NOT_A_NAME = re.compile(
    r"\b(?:tel|fax|phone|hotline|mobile|whatsapp|e-?mail|http|www|gst id|gst no|sst no|reg no|invoice|"
    r"receipt|facture n|"
    r"order no|table no|bill no|doc no|cashier|terminal|member|printed|page \d|seite \d|pagina \d|counter|"
    r"thank you|welcome|merci|danke|bedankt|gracias|grazie|opening hours|shopping hours|"
    r"business hours)\b|@|\bwww\.|:\d\d"
)
"""Lines that are no names, whatever else they are."""
