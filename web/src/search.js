// Searching the history by words and days, and taking it away as a file.

import { showReceipt } from "./actions.js";
import { h } from "./dom.js";
import { button } from "./parts.js";

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
 * Take it away as a file.
 * @param {JenjiDropbox} el
 */
async function exportAll(el) {
  const { save } = await el.fetchSection("export");
  await save(el, queryOf(el));
}
