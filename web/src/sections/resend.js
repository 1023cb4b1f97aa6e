// Sending again what is not in Dropbox any more. A section behind a button.

import { h, name } from "../dom.js";
import { button, line, time } from "../parts.js";
import { failure, monthText } from "../section-parts.js";

export { default as TEXTS } from "section-texts";

/** @typedef {import("../jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

/** What is sent again, of one element at a time. */
export default class Resends {
  known = null;
  error = null;
  form = { by: "month", month: "", employee: "" };

  /** @param {JenjiDropbox} el */
  constructor(el) {
    this.el = el;
    this.client = el.client;
  }

  open() {
    return this.read();
  }

  async read() {
    try {
      this.take(await this.client.get("/deliveries/again"));
    } catch (error) {
      this.error = error;
    }
    this.el.show();
  }

  take(answer) {
    if (this.el.doors.get("resend") !== this) return;
    for (const resend of answer.resends) this.tell(resend);
    this.known = answer;
    this.error = null;
    clearTimeout(this.timer);
    if (answer.resends.some(({ state }) => state !== "done"))
      this.timer = setTimeout(() => this.poll(), answer.poll_after_seconds * 1000);
  }

  poll() {
    const { el } = this;
    if (el.doors.get("resend") !== this || this.client.signal.aborted) return;
    // Nobody looks: whoever comes back sees what there is then.
    if (document.hidden) this.timer = setTimeout(() => this.poll(), 5000);
    else this.read();
  }

  /** What came of a request is told once it is over, and the history shows it. */
  tell(resend) {
    const { el } = this;
    const before = this.known?.resends.find((one) => one.requested_at === resend.requested_at);
    if (!before || before.state === "done" || resend.state !== "done") return;
    el.tell("good", el.words.t(resend.sent ? "resend.some" : "resend.none", { n: resend.sent }));
    el.forget();
    el.poll();
  }

  /** @param {object} scope */
  async ask(scope) {
    await this.client.post("/deliveries/again", scope);
    await this.read();
  }

  async submit() {
    const { by } = this.form;
    const input = /** @type {HTMLInputElement} */ (this.el.root.querySelector("#resend-of"));
    if (!input.reportValidity()) return;
    await this.ask({ [by]: this.form[by].trim() });
  }

  view() {
    const { el, known, error } = this;
    const { t } = el.words;
    return [
      failure(el, error, "resends again", () => this.read()),
      !known && !error && h("p", { class: "quiet loading" }, t("loading")),
      known && el.link.status === "ACTIVE" && this.asking(),
      known &&
        h(
          "ul",
          null,
          known.resends.map((resend) => this.row(resend)),
        ),
    ];
  }

  asking() {
    const { el, form } = this;
    const { t } = el.words;
    const choice = (by) => h("option", { value: by, selected: form.by === by }, t(`resend.${by}`));
    return h(
      "div",
      { class: "row", key: "resend form" },
      h(
        "label",
        null,
        t("resend.what"),
        " ",
        h("select", { onchange: (event) => el.change(form, { by: event.target.value }) }, [
          choice("month"),
          choice("employee"),
        ]),
      ),
      h(
        "label",
        { class: "grow" },
        t(`resend.of.${form.by}`),
        " ",
        h("input", {
          id: "resend-of",
          key: form.by,
          required: true,
          autocomplete: "off",
          // Not every browser has a field for months: the form of it is said where it has none.
          ...(form.by === "month"
            ? { type: "month", pattern: "20[0-9]{2}-(0[1-9]|1[0-2])", placeholder: "2026-03" }
            : { type: "text", maxlength: "100" }),
          value: form[form.by],
          oninput: (event) => el.change(form, { [form.by]: event.target.value }),
        }),
      ),
      button(el, t("resend.start"), "resend", () => this.submit(), "primary"),
    );
  }

  row(resend) {
    const { el } = this;
    const { t } = el.words;
    const { state, month, employee, expense_id: expense } = resend;
    const isDone = state === "done";
    const counts = ["sent", "present", "changed", "pending", "withdrawn", "unclear"];
    return h(
      "li",
      { key: `${month}${employee}${expense}${resend.requested_at}` },
      h(
        "p",
        { class: "strong" },
        !isDone && h("span", { class: "spinner" }),
        month ? monthText(el, month) : employee ? name(employee) : [t("resend.expense"), " ", name(expense)],
      ),
      h(
        "p",
        { class: "quiet small" },
        line(
          time(el, resend.completed_at ?? resend.requested_at),
          t(`resend.${state}`, { n: resend.looked_for }),
          ...counts.map((each) => resend[each] > 0 && t(`resend.count.${each}`, { n: resend[each] })),
        ),
      ),
    );
  }
}
