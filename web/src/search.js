// Searching the history by words and days, and taking it away as a file.

import { showReceipt } from "./actions.js";
import { download, figure } from "./csv.js";
import { h } from "./dom.js";
import { button } from "./parts.js";
import { isSplit, pagesOf } from "./split-view.js";

/** @typedef {import("./jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

const PAUSE_MILLISECONDS = 400;

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
    el.scope === "company" && button(el, t("receipt"), "receipt", () => showReceipt(el, queryOf(el))),
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
      rows.push(...items.flatMap(rowsOf).map((item) => columns.map(([, read]) => read(item, el.words))));
      el.change(el, { exporting: `${t("export")} (${number(rows.length - 1)})` });
    }
  } finally {
    el.exporting = "";
  }
  download(rows, el.words, `jenji-dropbox-${el.scope}`);
  el.say(t("exported", { n: rows.length - 1 }));
}

/** A row for each of the expenses that a file was split into. */
const rowsOf = (item) =>
  isSplit(item)
    ? item.documents.map((document) => ({ ...item, expense: null, expense_id: "", ...document }))
    : [item];

const EXPENSE = ["merchant", "date", "amount", "currency"].map((key) => [
  key,
  ({ expense }, words) => figure(expense?.[key], words),
]);
const FILE = [
  ["name", ({ name }) => name],
  ["outcome", ({ outcome }, { t }) => t(`outcome.${outcome}`)],
  ["reason", ({ reason }) => reason?.message],
  ...EXPENSE,
  ["path", (file) => file.filed_as],
  ["when", (file) => file.settled_at],
  ["expense", (file) => file.expense_id],
  ["part", (file, words) => pagesOf(file.pages, words) || ""],
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
