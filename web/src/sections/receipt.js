// A receipt: a line for every file of a batch, or for every delivery that is asked for, under the sums of them.
// A section: fetched when somebody first wants one.

import { download } from "../csv.js";
import { h, name, plain } from "../dom.js";
import { box, button, line } from "../parts.js";
import { COMPANY, PERSONAL } from "../receipt/columns.js";
import { styles, takePaper } from "../receipt/paper.js";

export { default as TEXTS } from "section-texts";

/** @typedef {import("../jenji-dropbox.js").JenjiDropbox} JenjiDropbox */
/** @typedef {Record<string, number>} Sums */

const AT_A_TIME = 200;
const SHOWN = 100;
/** So often it is listed while it goes on changing. */
const TRIES = 2;

/**
 * List it and show it.
 * @param {JenjiDropbox} el
 */
export async function open(el, query) {
  const { root } = el;
  if (!root.adoptedStyleSheets.includes(styles)) root.adoptedStyleSheets.push(styles);
  el.receipt?.close();
  el.receipt = new Receipt(el, query);
  el.show();
  await el.showing;
  el.receipt?.dialog?.showModal();
  await el.receipt?.list();
}

export class Receipt {
  lines = [];
  /** What the API has counted: of deliveries it has not. @type {Sums | null} */
  counted = null;
  began = "";
  madeAt = "";
  hasChanged = false;
  isComplete = false;

  /** @param {JenjiDropbox} el */
  constructor(el, query) {
    this.el = el;
    this.client = el.client;
    this.query = query;
    this.kind = el.scope === "company" ? COMPANY : PERSONAL;
    this.endPaper = takePaper(() => this.paper(), el.words.locale);
  }

  /** @returns {HTMLDialogElement | null} */
  get dialog() {
    return this.el.root.querySelector("dialog.receipt");
  }

  close() {
    this.endPaper();
    if (this.el.receipt === this) this.el.receipt = null;
    this.el.show();
  }

  isShown() {
    return this.el.receipt === this && this.el.client === this.client;
  }

  /** Read all of it; again if it changed while it was read. A failure is told where its button was. */
  async list() {
    try {
      for (let tries = TRIES; tries && this.isShown(); tries--) {
        this.isComplete = this.hasChanged = false;
        await this.listOnce();
        if (!this.hasChanged) break;
      }
    } catch (error) {
      this.dialog?.close();
      throw error;
    }
    if (!this.isShown()) return;
    this.isComplete = true;
    this.el.say(this.t(this.hasChanged ? "changed" : "listed", { n: this.lines.length }));
  }

  async listOnce() {
    const { el } = this;
    this.lines = [];
    const before = await this.kind.mark(this);
    let first = before;
    for (let cursor = ""; cursor != null && this.isShown();) {
      const page = await this.client.get(this.kind.path, {
        ...this.query,
        ...(cursor && { cursor }),
        limit: AT_A_TIME,
      });
      cursor = page.cursor;
      this.lines.push(...page[this.kind.lines]);
      this.madeAt = page.made_at ?? new Date().toISOString();
      if (page.batch) {
        this.began = page.batch.began_at;
        this.counted = { ...countsOf(page) };
        first ??= JSON.stringify(this.counted);
      }
      el.show();
    }
    const after = this.counted ? JSON.stringify(this.counted) : await this.kind.mark(this);
    this.hasChanged = first !== after || !this.isAccounted();
  }

  /** Whether the lines are as many as were counted. */
  isAccounted() {
    const { counted } = this;
    const sums = this.sums();
    return (
      !counted || ["imported", "duplicate", "rejected", "waiting"].every((key) => counted[key] === sums[key])
    );
  }

  /** How many lines ended how; of files, those of which nothing is known yet, too. @returns {Sums} */
  sums() {
    const sums = Object.fromEntries(this.kind.ends.map((end) => [end, 0]));
    for (const line of this.lines) sums[line[this.kind.end]] = (sums[line[this.kind.end]] ?? 0) + 1;
    return this.counted ? { ...sums, unknown: this.counted.under_way - this.counted.waiting } : sums;
  }

  t(key, values = {}) {
    return this.el.words.t(`receipt.${key}`, values);
  }

  title() {
    const { began, el } = this;
    return began ? this.t("title.batch", { when: el.words.instant(began) }) : this.t("title.deliveries");
  }

