// The document of an expense beside what was read off it: a dialog of pictures with boxes where values stand.
// A section: fetched when somebody first looks at a document.

import { h, name, plain } from "../dom.js";
import css from "./preview.css";

export { default as TEXTS } from "section-texts";

/** @typedef {import("../jenji-dropbox.js").JenjiDropbox} JenjiDropbox */
/** @typedef {import("../contract").Preview} Preview */
/** @typedef {import("../contract").Place} Place */
/** @typedef {{ key: string, label: string, value: string, place?: Place, notes: any[], isUnsure: boolean }} Row */
/** @typedef {{ data: Preview, chosen: string, hasRenewed: boolean, isRenewing: boolean, isBroken: boolean }} Looked */

const styles = new CSSStyleSheet();
styles.replaceSync(css);
const LONGEST_NAME = 60;

/** @param {JenjiDropbox} el */
const words = (el) => (key, values) => el.words.t(`preview.${key}`, values);

/** @param {JenjiDropbox} el */
const ask = (el, expenseId) => el.client.get("/imports/preview", { expense_id: expenseId });

/**
 * Ask for the document and show it.
 * @param {JenjiDropbox} el
 */
export async function open(el, expenseId) {
  const data = await ask(el, expenseId);
  const { root } = el;
  if (!root.adoptedStyleSheets.includes(styles)) root.adoptedStyleSheets.push(styles);
  el.change(el, { preview: { data, chosen: "", hasRenewed: false, isRenewing: false, isBroken: false } });
  await el.showing;
  dialogOf(el)?.showModal();
}

/** @param {JenjiDropbox} el @returns {HTMLDialogElement | null} */
const dialogOf = (el) => el.root.querySelector(".preview");

/**
 * A picture did not come: its URL may have ended, so that another one is asked for, once.
 * @param {JenjiDropbox} el
 */
async function renew(el, url) {
  const { preview } = el;
  const isThere = ({ pages }) => pages.some((page) => page.url === url);
  // Every page's picture fails when its time is over: the first one that does is enough.
  if (!preview || preview.isRenewing || !isThere(preview.data)) return;
  if (preview.hasRenewed) return el.change(preview, { isBroken: true });
  preview.hasRenewed = preview.isRenewing = true;
  try {
    const data = await ask(el, preview.data.expense_id);
    el.change(preview, { data, isRenewing: false, isBroken: isThere(data) });
  } catch {
    el.change(preview, { isRenewing: false, isBroken: true });
  }
}

/**
 * Show where a value stands.
 * @param {JenjiDropbox} el
 */
async function choose(el, key) {
  if (el.preview?.chosen === key) return;
  el.change(el.preview, { chosen: key });
  await el.showing;
  el.root.querySelector(".mark.chosen")?.scrollIntoView({ block: "nearest" });
}

/** @param {JenjiDropbox} el */
export function view(el) {
  if (!el.preview) return null;
  const { data } = el.preview;
  const t = words(el);
  const rows = rowsOf(el, data);
  return h(
    "dialog",
    {
      key: "preview",
      class: "preview",
      part: "preview",
      "aria-labelledby": "preview-title",
      onclose: () => el.change(el, { preview: null }),
    },
    h(
      "div",
      { class: "row top" },
      h("h3", { id: "preview-title", class: "grow" }, name(shortened(data.name ?? el.words.t("document")))),
      h(
        "button",
        { type: "button", class: "button", autofocus: true, onclick: () => dialogOf(el).close() },
        t("close"),
      ),
    ),
    h("div", { class: "beside" }, pages(el, data, rows), read(el, data, rows)),
  );
}

const shortened = (text) => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text);

/** @param {JenjiDropbox} el @param {Preview} data @param {Row[]} rows */
function pages(el, data, rows) {
  const t = words(el);
  const { isBroken } = el.preview;
  const why = data.why_none?.message ?? (isBroken && t("broken"));
  if (why) return h("div", { class: "pages" }, h("p", { class: "box", role: "status" }, why));
  return h(
    "div",
    { class: "pages", tabindex: "0", role: "group", "aria-label": plain(data.name ?? "") },
    data.pages.map(({ page, width, height, url }) => {
      const caption = t("page", { page, n: data.page_count });
      return h(
        "figure",
        { key: page },
        h(
          "div",
          { class: "sheet" },
          h("img", {
            src: url,
            alt: caption,
            width,
            height,
            referrerpolicy: "no-referrer",
            onerror: () => renew(el, url),
          }),
          marks(el, page, rows),
        ),
        h("figcaption", { class: "quiet small" }, caption),
      );
    }),
  );
}

