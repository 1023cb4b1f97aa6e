// How the company's folder compares with what was delivered. A section behind a button.

import { h } from "../dom.js";
import { badge, box, button, fact, line, place, time } from "../parts.js";

export { default as TEXTS } from "section-texts";

/** @typedef {import("../jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

const TONES = { missing: "bad", changed: "warn", moved: "warn", doubled: "" };

/** What is shown and asked for, of one element at a time. */
export default class Proof {
  known = null;
  error = null;
  /** The list of findings, of the proof that is shown, and where it goes on. */
  findings = [];
  cursor = null;
  listed = "";

  /** @param {JenjiDropbox} el */
  constructor(el) {
    this.el = el;
    this.client = el.client;
  }

  async open() {
    await this.read(() => this.client.get("/proofs"));
  }

  /** @param {"prove" | "put_back"} request */
  async ask(request) {
    await this.take(await this.client.post("/proofs", { request }));
  }

  /** Its failure stands where the result would be; what was known before stays. */
  async read(call) {
    try {
      await this.take(await call());
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.el.show();
  }

  async take(answer) {
    const { el } = this;
    if (el.doors.get("proof") !== this) return;
    this.tell(answer);
    this.known = answer;
    el.show();
    clearTimeout(this.timer);
    if (answer.pending || (answer.put_back && !answer.put_back.ended_at)) {
      this.timer = setTimeout(() => this.poll(), answer.poll_after_seconds * 1000);
    }
    const { proved } = answer;
    if (proved && proved.run_id !== this.listed) {
      this.findings = [];
      this.cursor = null;
      this.listed = proved.run_id;
      if (proved.missing + proved.changed + proved.moved + proved.doubled) await this.more();
    }
  }

  /** Another page of findings. */
  async more() {
    const query = this.cursor ? { cursor: this.cursor } : {};
    const { findings, cursor } = await this.client.get("/proofs/findings", query);
    this.findings = [...this.findings, ...findings];
    this.cursor = cursor ?? null;
    this.el.show();
  }

  poll() {
    if (this.el.doors.get("proof") !== this || this.client.signal.aborted) return;
    // Nobody looks: whoever comes back sees what there is then.
    if (document.hidden) this.timer = setTimeout(() => this.poll(), 5000);
    else this.read(() => this.client.get("/proofs"));
  }

  /** What became of it is told once it has ended. */
  tell(answer) {
    const { el, known } = this;
    const { t } = el.words;
    if (known?.pending && !answer.pending) {
      const { proved, failed } = answer;
      if (failed) el.tell("bad", failed.problem.message);
      else if (proved) el.tell(isWhole(proved) ? "good" : "warn", this.summary(proved));
    }
    const before = known?.put_back;
    const after = answer.put_back;
    if (before && !before.ended_at && after?.ended_at)
      el.tell("good", t("proof.returned", { n: after.documents }));
  }

  summary(proved) {
    return this.el.words.t("proof.present", { n: proved.documents, present: proved.present });
  }

  view() {
    const { el, known, error } = this;
    const { t } = el.words;
    return [
      error &&
        box(
          "bad",
          h("p", null, el.errorText(error)),
          button(el, t("again"), "proof again", () => this.open()),
        ),
      !known && !error && h("p", { class: "quiet loading" }, t("loading")),
      known && this.state(known),
    ];
  }

  state(known) {
    const { el } = this;
    const { t } = el.words;
    const { proved, failed, pending } = known;
    return [
      !proved && !pending && h("p", { class: "quiet" }, t("proof.never")),
      failed && !pending && box("bad", h("p", null, line(failed.problem.message, time(el, failed.at)))),
      proved && this.result(known, proved),
      pending &&
        h(
          "p",
          null,
          h("span", { class: "spinner" }),
          t(pending.is_listed ? "proof.comparing" : "proof.listing", { n: pending.files }),
        ),
      h(
        "div",
        { class: "row" },
        h("span", { class: "grow quiet" }, t("proof.next", { when: el.words.date(known.next_at) })),
        !pending && button(el, t("proof.prove"), "prove", () => this.ask("prove"), proved ? "" : "primary"),
      ),
    ];
  }

  result(known, proved) {
    const { el } = this;
    const { t } = el.words;
    const elsewhere = proved.in_other_account + proved.in_other_space;
    return [
      box(
        isWhole(proved) ? "good" : "warn",
        h("p", { class: "strong" }, this.summary(proved)),
        h("p", null, line(time(el, proved.as_of), t(proved.is_monthly ? "proof.monthly" : "proof.asked"))),
        proved.is_folder_missing && h("p", null, t("proof.no_folder")),
      ),
      h(
        "dl",
        { class: "facts" },
        Object.keys(TONES).map((kind) => fact(t(`proof.${kind}`), el.words.number(proved[kind]))),
        elsewhere > 0 && fact(t("proof.elsewhere"), el.words.number(elsewhere)),
      ),
      proved.path && h("p", null, t("proof.file"), " ", place(el, proved.path, proved.url)),
      this.returning(known, proved),
      this.findings.length > 0 &&
        h(
          "ul",
          { "aria-label": t("proof.findings") },
          this.findings.map((finding) => this.finding(finding)),
        ),
      this.cursor && button(el, t("proof.more"), "more findings", () => this.more()),
    ];
  }

  /** What is missing can be put back; the rest is as somebody wanted it. */
  returning(known, proved) {
    const { el } = this;
    const { t } = el.words;
    const { put_back: putBack } = known;
    if (putBack && !putBack.ended_at) {
      return h("p", null, h("span", { class: "spinner" }), t("proof.returning", { n: putBack.documents }));
    }
    if (putBack) return h("p", null, t("proof.returned", { n: putBack.documents }));
    return (
      known.can_put_back && [
        h("p", { class: "quiet" }, t("proof.hint")),
        button(
          el,
          t("proof.return", { n: proved.missing }),
          "put back",
          () => this.ask("put_back"),
          "primary",
        ),
      ]
    );
  }

  finding({ finding, path, found_at: foundAt, url }) {
    const { el } = this;
    const { t } = el.words;
    return h(
      "li",
      { key: `${finding} ${path} ${foundAt ?? ""}` },
      h(
        "div",
        { class: "row" },
        h("div", { class: "grow" }, place(el, path, foundAt ? null : url)),
        badge(TONES[finding], t(`proof.is.${finding}`)),
      ),
      foundAt && h("p", { class: "quiet" }, t("proof.found_at"), " ", place(el, foundAt, url)),
    );
  }
}

const isWhole = ({ documents, present, is_folder_missing: isFolderMissing }) =>
  present === documents && !(isFolderMissing && documents);