  view() {
    const { el, lines } = this;
    const { t, number } = el.words;
    const more = lines.length - SHOWN;
    return h(
      "dialog",
      {
        key: "receipt",
        class: "receipt",
        part: "receipt",
        "aria-labelledby": "receipt-title",
        onclose: () => this.close(),
      },
      h(
        "div",
        { class: "row top" },
        h("h3", { id: "receipt-title", class: "grow" }, this.title()),
        h(
          "button",
          { type: "button", class: "button", autofocus: true, onclick: () => this.dialog?.close() },
          t("close"),
        ),
      ),
      this.header(),
      h(
        "div",
        { class: "row" },
        this.isComplete
          ? [
              h("button", { type: "button", class: "button", onclick: () => print() }, this.t("print")),
              button(el, this.t("csv"), "receipt csv", () => this.save()),
              this.hasChanged && button(el, this.t("again"), "receipt again", () => this.list()),
            ]
          : h(
              "p",
              { class: "quiet" },
              h("span", { class: "spinner" }),
              this.t("listing", { n: lines.length }),
            ),
      ),
      lines.length > 0 &&
        h(
          "div",
          { class: "lines", tabindex: "0", role: "group", "aria-labelledby": "receipt-title" },
          this.table(lines.slice(0, SHOWN)),
        ),
      more > 0 && h("p", { class: "quiet" }, this.t("more", { n: more, lines: number(more) })),
    );
  }

  /** Whose it is, and what was asked for. */
  about() {
    const { link, words } = this.el;
    const { state, search, since, until, of_backfill: ofBackfill } = this.query;
    return [
      link?.account && name(link.account.email),
      ofBackfill && words.t("backfill"),
      state && this.label(state),
      search && `“${plain(search)}”`,
      since && `${words.t("search.from")} ${words.instant(since)}`,
      until && `${words.t("search.until")} ${words.instant(until)}`,
    ];
  }

  /** What stands above the lines, on screen and on paper. */
  header() {
    const sums = this.sums();
    const total = Object.values(sums).reduce((sum, n) => sum + n, 0);
    return [
      h("p", null, line(...this.about())),
      this.madeAt && h("p", { class: "quiet" }, this.t("made", { when: this.el.words.instant(this.madeAt) })),
      h(
        "dl",
        { class: "sums" },
        [[this.kind.total, total], ...Object.entries(sums).filter(([, n]) => n > 0)].map(([key, n]) =>
          h("div", { key }, h("dt", null, this.label(key)), h("dd", null, this.el.words.number(n))),
        ),
      ),
      this.isComplete && this.hasChanged && box("warn", h("p", null, this.t("changed"))),
    ];
  }

  label(end) {
    const known = ["seen", "documents", "waiting", "unknown"].includes(end);
    return known ? this.t(end) : this.el.words.t(`${this.kind.prefix}${end}`);
  }

  /** @param {any[]} lines */
  table(lines) {
    const columns = this.kind.columns.filter(({ isOnPaper }) => isOnPaper !== false);
    return h(
      "table",
      null,
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          columns.map(({ key }) => h("th", { scope: "col" }, this.column(key))),
        ),
      ),
      h(
        "tbody",
        null,
        lines.map((each) =>
          h(
            "tr",
            null,
            columns.map(({ cell, look }) =>
              h(
                "td",
                { class: look },
                [cell(each, this)].flat().map((part) => part && h("p", null, name(part))),
              ),
            ),
          ),
        ),
      ),
    );
  }

  column(key) {
    return this.t(`column.${key}`) || this.el.words.t(`column.${key}`);
  }

  paper() {
    return [h("h1", null, this.title()), this.header(), this.table(this.lines)];
  }

  /** A row for each expense that was made of a file. */
  async save() {
    const { columns } = this.kind;
    const rows = this.lines.flatMap((line) =>
      this.kind.parts(line).map((part) => columns.map(({ value, cell }) => (value ?? cell)(part, this))),
    );
    const of = this.began ? this.began.slice(0, 16).replace(/\D/g, "-") : "deliveries";
    download(
      [columns.map(({ key }) => this.column(key)), ...rows],
      this.el.words,
      `jenji-dropbox-receipt-${of}`,
    );
  }
}

/** Of a page of a batch's receipt, the sums. @returns {Sums} */
const countsOf = ({ waiting, batch: { seen, imported, duplicate, rejected, under_way } }) => ({
  seen,
  imported,
  duplicate,
  rejected,
  under_way,
  waiting,
});
