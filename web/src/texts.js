// Texts by language, and how numbers, dates and amounts are written. A further language is one more file in
// texts/. Each stays a file of its own, which is fetched where it is wanted.

import LANGUAGES from "languages";

const KNOWN = new RegExp(`^(${Object.keys(LANGUAGES).join("|")})(?:[-_]([a-z]{2}))?(?![a-z])`, "i");

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

/** Writes instants, and as it is what is none; some languages write the first of a month as an ordinal. */
const written = (format, first) => (iso) => {
  const instant = new Date(iso);
  if (isNaN(instant.getTime())) return iso;
  const parts = format.formatToParts(instant);
  return parts.map(({ type, value }) => (first && type === "day" && value === "1" ? first : value)).join("");
};

const secondsUntil = (iso) => (new Date(iso).getTime() - Date.now()) / 1000 || 0;

/** Less than a minute is no time at all. @type {[Intl.RelativeTimeFormatUnit, number]} */
const NOW = ["second", Infinity];

/**
 * The texts and the ways of writing of one language: that of `tag`, or English where there is none, or where
 * its file cannot be had. An error where there is not even that.
 */
export async function language(tag) {
  const [, known = "en", region] = KNOWN.exec(tag) ?? [];
  const base = known.toLowerCase();
  try {
    return wordsOf(base, region, (await LANGUAGES[base]()).default);
  } catch {
    return wordsOf("en", "", (await LANGUAGES.en()).default);
  }
}

function wordsOf(base, region, texts) {
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
    const [one, several = one] = (texts[key] ?? "").split("|");
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
    locale: base,
    t,
    number,
    /** What is fetched later brings texts of its own. */
    learn: (more) => void Object.assign(texts, more),
    instant: written(instant, texts["day.first"]),
    date: written(date, texts["day.first"]),
    day: written(day, texts["day.first"]),

    /** "12.3 seconds", "1 hr 27 min". */
    duration(seconds) {
      const unit = (value, name, unitDisplay) =>
        value.toLocaleString(locale, { style: "unit", unit: name, unitDisplay, maximumFractionDigits: 1 });
      if (seconds < 60) return unit(seconds, "second", "long");
      const minutes = Math.round(seconds / 60);
      const parts = [
        [Math.floor(minutes / 60), "hour"],
        [minutes % 60, "minute"],
      ];
      return parts
        .map(([value, name]) => value && unit(value, name, "short"))
        .filter(Boolean)
        .join(" ");
    },

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
