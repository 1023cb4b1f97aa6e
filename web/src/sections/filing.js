// Where the company's documents are filed. A section behind a button.

import { h, name } from "../dom.js";
import { box, button } from "../parts.js";

export { default as TEXTS } from "section-texts";

/** @typedef {import("../jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

const PAUSE_MILLISECONDS = 250;
/** How March is written in each form. */
const MARCH = { number: "03", en: "03 March", fr: "03 mars", de: "03 März", es: "03 marzo", it: "03 marzo" };

/** What is shown and chosen, of one element at a time. */
export default class Filing {
  known = null;
  error = null;
  /** What is chosen on the page, and not yet asked for. */
  chosen = { folders: [], name: [], months: "number" };
  preview = null;
  timer = 0;

  /** @param {JenjiDropbox} el */
  constructor(el) {
    this.el = el;
    this.client = el.client;
  }

  async open() {
    try {
      this.take(await this.client.get("/filing"));
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.el.show();
  }

  take(answer) {
    const { folders, name, months, preview } = answer;
    Object.assign(this, { known: answer, preview, chosen: { folders, name, months } });
  }

  get isChanged() {
    const { folders, name, months } = this.known;
    return JSON.stringify([folders, name, months]) !== JSON.stringify(Object.values(this.chosen));
  }

  /** Choose on the page; what it leads to is seen once nobody chooses on. */
  choose(values) {
    this.el.change(this.chosen, values);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE_MILLISECONDS);
  }

  async look() {
    const { chosen, el } = this;
    const { folders, name, months } = chosen;
    const asked = { folders: folders.join(), name: name.join(), months };
    try {
      const preview = await this.client.get("/filing/preview", asked);
      // An answer that was overtaken is none.
      if (el.doors.get("filing") !== this || JSON.stringify(asked) !== JSON.stringify(this.asked())) return;
      Object.assign(this, { preview, error: null });
      el.say(
        preview.refusal?.message ?? el.words.t("filing.leads", { path: preview.examples[0]?.path ?? "" }),
      );
    } catch (error) {
      this.error = error;
    }
    el.show();
  }

  asked() {
    const { folders, name, months } = this.chosen;
    return { folders: folders.join(), name: name.join(), months };
  }

  async save() {
    const { el, chosen, known } = this;
    try {
      this.take(await this.client.put("/filing", { ...chosen, version: known.version }));
      el.tell("good", el.words.t("filing.done"));
      el.poll();
    } catch (error) {
      // Somebody else was first: what they chose is what there is to choose from now.
      if (error.code === "filing_changed") await this.open();
      throw error;
    }
  }

  view() {
    const { el, known, error } = this;
    const { t } = el.words;
    return [
      error &&
        box(
          "bad",
          h("p", null, el.errorText(error)),
          button(el, t("again"), "filing again", () => (known ? this.look() : this.open())),
        ),
      !known && !error && h("p", { class: "quiet loading" }, t("loading")),
      known && [this.folders(), this.nameParts(), this.outcome(), this.end()],
    ];
  }

  folders() {
    const { el, known, chosen } = this;
    const { t } = el.words;
    const language = new Intl.DisplayNames([el.words.locale], { type: "language" });
    const order = chosen.folders.join();
    return h(
      "div",
      { key: "folders", class: "row selects" },
      select(
        t("filing.folders"),
        (value) => this.choose({ folders: value.split(",") }),
        known.orders.map((parts) => [parts.join(), this.folderNames(parts), parts.join() === order]),
      ),
      select(
        t("filing.months"),
        (value) => this.choose({ months: value }),
        Object.entries(MARCH).map(([form, march]) => [
          form,
          form === "number" ? `${march} (${t("filing.number")})` : `${march} (${language.of(form)})`,
          form === chosen.months,
        ]),
      ),
    );
  }

  folderNames(parts) {
    const { t } = this.el.words;
    const hasYear = parts.includes("year");
    return parts
      .map((part) => t(`filing.part.${part === "month" && !hasYear ? "month_of_year" : part}`))
      .join(" / ");
  }

