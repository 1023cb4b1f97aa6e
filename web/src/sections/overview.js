// Who of the company has linked, and numbers by month. A section behind a button.

import { h, name } from "../dom.js";
import { badge, button, filter, line } from "../parts.js";
import { failure, monthText } from "../section-parts.js";

export { default as TEXTS } from "section-texts";

/** @typedef {import("../jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

const WIDTH = 360;
const HEIGHT = 96;
/** What a month's two columns are of, and their colours. */
const COLUMNS = { imported: "var(--accent)", delivered: "var(--good)" };

/** Who has linked, and numbers by month, of one element at a time. */
export default class Overview {
  links = null;
  months = null;
  error = null;
  isBroken = false;

  /** @param {JenjiDropbox} el */
  constructor(el) {
    this.el = el;
    this.client = el.client;
  }

  async open() {
    await this.read(async () => {
      await this.choose(this.isBroken);
      await this.count();
    });
  }

  /** Its failure stands where the rest would be; what is known stays. */
  async read(work) {
    this.error = null;
    try {
      await work();
    } catch (error) {
      this.error = error;
    }
    this.el.show();
  }

  /** All of them, or those that do not work. */
  async choose(isBroken) {
    const { linked, broken, counts_are_capped: isCapped } = this.links ?? {};
    const answer = await this.client.get("/company/links", isBroken ? { broken: true } : {});
    this.isBroken = isBroken;
    this.links = { linked, broken, counts_are_capped: isCapped, ...answer };
    this.el.show();
  }

  async more() {
    const { links, isBroken } = this;
    const query = { cursor: links.cursor, ...(isBroken && { broken: true }) };
    const answer = await this.client.get("/company/links", query);
    if (this.links !== links) return;
    this.links = { ...links, links: [...links.links, ...answer.links], cursor: answer.cursor };
    this.el.show();
  }

  /** As many months at a time as the API has time for. */
  async count() {
    let months = [];
    let cursor;
    do {
      const answer = await this.client.get("/company/months", cursor ? { cursor } : {});
      if (this.el.doors.get("overview") !== this) return;
      months = [...months, ...answer.months];
      cursor = answer.cursor;
      this.months = { months, isWhole: !cursor };
      this.el.show();
    } while (cursor);
  }

  view() {
    const { el, links, months, error } = this;
    const { t } = el.words;
    return [
      failure(el, error, "overview again", () => this.open()),
      !links && !error && h("p", { class: "quiet loading" }, t("loading")),
      links && this.employees(),
      months && this.numbers(),
    ];
  }

  employees() {
    const { el, links } = this;
    const { t, number } = el.words;
    const least = links.counts_are_capped ? "+" : "";
    const count = (key, tone) =>
      h(
        "div",
        { class: tone },
        h("dt", null, t(`overview.${key}`)),
        h("dd", null, number(links[key]), least),
      );
    return h(
      "div",
      { key: "employees" },
      h("dl", { class: "counts" }, count("linked", ""), count("broken", links.broken ? "bad" : "")),
      filter(el, ["broken"], "overview.only.", this.isBroken ? "broken" : "", (chosen) =>
        el.act("overview links", () => this.choose(chosen === "broken")),
      ),
      links.links.length
        ? h(
            "ul",
            null,
            links.links.map((link, index) => this.employee(link, index)),
          )
        : !links.cursor && h("p", { class: "quiet" }, t("overview.nobody")),
      links.cursor && button(el, t("overview.more"), "more employees", () => this.more()),
    );
  }

  employee({ name: who, status, since, linked_at: linkedAt }, index) {
    const { t, date } = this.el.words;
    const isBroken = status !== "ACTIVE";
    return h(
      "li",
      { key: index },
      h(
        "div",
        { class: "row" },
        h("div", { class: "grow" }, name(who)),
        badge(isBroken ? "bad" : "good", t(`overview.${status}`)),
      ),
      h(
        "p",
        { class: "quiet small" },
        line(
          t("overview.since", { date: date(linkedAt) }),
          isBroken && since && t("overview.broken_since", { date: date(since) }),
        ),
      ),
    );
  }

  numbers() {
    const { el, months } = this;
    const { t } = el.words;
    return h(
      "div",
      { key: "numbers" },
      h("h4", { id: "overview-months" }, t("overview.months")),
      months.isWhole ? this.plot() : h("p", { class: "quiet loading" }, t("loading")),
      h(
        "p",
        { class: "quiet small" },
        line(
          ...Object.entries(COLUMNS).map(([key, colour]) => [
            h(
              "svg",
              { viewBox: "0 0 10 10", width: "10", height: "10", "aria-hidden": "true" },
              h("path", { d: "M0 0h10v10H0z", fill: colour }),
            ),
            " ",
            t(`overview.${key}`),
          ]),
        ),
      ),
      this.table(),
    );
  }

  /** Two columns a month, the earliest first; the table beside it says the same to who does not see it. */
  plot() {
    const months = [...this.months.months].reverse();
    const most = Math.max(1, ...months.flatMap((month) => Object.keys(COLUMNS).map((key) => month[key])));
    const step = WIDTH / months.length;
    const column = (key, at) =>
      months
        .map((month, index) => {
          const tall = (month[key] / most) * HEIGHT;
          return `M${(index + at) * step} ${HEIGHT}v${-tall}h${step * 0.34}v${tall}z`;
        })
        .join("");
    return h(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT + 1}`, width: "100%", "aria-hidden": "true" },
      Object.entries(COLUMNS).map(([key, fill], index) =>
        h("path", { key, d: column(key, 0.14 + index * 0.36), fill }),
      ),
      h("path", { key: "ground", d: `M0 ${HEIGHT + 0.5}H${WIDTH}`, stroke: "currentColor", fill: "none" }),
    );
  }

  table() {
    const { el, months } = this;
    const { t, number } = el.words;
    const keys = ["imported", "duplicate", "rejected", "delivered"];
    return h(
      "details",
      { key: "table" },
      h("summary", null, t("overview.table")),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "overview-months" },
        h(
          "table",
          { "aria-labelledby": "overview-months" },
          h(
            "thead",
            null,
            h(
              "tr",
              null,
              h("th", { scope: "col" }, t("overview.month")),
              keys.map((key) => h("th", { scope: "col" }, t(`overview.${key}`))),
            ),
          ),
          h(
            "tbody",
            null,
            months.months.map((month) =>
              h(
                "tr",
                { key: month.month },
                h("th", { scope: "row" }, monthText(el, month.month)),
                keys.map((key) =>
                  h("td", null, number(month[key]), key === "delivered" && !month.is_complete && "+"),
                ),
              ),
            ),
          ),
        ),
      ),
    );
  }
}
