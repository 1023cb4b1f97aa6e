// What several views are made of. `el` is the element: its words, its state and what it can do.

import { h, name, plain } from "./dom.js";

/** @typedef {import("./jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

const COUNTED_AT_MOST = 1000;

/**
 * A button that cannot be pressed again while `work` is under way; `about` tells it from others of its label.
 * @param {JenjiDropbox} el
 */
export function button(el, label, key, work, kind = "", about = null) {
  const isBusy = el.busy.has(key);
  return h(
    "button",
    {
      type: "button",
      key,
      class: `button ${kind}`,
      part: "button",
      "aria-disabled": isBusy && "true",
      onclick: () => el.act(key, work),
    },
    isBusy && h("span", { class: "spinner" }),
    label,
    about && h("span", { class: "unseen-text" }, " ", name(about)),
  );
}

export const badge = (tone, label) => h("span", { class: `badge ${tone}` }, label);

/** @param {JenjiDropbox} el */
export const time = (el, iso, write = el.words.instant) =>
  h("time", { datetime: iso, title: el.words.instant(iso) }, write(iso));

/** Message and button in a box of its own; `tone` is good, warn, bad or empty. */
export const box = (tone, ...children) => h("div", { class: `box ${tone}` }, ...children);

export const section = (key, title, ...children) =>
  h(
    "section",
    { key, part: key, tabindex: "-1", "aria-labelledby": key },
    h("h3", { id: key }, title),
    ...children,
  );

/** Parts of one line; those that are absent leave no dot behind. */
export const line = (...parts) =>
  h(
    "span",
    { class: "line" },
    parts
      .filter(Boolean)
      .map((part, index) => [
        index > 0 && h("span", { "aria-hidden": "true" }, " · "),
        h("span", null, part),
      ]),
  );

/** @param {JenjiDropbox} el */
export function filter(el, values, prefix, chosen, choose) {
  const { t } = el.words;
  return h(
    "div",
    { class: "filter", role: "group", "aria-label": t("show") },
    ["", ...values].map((value) =>
      h(
        "button",
        {
          type: "button",
          key: value,
          "aria-pressed": String(value === chosen),
          onclick: () => choose(value),
        },
        value ? t(prefix + value) : t("all"),
      ),
    ),
  );
}

const descriptions = new WeakMap();

/**
 * The row of a file or a delivery, described again only when something of it can have changed: there may be
 * thousands.
 * @param {JenjiDropbox} el
 */
export function kept(el, item, row) {
  const { status, may_link: mayLink } = el.link ?? {};
  const minute = Math.floor(Date.now() / 60_000);
  const state = [
    el.words.locale,
    el.copied,
    status,
    mayLink,
    minute,
    item.retry,
    item.state,
    item.can_split,
    el.splitting === item.id,
    ...el.busy,
  ].join();
  const known = descriptions.get(item);
  if (known?.state === state) return known.described;
  const made = row(el, item);
  descriptions.set(item, { state, described: made });
  return made;
}

/**
 * The items of a listing, what to say where there are none, its failure, and more of it.
 * @param {JenjiDropbox} el
 */
export function list(el, listing, key, row, empty) {
  const { t } = el.words;
  const { items, error } = listing;
  return [
    items.length > 0 && h("ul", null, items.map(row)),
    !items.length &&
      !error &&
      h("p", { class: listing.isRead ? "quiet" : "quiet loading" }, listing.isRead ? empty : t("loading")),
    error &&
      box(
        "bad",
        h("p", null, el.errorText(error)),
        button(el, t("again"), `again ${key}`, () => listing.refresh()),
      ),
    !error && listing.cursor && button(el, t("more"), `more ${key}`, () => listing.more(), "more"),
  ];
}

/**
 * A count of the link's; counting ends at a limit, and what reached it is "1,000+".
 * @param {JenjiDropbox} el
 */
export function count(el, key, tone = "", ...more) {
  const { t, number } = el.words;
  const n = el.link.counts[key] ?? 0;
  return h(
    "div",
    { key },
    h("dt", null, t(`count.${key}`)),
    h(
      "dd",
      { class: n > 0 ? tone : "" },
      number(n),
      el.link.counts_are_capped && n >= COUNTED_AT_MOST && "+",
      ...more,
    ),
  );
}

export const fact = (label, ...value) => h("div", null, h("dt", null, label), h("dd", null, ...value));

/**
 * What the host knows of the expense now.
 * @param {JenjiDropbox} el
 */
export function expense(el, { merchant, date, amount, currency, employee }) {
  const { day, amount: write } = el.words;
  return line(
    merchant && name(merchant),
    amount && write(amount, currency),
    date && day(date),
    employee && name(employee),
  );
}

/**
 * What a person should know of how a document was read.
 * @param {JenjiDropbox} el
 * @param {import("./contract").Expense} expense
 */
export function reading(el, { reading }) {
  const { t } = el.words;
  const unconfirmed = (reading?.unconfirmed ?? []).map((field) => t(`field.${field}`)).filter(Boolean);
  return [
    reading?.state === "WAITING" && h("p", { class: "quiet" }, t("reading")),
    reading?.state === "UNREADABLE" && h("p", { class: "warn" }, t("unread")),
    unconfirmed.length > 0 && h("p", { class: "warn" }, t("unconfirmed", { fields: unconfirmed.join(", ") })),
  ];
}

/**
 * The expense that a document is, or may be, the same as: both are there to be compared.
 * @param {JenjiDropbox} el
 */
export function sameAs(el, { outcome, same_as: other }) {
  const { t, date } = el.words;
  if (!other) return null;
  const what = {
    name: plain(other.name ?? other.merchant ?? t("document")),
    date: date(other.created_at ?? ""),
  };
  const key = `same.${outcome}${other.created_at ? ".on" : ""}`;
  return h(
    "div",
    { class: outcome === "duplicate" ? "quiet" : "warn" },
    h("p", null, t(key, what)),
    h(
      "p",
      { class: "row" },
      expense(el, other),
      openExpense(el, other.expense_id, t(`same.${outcome}.open`), other.name),
    ),
  );
}

/** Whether a file lies where it was filed: not once it was taken away, or brought back to be tried again. */
export const isThere = ({ retry }) => retry !== "gone" && retry !== "done";

/**
 * A path of Dropbox to be found by: copied, and opened where that leads to the very place.
 * @param {JenjiDropbox} el
 */
export function place(el, path, url) {
  const { t } = el.words;
  return h(
    "span",
    { class: "place" },
    h("code", null, name(path)),
    " ",
    navigator.clipboard &&
      h(
        "button",
        {
          type: "button",
          class: "link",
          onclick: async () => {
            await navigator.clipboard.writeText(path);
            el.say(t("copied"));
            el.change(el, { copied: path });
          },
        },
        t(el.copied === path ? "copied" : "copy"),
        h("span", { class: "unseen-text" }, " ", name(path)),
      ),
    url && [
      " ",
      h(
        "a",
        { class: "link", href: url, target: "_blank", rel: "noopener" },
        t("open"),
        h("span", { class: "unseen-text" }, " ", name(path)),
      ),
    ],
  );
}

/** @param {JenjiDropbox} el */
export const openExpense = (el, expenseId, label, about) =>
  h(
    "button",
    { type: "button", class: "link", onclick: () => el.emit("jenji-open-expense", { expenseId }) },
    label,
    about && h("span", { class: "unseen-text" }, " ", name(about)),
  );
