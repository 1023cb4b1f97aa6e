// Every text, in English and French, and how numbers, dates and amounts are written.
// "one|several" is chosen by `n`; \u00a0 and \u202f are French typography's spaces.

const TEXTS = {
  "title.personal": ["Import from Dropbox", "Importer depuis Dropbox"],
  "title.company": ["Company Dropbox", "Dropbox de l’entreprise"],
  "lead.personal": [
    "Copy receipts, photos and PDFs into a Dropbox folder. Each one becomes an expense, ready for you to check.",
    "Copiez reçus, photos et PDF dans un dossier Dropbox. Chacun devient une dépense, prête à être vérifiée.",
  ],
  "lead.company": [
    "The documents of every expense your company accepts are filed in its Dropbox, by year, month and employee.",
    "Les justificatifs de chaque dépense acceptée sont classés dans le Dropbox de l’entreprise, par année, mois et collaborateur.",
  ],
  "promise.personal": [
    "Your files are never altered or deleted.",
    "Vos fichiers ne sont jamais modifiés ni supprimés.",
  ],
  "promise.company": [
    "Nothing that is already there is changed or deleted.",
    "Rien de ce qui s’y trouve déjà n’est modifié ni supprimé.",
  ],
  link: ["Link a Dropbox account", "Lier un compte Dropbox"],
  since: ["Which expenses?", "Quelles dépenses\u202f?"],
  "since.now": ["Those accepted from now on", "Celles acceptées à partir de maintenant"],
  "since.date": ["Also those accepted since", "Aussi celles acceptées depuis le"],
  date: ["Start date", "Date de début"],
  "status.ACTIVE": ["Linked", "Lié"],
  "status.RECONNECT": ["Link again", "À lier de nouveau"],
  "status.FULL": ["Dropbox full", "Dropbox plein"],
  "status.SUSPENDED": ["On hold", "En attente"],
  "status.UNLINKED": ["Unlinked", "Lien supprimé"],
  "status.paused": ["Paused", "En pause"],
  loading: ["Loading…", "Chargement…"],
  account: ["Account", "Compte"],
  folder: ["Folder", "Dossier"],
  linkedAt: ["Linked", "Lié"],
  space: [
    "Where the documents lie in your team’s Dropbox",
    "Où se trouvent les documents dans le Dropbox de votre équipe",
  ],
  "space.member_folder": ["In your own folder", "Dans votre propre dossier"],
  "space.member_folder.who": [
    "Only you see them, until you share the folder.",
    "Vous seul les voyez, jusqu’à ce que vous partagiez le dossier.",
  ],
  "space.team_space": ["In the team space", "Dans l’espace d’équipe"],
  "space.team_space.who": [
    "Whoever your team’s settings let into the space sees them: that may be everybody.",
    "Les voient tous ceux que les réglages de votre équipe y admettent\u00a0: ce peut être tout le monde.",
  ],
  "space.later": [
    "A change counts for what comes from then on. What is there already stays where it is.",
    "Un changement vaut pour la suite. Ce qui s’y trouve déjà reste à sa place.",
  ],
  "space.chosen": ["From now on: {space}.", "Désormais\u00a0: {space}."],
  checkedAt: ["Last checked", "Dernière vérification"],
  never: ["Not yet", "Pas encore"],
  from: ["Expenses accepted since", "Dépenses acceptées depuis"],
  "count.waiting": ["Waiting", "En attente"],
  "count.rejected": ["Rejected", "Rejetés"],
  "count.stuck": ["Stuck for over a day", "Bloqués depuis plus d’un jour"],
  "count.pending": ["To deliver", "À livrer"],
  "count.failed": ["Failed", "En échec"],
  "count.delivered_this_month": ["Delivered this month", "Livrés ce mois-ci"],
  oldest: ["the oldest {when}", "le plus ancien {when}"],
  change: ["Change account", "Changer de compte"],
  relink: ["Link again", "Lier de nouveau"],
  free_space: ["Open Dropbox", "Ouvrir Dropbox"],
  upgrade: ["See plans", "Voir les offres"],
  contact: ["Contact support", "Contacter l’assistance"],
  unlink: ["Unlink", "Supprimer le lien"],
  "unlink.title": ["Unlink this Dropbox account?", "Supprimer le lien avec ce compte Dropbox\u202f?"],
  "unlink.account": ["Linked account: {account}", "Compte lié\u00a0: {account}"],
  "unlink.text": [
    "Jenji stops reading and writing there at once. Your expenses, the files in Dropbox and this history stay. You can link it again at any time.",
    "Jenji cesse aussitôt d’y lire et d’y écrire. Vos dépenses, les fichiers dans Dropbox et cet historique sont conservés. Vous pourrez le lier de nouveau à tout moment.",
  ],
  cancel: ["Cancel", "Annuler"],
  close: ["Close", "Fermer"],
  again: ["Try again", "Réessayer"],
  importing: ["Importing", "Import en cours"],
  imported: ["Import finished", "Import terminé"],
  progress: ["{done} of {n} file|{done} of {n} files", "{done} sur {n} fichier|{done} sur {n} fichiers"],
  "balance.imported": ["{n} imported|{n} imported", "{n} importé|{n} importés"],
  "balance.duplicate": ["{n} duplicate|{n} duplicates", "{n} doublon|{n} doublons"],
  "balance.rejected": ["{n} rejected|{n} rejected", "{n} rejeté|{n} rejetés"],
  "balance.under_way": ["{n} to go|{n} to go", "{n} restant|{n} restants"],
  finished: [
    "{n} file in {seconds}|{n} files in {seconds}",
    "{n} fichier en {seconds}|{n} fichiers en {seconds}",
  ],
  why: ["See why", "Voir pourquoi"],
  attention: ["To be looked at", "À suivre"],
  history: ["History", "Historique"],
  show: ["Show", "Afficher"],
  all: ["All", "Tout"],
  "outcome.imported": ["Imported", "Importé"],
  "outcome.duplicate": ["Duplicate", "Doublon"],
  "outcome.rejected": ["Rejected", "Rejeté"],
  "state.pending": ["To deliver", "À livrer"],
  "state.delivered": ["Delivered", "Livré"],
  "state.failed": ["Failed", "En échec"],
  "state.cancelled": ["Cancelled", "Annulé"],
  files: ["{n} file|{n} files", "{n} fichier|{n} fichiers"],
  "empty.personal": [
    "Nothing yet. Copy a receipt into the folder and it appears here.",
    "Rien pour le moment. Copiez un reçu dans le dossier et il apparaîtra ici.",
  ],
  "empty.company": [
    "Nothing yet. The next accepted expense appears here.",
    "Rien pour le moment. La prochaine dépense acceptée apparaîtra ici.",
  ],
  "empty.filter": ["Nothing here.", "Rien ici."],
  more: ["Show more", "Afficher plus"],
  expense: ["Open the expense", "Ouvrir la dépense"],
  reading: ["Being read", "Lecture en cours"],
  unread: ["Could not be read: fill it in by hand", "Lecture impossible\u00a0: à remplir à la main"],
  unconfirmed: ["To be checked: {fields}", "À vérifier\u00a0: {fields}"],
  "field.merchant": ["merchant", "marchand"],
  "field.date": ["date", "date"],
  "field.amount": ["amount", "montant"],
  "field.currency": ["currency", "devise"],
  possible: ["May be the same as another expense", "Peut-être identique à une autre dépense"],
  "possible.open": ["Open the other one", "Ouvrir l’autre"],
  filed: ["In Dropbox:", "Dans Dropbox\u00a0:"],
  retry: ["Try again", "Réessayer"],
  "retry.all": ["Try again|Try all {n} again", "Réessayer|Tout réessayer ({n})"],
  "retry.requested": ["Will be tried again shortly", "Nouvel essai sous peu"],
  "retry.done": ["Was tried again", "Réessayé"],
  "retry.gone": ["No longer in Dropbox", "N’est plus dans Dropbox"],
  asked: [
    "{n} file will be tried again.|{n} files will be tried again.",
    "{n} fichier sera réessayé.|{n} fichiers seront réessayés.",
  ],
  "asked.company": [
    "{n} document will be delivered again.|{n} documents will be delivered again.",
    "{n} justificatif sera livré de nouveau.|{n} justificatifs seront livrés de nouveau.",
  ],
  waiting: ["Waiting", "En attente"],
  next: ["Next try {when}", "Prochain essai {when}"],
  tries: ["{n} try|{n} tries", "{n} essai|{n} essais"],
  stuck: ["For over a day", "Depuis plus d’un jour"],
  deliveries: ["Deliveries", "Livraisons"],
  document: ["Document", "Justificatif"],
  backfill: ["Earlier expenses", "Dépenses antérieures"],
  "backfill.text": [
    "Also deliver what was accepted in the past. It is safe to repeat: nothing arrives twice.",
    "Livrer aussi ce qui a été accepté par le passé. Vous pouvez le répéter sans risque\u00a0: rien n’arrive deux fois.",
  ],
  count: ["Count first", "Compter d’abord"],
  counted: [
    "{documents} of {expenses}, accepted since {date}.",
    "{documents} de {expenses}, acceptées depuis le {date}.",
  ],
  "counted.least": [
    "At least {documents} of {expenses}, accepted since {date}.",
    "Au moins {documents} de {expenses}, acceptées depuis le {date}.",
  ],
  "counted.none": [
    "No expense with documents was accepted since {date}.",
    "Aucune dépense avec justificatif n’a été acceptée depuis le {date}.",
  ],
  documents: ["{n} document|{n} documents", "{n} justificatif|{n} justificatifs"],
  expenses: ["{n} expense|{n} expenses", "{n} dépense|{n} dépenses"],
  start: ["Deliver them", "Les livrer"],
  "backfill.waiting": ["Starting shortly", "Démarrage sous peu"],
  "backfill.searching": [
    "Looking for expenses accepted since {date}",
    "Recherche des dépenses acceptées depuis le {date}",
  ],
  "backfill.done": [
    "All expenses accepted since {date} were found",
    "Toutes les dépenses acceptées depuis le {date} ont été trouvées",
  ],
  found: ["{documents} of {expenses} so far", "{documents} de {expenses} jusqu’ici"],
  "found.done": ["{documents} of {expenses}", "{documents} de {expenses}"],
  "linked.auto_import": [
    "{account} is linked. What you copy into the folder becomes an expense.",
    "{account} est lié. Ce que vous copiez dans le dossier devient une dépense.",
  ],
  "linked.synchronisation": [
    "{account} is linked to your company. Accepted expenses arrive there from now on.",
    "{account} est lié à votre entreprise. Les dépenses acceptées y arrivent désormais.",
  ],
  "linked.synchronisation.since": [
    "{account} is linked to your company. Expenses accepted since {date} arrive there.",
    "{account} est lié à votre entreprise. Les dépenses acceptées depuis le {date} y arrivent.",
  ],
  unlinked: ["The Dropbox account is unlinked.", "Le lien avec le compte Dropbox est supprimé."],
  confirming: ["Finishing the link with Dropbox…", "Liaison avec Dropbox en cours…"],
  stale: ["Last known state: {when}.", "Dernier état connu\u00a0: {when}."],
  "error.unreachable": ["Jenji cannot be reached at the moment.", "Jenji est injoignable pour le moment."],
  "error.access_denied": [
    "You did not give Jenji access to Dropbox. Nothing was linked.",
    "Vous n’avez pas autorisé Jenji à accéder à Dropbox. Rien n’a été lié.",
  ],
  "error.account_already_linked": [
    "This Dropbox account is already linked by another user or company of Jenji. Choose another, or have it unlinked there first.",
    "Ce compte Dropbox est déjà lié par un autre utilisateur ou une autre entreprise de Jenji. Choisissez-en un autre, ou faites d’abord supprimer ce lien.",
  ],
  "error.already_used": [
    "This link was used already. Check whether the account is linked, or start again.",
    "Ce lien a déjà servi. Vérifiez si le compte est lié, ou recommencez.",
  ],
  "error.dropbox_error": [
    "Dropbox refused the link. Start again, or ask our support.",
    "Dropbox a refusé la liaison. Recommencez, ou contactez notre assistance.",
  ],
  "error.expired": ["Linking took too long. Start again.", "La liaison a pris trop de temps. Recommencez."],
  "error.missing_scope": [
    "Dropbox did not give all the permissions that Jenji needs. Start again and allow all of them.",
    "Dropbox n’a pas accordé toutes les autorisations nécessaires à Jenji. Recommencez et acceptez-les toutes.",
  ],
  "error.not_administrator": [
    "Only an administrator can manage the company’s Dropbox.",
    "Seul un administrateur peut gérer le Dropbox de l’entreprise.",
  ],
  "error.not_signed_in": [
    "Your session has ended. Sign in to Jenji again.",
    "Votre session a expiré. Reconnectez-vous à Jenji.",
  ],
  "error.other_user": [
    "This link was started by another user. Sign in as that user, or start again as yourself.",
    "Cette liaison a été commencée par un autre utilisateur. Connectez-vous avec son compte, ou recommencez avec le vôtre.",
  ],
  "error.plan_required": [
    "The company’s Dropbox needs the Team or Enterprise plan.",
    "Le Dropbox de l’entreprise nécessite l’offre Team ou Enterprise.",
  ],
  "error.try_again": [
    "Dropbox or Jenji is not answering at the moment. Try again in a minute.",
    "Dropbox ou Jenji ne répond pas pour le moment. Réessayez dans une minute.",
  ],
  "error.link": [
    "The Dropbox account was not linked. Start again, or ask our support.",
    "Le compte Dropbox n’a pas été lié. Recommencez, ou contactez notre assistance.",
  ],
  error: [
    "This did not work. Try again, or ask our support.",
    "Cela n’a pas fonctionné. Réessayez, ou contactez notre assistance.",
  ],
};

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