/**
 * The boxes on a page; they are pointed at, and heard of in the list.
 * @param {JenjiDropbox} el @param {Row[]} rows
 */
function marks(el, page, rows) {
  const { chosen } = el.preview;
  return h(
    "svg",
    { viewBox: "0 0 1 1", preserveAspectRatio: "none", "aria-hidden": "true" },
    rows
      .filter(({ place }) => place?.page === page)
      .map(({ key, place: { left, top, right, bottom }, isUnsure }) =>
        h("path", {
          key,
          class: `mark ${isUnsure ? "unsure" : ""} ${key === chosen ? "chosen" : ""}`,
          d: `M${left} ${top}H${right}V${bottom}H${left}Z`,
          onclick: () => choose(el, key),
        }),
      ),
  );
}

/** @param {JenjiDropbox} el @param {Preview} data @param {Row[]} rows */
function read(el, data, rows) {
  const t = words(el);
  const { contradictions } = data;
  return h(
    "div",
    { class: "read" },
    contradictions.length > 0 &&
      h(
        "div",
        { class: "box warn" },
        h("p", { class: "strong" }, t("contradictions")),
        contradictions.map(({ code, message }) => h("p", { key: code }, message)),
      ),
    data.is_credit_note && h("p", { class: "strong" }, t("credit_note")),
    rows.length > 0
      ? h(
          "ul",
          { "aria-label": t("read") },
          rows.map((row) => value(el, row)),
        )
      : h("p", { class: "quiet" }, t("nothing")),
  );
}

/**
 * A value; where it stands on a page that is shown, focusing it shows where.
 * @param {JenjiDropbox} el @param {Row} row
 */
function value(el, { key, label, value, place, notes, isUnsure }) {
  const isShown = el.preview.data.pages.some(({ page }) => page === place?.page);
  const isChosen = key === el.preview.chosen;
  const content = [
    h("span", { class: "quiet small label" }, label),
    h("span", { class: "value" }, name(value)),
    notes.filter(Boolean).map((note, index) => h("span", { key: `note ${index}`, class: "small" }, note)),
  ];
  const tone = isUnsure ? "unsure" : "";
  return h(
    "li",
    { key },
    isShown
      ? h(
          "button",
          {
            type: "button",
            class: `found ${tone}`,
            "aria-pressed": String(isChosen),
            onfocus: () => choose(el, key),
            onclick: () => choose(el, key),
          },
          content,
        )
      : h("div", { class: `found ${tone}` }, content),
  );
}

/** @param {JenjiDropbox} el @param {Preview} data @returns {Row[]} */
function rowsOf(el, data) {
  const t = words(el);
  const currency = data.values.find((each) => each.name === "currency");
  const code = currency?.value ?? data.expense.currency ?? "";
  const number = (text) => el.words.amount(text, code);
  const written = (name, text) =>
    name === "amount" ? number(text) : name === "date" ? el.words.day(text) : text;
  const values = data.values
    .filter(({ value, changed_to: changed }) => value || changed)
    .map((each) => ({
      key: each.name,
      label: el.words.t(`field.${each.name}`) || t(each.name),
      value: written(each.name, each.value ?? each.changed_to),
      place: each.place,
      isUnsure: !each.is_confirmed && !each.is_checked,
      notes: [
        h(
          "span",
          { class: each.is_confirmed || each.is_checked ? "good" : "warn" },
          t(each.is_confirmed ? "confirmed" : each.is_checked ? "checked" : "unconfirmed"),
        ),
        each.source === "e-invoice" && h("span", { class: "quiet" }, t("attached")),
        each.value && each.changed_to && t("changed", { value: written(each.name, each.changed_to) }),
      ],
    }));
  const taxes = data.vat.map(({ rate, amount, base, place }, index) => ({
    key: `vat ${index}`,
    label: rate ? t("vat", { rate: el.words.number(Number(rate)) }) : t("vat.plain"),
    value: number(amount),
    place,
    isUnsure: false,
    notes: [base && h("span", { class: "quiet" }, t("base", { base: number(base) }))],
  }));
  const category = data.category
    ? [{ key: "category", label: t("category"), value: data.category.message, isUnsure: false, notes: [] }]
    : [];
  return [...values, ...taxes, ...category];
}
