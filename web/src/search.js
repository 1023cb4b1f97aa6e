// Searching the history by words and days, and taking it away as a file.

import { h } from "./dom.js";
import { button } from "./parts.js";

/** @typedef {import("./jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

const PAUSE_MILLISECONDS = 400;
// What makes a cell a formula, also in full width and after blanks that an import trims.
const SIGNS = "[-=+@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]";
const BLANKS = "[\\s'\"\\x00-\\x1f\\u200b-\\u200f\\u2060]*";
/** Where a spreadsheet would see a formula; numbers are none. */
const FORMULA = new RegExp(`^(?!-?\\d+(\\.\\d+)?$)(${BLANKS}${SIGNS}|[\\t\\r\\n\\x00])`);
/** Where lists are separated by semicolons, as in much of Europe, a spreadsheet begins new cells there. */
const FORMULA_WITHIN = new RegExp(`([;\\t\\r\\n]${BLANKS})(?=${SIGNS})`, "g");

/** @param {JenjiDropbox} el */
export const isSearching = ({ search }) => Boolean(search.text || search.from || search.until);

/** Midnight of a day where the reader is, as an instant; of the day after it with `more`. */
function midnight(day, more = 0) {
  const [year, month, date] = day.split("-").map(Number);
  return day ? new Date(year, month - 1, date + more).toISOString() : "";
}

/**
 * What the API is asked for.
 * @param {JenjiDropbox} el
 */
export function queryOf(el) {
  const { text, from, until } = el.search;
  return {
    [el.scope === "company" ? "state" : "outcome"]: el.outcome,
    search: text.trim(),
    since: midnight(from),
    until: midnight(until, 1),
  };
}

/**
 * Read the history as it is asked for now.
 * @param {JenjiDropbox} el
 */
export function searchAgain(el) {
  el.filtered = el.files(queryOf(el));
  if (el.outcome || isSearching(el) || el.scope === "company") el.filtered.refresh();
  el.show();
}

/** @param {JenjiDropbox} el */
function change(el, values) {
  Object.assign(el.search, values);
  clearTimeout(el.searchTimer);
  el.searchTimer = setTimeout(() => searchAgain(el), PAUSE_MILLISECONDS);
  el.show();
}

/**
 * Not before there is anything to be found.
 * @param {JenjiDropbox} el
 */
export function searchForm(el) {
  const { t } = el.words;
  const shown = el.scope === "company" || el.outcome ? el.filtered : el.batches;
  if (!shown.items.length && !el.outcome && !isSearching(el)) return null;
  const day = (key) =>
    h(
      "label",
      null,
      t(`search.${key}`),
      h("input", {
        type: "date",
        value: el.search[key],
        oninput: (event) => change(el, { [key]: event.target.value }),
      }),
    );
  return h(
    "div",
    { class: "row search", role: "search", "aria-label": t("search") },
    h("input", {
      type: "search",
      class: "grow",
      maxlength: "100",
      placeholder: t(`search.${el.scope}`),
      "aria-label": t(`search.${el.scope}`),
      value: el.search.text,
      oninput: (event) => change(el, { text: event.target.value }),
    }),
    day("from"),
    day("until"),
    button(el, el.exporting || t("export"), "export", () => exportAll(el)),
  );
}

/**
 * The whole history, or what was searched for, as a file.
 * @param {JenjiDropbox} el
 */
async function exportAll(el) {
  const { t, number } = el.words;
  const columns = el.scope === "company" ? DELIVERY : FILE;
  const rows = [columns.map(([key]) => t(`column.${key}`))];
  try {
    for await (const items of el.files(queryOf(el)).all()) {
      rows.push(...items.map((item) => columns.map(([, read]) => read(item, el.words))));
      el.change(el, { exporting: `${t("export")} (${number(rows.length - 1)})` });
    }
  } finally {
    el.exporting = "";
  }
  const url = URL.createObjectURL(new Blob([csv(rows)], { type: "text/csv;charset=utf-8" }));
  Object.assign(document.createElement("a"), {
    href: url,
    download: `jenji-dropbox-${el.scope}.csv`,
  }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  el.say(t("exported", { n: rows.length - 1 }));
}

/** As spreadsheets read it, with nothing that they would calculate. */
export const csv = (rows) => `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

const cell = (value) =>
  `"${String(value ?? "")
    .replace(FORMULA_WITHIN, "$1'")
    .replace(FORMULA, "'$&")
    .replaceAll('"', '""')}"`;

const EXPENSE = ["merchant", "date", "amount", "currency"].map((key) => [
  key,
  ({ expense }) => expense?.[key],
]);
const FILE = [
  ["name", ({ name }) => name],
  ["outcome", ({ outcome }, { t }) => t(`outcome.${outcome}`)],
  ["reason", ({ reason }) => reason?.message],
  ...EXPENSE,
  ["path", (file) => file.filed_as],
  ["when", (file) => file.settled_at],
  ["expense", (file) => file.expense_id],
];
const DELIVERY = [
  ["employee", ({ expense }) => expense?.employee],
  ...EXPENSE,
  ["outcome", ({ state }, { t }) => t(`state.${state}`)],
  ["reason", ({ reason }) => reason?.message],
  ["path", ({ state, path }) => (state === "delivered" ? path : "")],
  ["when", (delivery) => delivery.delivered_at ?? delivery.changed_at],
  ["expense", (delivery) => delivery.expense_id],
];
