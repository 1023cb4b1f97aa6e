// The history as a file, fetched when somebody takes it away.

import TEXTS from "section-texts";

import { download, figure } from "../csv.js";
import { isThere } from "../parts.js";
import { isSplit, pagesOf } from "../split-view.js";

/** @typedef {import("../jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

/**
 * The whole history, or what was searched for, as a file.
 * @param {JenjiDropbox} el
 */
export async function save(el, query) {
  el.words.learn(TEXTS[el.words.locale]);
  const { t, number } = el.words;
  const columns = el.scope === "company" ? DELIVERY : FILE;
  const rows = [columns.map(([key]) => t(`column.${key}`))];
  try {
    for await (const items of el.files(query).all()) {
      rows.push(...items.flatMap(rowsOf).map((item) => columns.map(([, read]) => read(item, el.words))));
      el.change(el, { exporting: `${t("export")} (${number(rows.length - 1)})` });
    }
  } finally {
    el.exporting = "";
  }
  download(rows, el.words, `jenji-dropbox-${el.scope}`);
  el.say(t("export.done", { n: rows.length - 1 }));
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
  ["path", (file) => (isThere(file) ? file.filed_as : "")],
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

export { TEXTS };
