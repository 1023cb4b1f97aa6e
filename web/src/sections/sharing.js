// Whom the company's folder is shared with. A section behind a button.

import { startLink } from "../actions.js";
import { h, name, plain } from "../dom.js";
import { badge, box, button, line, place } from "../parts.js";

export { default as TEXTS } from "section-texts";

/** @typedef {import("../jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

/** What is shown and asked for, of one element at a time. */
export default class Sharing {
  known = null;
  error = null;
  form = { folder: "all", email: "", access: "viewer" };
  /** What is to be ended, once that is confirmed: a folder, and maybe a person. */
  ending = null;

  /** @param {JenjiDropbox} el */
  constructor(el) {
    this.el = el;
    this.client = el.client;
  }

  async open() {
    await this.read(() => this.client.get("/sharing"));
    if (this.known?.may_share) await this.look();
  }

  look() {
    return this.read(() => this.client.post("/sharing/looks", {}));
  }

  /** @param {object} change */
  async ask(change) {
    this.take(await this.client.post("/sharing/changes", change));
    this.ending = null;
  }

  /** Its failure stands where people would be; what was known before stays. */
  async read(call) {
    try {
      this.take(await call());
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.el.show();
  }

  take(answer) {
    const { el } = this;
    if (el.doors.get("sharing") !== this) return;
    for (const folder of answer.folders) this.tell(folder);
    this.known = answer;
    el.show();
    clearTimeout(this.timer);
    const seconds = answer.poll_after_seconds;
    if (answer.folders.every(({ pending, is_looking: isLooking }) => !pending && !isLooking)) return;
    this.timer = setTimeout(() => this.poll(), seconds * 1000);
  }

  poll() {
    if (this.el.doors.get("sharing") !== this || this.client.signal.aborted) return;
    // Nobody looks: whoever comes back sees what there is then.
    if (document.hidden) this.timer = setTimeout(() => this.poll(), 5000);
    else this.read(() => this.client.get("/sharing"));
  }

  /** What became of a change is told once it has ended. */
  tell(folder) {
    const before = this.known?.folders.find((one) => one.folder === folder.folder);
    if (!before?.pending || folder.pending || !folder.last) return;
    this.el.tell(folder.last.problem ? "bad" : "good", this.outcome(folder.last));
  }

  outcome({ change, email, problem }) {
    const about = { who: plain(email ?? ""), why: problem?.message };
    return this.el.words.t(`sharing.${problem ? "failed" : "done"}.${change}`, about);
  }

  view() {
    const { el, known, error } = this;
    const { t } = el.words;
    return [
      error &&
        box(
          "bad",
          h("p", null, el.errorText(error)),
          button(el, t("again"), "sharing again", () => this.open()),
        ),
      !known && !error && h("p", { class: "quiet loading" }, t("loading")),
      known && !known.may_share && this.consent(),
      known?.may_share && [known.folders.map((folder) => this.folder(folder)), this.newShare()],
    ];
  }

  consent() {
    const { el } = this;
    const { t } = el.words;
    return [
      h("p", null, t("sharing.consent")),
      button(el, t("sharing.allow"), "allow", () => startLink(el, "", { sharing: true }), "primary"),
    ];
  }

  folder(folder) {
    const { el } = this;
    const { t, ago } = el.words;
    const { pending, last, problem } = folder;
    const isWorthIt = folder.folder === "all" || folder.is_shared || pending || last;
    return (
      isWorthIt &&
      h(
        "div",
        { key: `sharing ${folder.folder}`, class: "shared", role: "group", "aria-label": folder.path },
        h("p", { class: "strong" }, place(el, folder.path, folder.url)),
        folder.moved_to &&
          box(
            "warn",
            h("p", null, t("sharing.moved", { path: plain(folder.moved_to), own: plain(folder.path) })),
          ),
        problem && box("bad", h("p", null, problem.message)),
        problem?.code === "consent_missing" && this.consent(),
        pending &&
          h(
            "p",
            null,
            h("span", { class: "spinner" }),
            t(`sharing.pending.${pending.change}`, { who: plain(pending.email ?? "") }),
          ),
        !pending && last?.problem && box("bad", h("p", null, this.outcome(last))),
        !folder.is_shared && !pending && h("p", { class: "quiet" }, t("sharing.nobody")),
        h(
          "ul",
          null,
          folder.people.map((person) => this.person(folder, person)),
        ),
        folder.has_more_people && h("p", { class: "quiet" }, t("sharing.more")),
        h(
          "div",
          { class: "row" },
          line(
            folder.is_looking
              ? t("sharing.looking")
              : folder.looked_at && t("sharing.as_of", { when: ago(folder.looked_at) }),
          ),
          button(el, t("sharing.look"), "look", () => this.look(), "plain", folder.path),
          folder.is_shared && !pending && this.ender(folder, null),
        ),
        this.confirmation(folder, null),
      )
    );
  }

  person(folder, person) {
    const { el } = this;
    const { t } = el.words;
    const { email, access } = person;
    const other = access === "viewer" ? "editor" : "viewer";
    const mayChange = person.can_change && !folder.pending;
    return h(
      "li",
      { key: email ?? person.name },
      h(
        "div",
        { class: "row" },
        h("div", { class: "grow" }, line(person.name && name(person.name), email && name(email))),
        person.is_invited && badge("", t("sharing.invited")),
        badge("", t(`sharing.${access}`)),
      ),
      mayChange &&
        h(
          "div",
          { class: "row" },
          button(
            el,
            t(`sharing.make.${other}`),
            `make ${folder.folder} ${email}`,
            () => this.ask({ change: "share", folder: folder.folder, email, access: other }),
            "plain",
            email,
          ),
          this.ender(folder, email),
        ),
      mayChange && this.confirmation(folder, email),
    );
  }

  ender(folder, email) {
    const { el } = this;
    const kind = email ? "remove" : "end";
    return button(
      el,
      `${el.words.t(`sharing.${kind}`)}…`,
      `end ${folder.folder} ${email}`,
      async () => {
        this.ending = { folder: folder.folder, email };
        await el.showAt("ending");
      },
      "plain",
      email ?? folder.path,
    );
  }

  /** Asked where it was clicked; the focus goes there. */
  confirmation(folder, email) {
    const { el, ending } = this;
    const { t } = el.words;
    if (!ending || ending.folder !== folder.folder || ending.email !== email) return null;
    const kind = email ? "remove" : "end";
    const change = { change: kind, folder: folder.folder, ...(email && { email }) };
    return h(
      "div",
      { key: "ending", class: "box warn", role: "group", tabindex: "-1", "aria-labelledby": "ending" },
      h("p", { id: "ending" }, t(`sharing.${kind}.sure`, { who: plain(email ?? "") })),
      button(el, t("cancel"), "keep sharing", async () => void (this.ending = null)),
      button(el, t(`sharing.${kind}`), "end now", () => this.ask(change), "danger"),
    );
  }

  newShare() {
    const { el, form, known } = this;
    const { t } = el.words;
    const choice = (key, value, label) => h("option", { value, selected: form[key] === value }, label);
    const select = (key, label, options) =>
      h(
        "label",
        null,
        label,
        " ",
        h("select", { onchange: (event) => el.change(form, { [key]: event.target.value }) }, options),
      );
    return h(
      "fieldset",
      { key: "share" },
      h("legend", null, t("sharing.share")),
      h(
        "div",
        { class: "row" },
        select("folder", t("sharing.which"), [
          choice("folder", "all", t("sharing.all")),
          known.years.map((year) => choice("folder", year, t("sharing.year", { year }))),
        ]),
        select("access", t("sharing.access"), [
          choice("access", "viewer", t("sharing.viewer")),
          choice("access", "editor", t("sharing.editor")),
        ]),
      ),
      h(
        "div",
        { class: "row" },
        h(
          "label",
          { class: "grow" },
          t("sharing.email"),
          " ",
          h("input", {
            type: "email",
            required: true,
            maxlength: "254",
            autocomplete: "off",
            value: form.email,
            oninput: (event) => el.change(form, { email: event.target.value }),
          }),
        ),
        button(el, t("sharing.share"), "share", () => this.submit(), "primary"),
      ),
      h("p", { class: "quiet" }, t("sharing.hint")),
    );
  }

  async submit() {
    const input = /** @type {HTMLInputElement} */ (this.el.root.querySelector("[type=email]"));
    if (!input.reportValidity()) return;
    await this.ask({ change: "share", ...this.form });
    this.el.change(this.form, { email: "" });
  }
}