  /** All of them, those of the name first, in their order. */
  nameParts() {
    const { el, known, chosen } = this;
    const others = known.name_parts.filter((part) => !chosen.name.includes(part));
    return h(
      "fieldset",
      { key: "name" },
      h("legend", null, el.words.t("filing.name")),
      h(
        "ol",
        { class: "parts" },
        chosen.name.map((part, place) => this.namePart(part, place)),
      ),
      others.length > 0 &&
        h(
          "div",
          { class: "row", role: "group", "aria-label": el.words.t("filing.more") },
          others.map((part) =>
            this.control(part, `+ ${el.words.t(`filing.part.${part}`)}`, "add", true, [...chosen.name, part]),
          ),
        ),
      h("p", { class: "quiet" }, el.words.t("filing.id")),
    );
  }

  namePart(part, place) {
    const { t } = this.el.words;
    const { name: parts } = this.chosen;
    const others = parts.filter((other) => other !== part);
    const at = (index) => [...others.slice(0, index), part, ...others.slice(index)];
    return h(
      "li",
      { key: part, "data-part": part },
      h(
        "div",
        { class: "row" },
        h("span", { class: "grow" }, t(`filing.part.${part}`)),
        this.control(part, t("filing.earlier"), "earlier", place > 0, at(place - 1)),
        this.control(part, t("filing.later"), "later", place < others.length, at(place + 1)),
        this.control(part, t("filing.remove"), "remove", others.length > 0, others),
      ),
    );
  }

  /** A button that makes `parts` the name; the focus stays with the part that it moves. */
  control(part, label, kind, isPossible, parts) {
    const { t } = this.el.words;
    const moved = async () => {
      if (!isPossible) return;
      this.choose({ name: parts });
      const place = { part: t(`filing.part.${part}`), place: parts.indexOf(part) + 1, of: parts.length };
      this.el.say(t(kind === "remove" ? "filing.removed" : "filing.moved", place));
      await this.el.showing;
      this.focus(part, kind);
    };
    return h(
      "button",
      {
        type: "button",
        key: `${kind} ${part}`,
        class: `button ${kind === "add" ? "" : "plain"}`,
        "data-kind": kind,
        "aria-disabled": !isPossible && "true",
        onclick: moved,
      },
      label,
      kind !== "add" && h("span", { class: "unseen-text" }, " ", t(`filing.part.${part}`)),
    );
  }

  focus(part, kind) {
    const { root } = this.el;
    const found =
      root.querySelector(`[data-part=${part}] [data-kind=${kind === "add" ? "later" : kind}]`) ??
      root.querySelector("[data-part] [data-kind=remove]");
    /** @type {HTMLElement | null} */ (found)?.focus();
  }

  /** What the server would do, by examples. */
  outcome() {
    const { preview } = this;
    const { t } = this.el.words;
    if (!preview) return null;
    return h(
      "div",
      { key: "outcome", role: "group", "aria-label": t("filing.examples") },
      h("p", { class: "strong" }, t("filing.examples")),
      preview.refusal && box("bad", h("p", null, preview.refusal.message)),
      h(
        "dl",
        { class: "examples" },
        preview.examples.map(({ kind, path }) =>
          h(
            "div",
            { key: kind },
            h("dt", { class: "quiet" }, t(`filing.example.${kind}`)),
            h("dd", null, code(path)),
          ),
        ),
        preview.list_folder &&
          h(
            "div",
            { key: "list" },
            h("dt", { class: "quiet" }, t("filing.list")),
            h("dd", null, code(preview.list_folder)),
          ),
      ),
      !preview.has_year_folders &&
        preview.examples.length > 0 &&
        h("p", { class: "quiet" }, t("filing.no_years")),
      this.isChanged && h("p", { class: "quiet" }, t("filing.stays")),
    );
  }

  end() {
    const { el, preview } = this;
    const { t } = el.words;
    return (
      this.isChanged &&
      h(
        "div",
        { key: "end", class: "row" },
        button(el, t("cancel"), "keep filing", async () => this.take(this.known)),
        !preview?.refusal && button(el, t("filing.save"), "save filing", () => this.save(), "primary"),
      )
    );
  }
}

const code = (path) => h("code", null, name(path));

function select(label, chosen, options) {
  return h(
    "label",
    { key: label },
    label,
    " ",
    h(
      "select",
      // What a person has chosen is undone by the property alone; at first there is no option to choose yet.
      {
        value: options.find(([, , selected]) => selected)?.[0],
        onchange: (event) => chosen(event.target.value),
      },
      options.map(([value, text, selected]) => h("option", { key: value, value, selected }, text)),
    ),
  );
}