/** Writes instants, and as it is what is none. */
const written = (format) => (iso) => {
  const instant = new Date(iso);
  return isNaN(instant.getTime()) ? iso : format.format(instant);
};

const secondsUntil = (iso) => (new Date(iso).getTime() - Date.now()) / 1000 || 0;

/** Less than a minute is no time at all. @type {[Intl.RelativeTimeFormatUnit, number]} */
const NOW = ["second", Infinity];

/** The words and the ways of writing of one language: French where `tag` says so, else English. */
export function language(tag) {
  const [, base = "en", region] = /^(fr|en)(?:[-_]([a-z]{2}))?(?![a-z])/i.exec(tag) ?? [];
  const isFrench = base.toLowerCase() === "fr";
  const locale = region ? `${base}-${region}` : base;
  const plural = new Intl.PluralRules(locale);
  const number = (value) => value.toLocaleString(locale);
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
  // A day of the calendar, not an instant: the same wherever it is read.
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

  /** The text of `key`, if there is one, with its `{values}`; `n` and other numbers are written as the language does. */
  function t(key, values = {}) {
    const [one, several = one] = (TEXTS[key]?.[isFrench ? 1 : 0] ?? "").split("|");
    const text = plural.select(values.n ?? 0) === "one" ? one : several;
    return text.replace(/{(\w+)}/g, (_, name) =>
      typeof values[name] === "number" ? number(values[name]) : values[name],
    );
  }

  function fromNow(seconds) {
    const [unit, size] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? NOW;
    return relative.format(Math.round(seconds / size), unit);
  }

  return {
    locale: isFrench ? "fr" : "en",
    t,
    number,
    instant: written(instant),
    date: written(date),
    day: written(day),
    seconds: (value) =>
      value.toLocaleString(locale, {
        style: "unit",
        unit: "second",
        unitDisplay: "long",
        maximumFractionDigits: 1,
      }),

    /** "3 minutes ago". */
    ago: (iso) => fromNow(secondsUntil(iso)),

    /** "in 2 hours", or "now" where the time has come. */
    soon: (iso) => fromNow(Math.max(0, secondsUntil(iso))),

    /** In the currency's way of writing, where both are what they should be. */
    amount(value, currency) {
      if (isNaN(value) || !/^[A-Z]{3}$/.test(currency)) return [value, currency].filter(Boolean).join(" ");
      return Number(value).toLocaleString(locale, { style: "currency", currency });
    },
  };
}
