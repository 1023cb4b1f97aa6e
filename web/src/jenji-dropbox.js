// <jenji-dropbox scope="personal|company" api="https://…" lang="fr">: a person's auto-import from Dropbox, or a
// company's synchronisation to it. See README.md.

import { Api } from "./api.js";
import { deliveries } from "./delivery-view.js";
import { h, plain, render } from "./dom.js";
import { imports, settledOf } from "./import-view.js";
import { account, header, invitation, problem, unlinkDialog } from "./link-view.js";
import { Listing } from "./listing.js";
import { box, button, section } from "./parts.js";
import css from "./styles.css";
import { language } from "./texts.js";

const PURPOSES = { personal: "auto_import", company: "synchronisation" };
const IDLE_SECONDS = 30;
const LONGEST_BACKOFF_SECONDS = 300;
const CHANGES = ["jenji-linked", "jenji-unlinked"];

const styles = new CSSStyleSheet();
styles.replaceSync(css);

class JenjiDropbox extends HTMLElement {
  static observedAttributes = ["api", "lang", "plans-url", "scope", "support-url"];
  #session = null;
  busy = new Set();

  constructor() {
    super();
    this.root = this.attachShadow({ mode: "open" });
    this.root.adoptedStyleSheets = [styles];
  }

  /** A function, maybe asynchronous, that gives the token of the host's present session. */
  get session() {
    return this.#session;
  }

  set session(session) {
    this.#session = session;
    this.start();
  }

  connectedCallback() {
    // Set before this module was loaded, it hides the accessor.
    const { session } = this;
    if (Object.hasOwn(this, "session")) delete this.session;
    this.redirect ??= takeRedirect();
    this.life = new AbortController();
    const { signal } = this.life;
    document.addEventListener("visibilitychange", () => document.hidden ? clearTimeout(this.timer) : this.poll(), { signal });
    CHANGES.forEach((name) => document.addEventListener(name, (event) => event.target !== this && this.poll(), { signal }));
    this.session = session;
  }

  disconnectedCallback() {
    this.life.abort();
    clearTimeout(this.timer);
  }

  attributeChangedCallback(name, before, after) {
    if (!this.life || before === after) return;
    if (name === "api" || name === "scope") this.start();
    this.show();
  }

  /** Begin anew: nothing is known yet. */
  start() {
    this.scope = this.getAttribute("scope") === "company" ? "company" : "personal";
    this.link = this.error = this.notice = this.watched = this.unlinkError = null;
    this.said = this.outcome = this.seen = "";
    this.quarter = this.failures = 0;
    this.form = { isDated: false, since: "" };
    this.backfill = { form: { isDated: true, since: "" }, counted: null };
    this.opened = new Map();
    this.batches = this.listing((query) => this.page("/imports/batches", "batches", query), 10, 50);
    this.waiting = this.listing(() => this.page("/imports/waiting", "files", {}));
    this.filtered = this.files({});
    if (!this.isConnected || !this.life || this.life.signal.aborted) return;
    if (this.session) {
      this.api = new Api(this.getAttribute("api") ?? "", () => this.session(), this.life.signal);
      this.confirm();
    }
    this.show();
  }

  listing(read, limit = 50, most = 200) {
    return new Listing(read, () => this.show(), limit, most);
  }

  /** What the history shows: files of one batch or outcome, or deliveries of one state. */
  files(query) {
    return this.listing((page) => this.scope === "company"
      ? this.page("/deliveries", "deliveries", { state: this.outcome, ...page })
      : this.page("/imports/files", "files", { ...query, ...page }));
  }

  async page(path, items, query) {
    const answer = await this.api.get(path, query);
    return { items: answer[items], cursor: answer.cursor };
  }

  // What is known, and keeping it fresh.

  async poll() {
    clearTimeout(this.timer);
    const { api } = this;
    if (!api || this.redirect) return;
    const turn = (this.turn = {});
    try {
      const { links } = await api.get("/links");
      if (turn !== this.turn || api !== this.api) return;
      this.error = null;
      this.failures = 0;
      this.know(links.find(({ purpose }) => purpose === PURPOSES[this.scope]) ?? { status: "ABSENT" });
    } catch (error) {
      if (turn !== this.turn || api.signal.aborted) return;
      this.error = error;
      this.failures++;
    }
    this.show();
    this.pollLater();
  }

  pollLater() {
    const seconds = this.failures
      ? Math.min(2 ** this.failures, LONGEST_BACKOFF_SECONDS) * (0.9 + Math.random() / 5)
      : Math.max(this.link.poll_after_seconds ?? IDLE_SECONDS, 1);
    if (!document.hidden) this.timer = setTimeout(() => this.poll(), seconds * 1000);
  }

  know(link) {
    this.link = link;
    this.knownAt = new Date().toISOString();
    if (!this.hasHistory()) return;
    if (link.batch) this.follow(link.batch);
    const seen = JSON.stringify([link.generation, link.linked_at, link.batch, link.counts, link.backfill]);
    if (seen !== this.seen) this.refresh();
    this.seen = seen;
  }

  hasHistory() {
    return this.link && !["ABSENT", "NOT_LINKED"].includes(this.link.status);
  }

  /** Say where a batch is, but only at its quarters: a screen reader is not to be drowned. */
  follow(batch) {
    const { t, seconds } = this.words;
    const isNew = batch.batch_id !== this.watched;
    // What was settled before anybody looked is history.
    if (isNew && batch.is_settled && !this.seen) return;
    if (isNew) Object.assign(this, { watched: batch.batch_id, quarter: -1 });
    const done = settledOf(batch);
    const quarter = batch.is_settled ? 5 : Math.floor((4 * done) / batch.seen);
    if (quarter > this.quarter) {
      this.say(batch.is_settled
        ? `${t("imported")}. ${t("finished", { n: batch.seen, seconds: seconds(batch.seconds ?? 0) })}`
        : `${t("importing")}. ${t("progress", { done, n: batch.seen })}`);
    }
    this.quarter = batch.is_settled ? -1 : Math.max(quarter, this.quarter);
  }

  refresh() {
    if (this.scope === "company" || this.outcome) this.filtered.refresh();
    if (this.scope === "company") return;
    const { batch, counts } = this.link;
    const { items, isRead } = this.batches;
    const place = items.findIndex(({ batch_id: id }) => id === batch?.batch_id);
    if (place >= 0) items[place] = batch;
    else if (batch || !isRead) this.batches.refresh();
    this.opened.get(batch?.batch_id)?.refresh();
    if (counts?.waiting) this.waiting.refresh();
  }

  // What a person does.

  /** Do `work` once at a time; its failure is told. */
  async act(key, work) {
    if (this.busy.has(key)) return;
    this.busy.add(key);
    this.notice = null;
    this.show();
    try {
      await work();
    } catch (error) {
      this.tell("bad", this.errorText(error));
    }
    this.busy.delete(key);
    this.show();
  }

  /** Whether the day chosen will do; where not, the browser says why beside it. */
  isDateValid(parent) {
    return this.root.querySelector(`${parent} [type=date]`)?.reportValidity() ?? true;
  }

  async startLink(since) {
    if (!this.isDateValid("fieldset")) return;
    const { authorize_url: url } = await this.api.post("/links", { purpose: PURPOSES[this.scope], ...(since && { since }) });
    if (!/^https?:/.test(url) || !this.emit("jenji-navigate", { url })) return;
    location.assign(url);
    // The button stays busy while the browser leaves.
    await new Promise((resolve) => setTimeout(resolve, 5000));
  }

  chosenSince() {
    return this.scope === "company" && this.form.isDated ? this.form.since : "";
  }

  askToUnlink() {
    this.unlinkError = null;
    this.dialog.showModal();
  }

  get dialog() {
    return this.root.querySelector("dialog");
  }

  async unlink() {
    try {
      const link = await this.api.delete(`/links/${PURPOSES[this.scope]}`);
      this.dialog.close();
      this.know(link);
      this.tell("good", this.words.t("unlinked"));
      this.emit("jenji-unlinked", { purpose: link.purpose });
      this.poll();
    } catch (error) {
      this.unlinkError = error;
    }
  }

  canRetry() {
    return this.link.status === "ACTIVE" && this.link.may_link !== false;
  }

  async retry(what, item) {
    const isCompany = this.scope === "company";
    const { requested } = await this.api.post(isCompany ? "/deliveries/retries" : "/imports/retries", what);
    if (item) Object.assign(item, isCompany ? { state: "pending", reason: null } : { retry: "requested" });
    this.tell("good", this.words.t(isCompany ? "asked.company" : "asked", { n: requested }));
    this.seen = "";
    this.poll();
  }

  async countBackfill() {
    if (!this.isDateValid("[aria-labelledby=backfill]")) return;
    this.backfill.counted = await this.api.get("/backfill", { since: this.backfill.form.since });
  }

  async startBackfill() {
    this.link.backfill = await this.api.post("/backfill", { since: this.backfill.form.since });
    this.backfill.counted = null;
    this.poll();
  }

  showOutcome(outcome) {
    this.outcome = outcome;
    this.filtered = this.files({ outcome });
    if (outcome || this.scope === "company") this.filtered.refresh();
    this.show();
  }

  toggle(batchId) {
    if (!this.opened.delete(batchId)) {
      const files = this.files({ batch_id: batchId });
      this.opened.set(batchId, files);
      files.refresh();
    }
    this.show();
  }

  // Back from Dropbox.

  async confirm() {
    const { handle, code } = this.redirect ?? {};
    if (!handle) {
      this.redirect = null;
      if (code) this.tell("bad", this.errorText({ code, isLink: true }));
      return this.poll();
    }
    this.show();
    try {
      const { purpose, account: who, since } = await this.api.post("/links/confirm", { handle });
      const { t, day } = this.words;
      this.tell("good", t(`linked.${purpose}${since ? ".since" : ""}`, { account: plain(`${who.name} (${who.email})`), date: since && day(since) }));
      this.emit("jenji-linked", { purpose, account: who });
    } catch (error) {
      this.tell("bad", this.errorText(error), ["try_again", "unreachable", "not_signed_in"].includes(error.code) && (() => {
        this.redirect = { handle };
        return this.confirm();
      }));
    }
    this.redirect = null;
    return this.poll();
  }

  // Telling and showing.

  emit(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  tell(tone, text, again) {
    this.notice = { tone, text, again };
    this.say(text);
  }

  /** Have a screen reader say it, even if it is what it said last. */
  say(text) {
    this.said = this.said === text ? `${text}\u00a0` : text;
    this.show();
  }

  errorText({ code, message, isLink }) {
    const { t, has } = this.words;
    return has(`error.${code}`) ? t(`error.${code}`) : (!isLink && message) || t(isLink ? "error.link" : "error");
  }

  change(what, values) {
    Object.assign(what, values);
    this.show();
  }

  get words() {
    const tag = this.getAttribute("lang") || document.documentElement.lang || "en";
    if (this.tag !== tag) Object.assign(this, { tag, spoken: language(tag) });
    return this.spoken;
  }

  /** Show the present state, once for all changes made at a time. */
  show() {
    this.showing ??= Promise.resolve().then(() => {
      this.showing = null;
      const focused = this.root.activeElement;
      const around = [];
      for (let node = focused; node; node = node.parentElement) around.push(node);
      render(this.root, [view(this)]);
      // A control that is gone hands the focus to what it stood in, not to the page.
      if (focused && !focused.isConnected) around.find((node) => node.isConnected && node.matches("[tabindex]"))?.focus();
    });
  }
}

function view(el) {
  const { t, instant, locale } = el.words;
  const { link, notice, error, redirect } = el;
  const isOpen = el.hasHistory() && link.status !== "UNLINKED";
  return h("div", { class: "card", lang: locale, tabindex: "-1", role: "region", "aria-labelledby": "title" },
    h("div", { class: "unseen-text", role: "status" }, el.said),
    header(el),
    notice && h("div", { class: "notice" }, box(notice.tone, h("p", null, notice.text),
      notice.again && button(el, t("again"), "confirm", notice.again),
      h("button", { type: "button", class: "close", "aria-label": t("close"), onclick: () => el.change(el, { notice: null }) }, "×"))),
    error && box("bad", h("p", null, el.errorText(error), " ", link && t("stale", { when: instant(el.knownAt) })),
      button(el, t("again"), "poll", () => el.poll())),
    redirect?.handle ? h("p", { class: "quiet" }, h("span", { class: "spinner" }), t("confirming"))
      : !link ? !error && h("p", { class: "quiet" }, t("loading"))
      : link.status === "ABSENT" ? box("", h("p", null, t("error.not_administrator")))
      : [
        problem(el),
        isOpen ? account(el) : h("section", { key: "link", tabindex: "-1", "aria-label": t("link") }, invitation(el)),
        el.hasHistory() && (el.scope === "company" ? deliveries(el) : imports(el)),
      ],
    unlinkDialog(el));
}

/** What Dropbox's redirect left in the address, which it is removed from at once: the handle is for one use. */
function takeRedirect() {
  const url = new URL(location.href);
  const handle = url.searchParams.get("handle");
  const code = url.searchParams.get("error");
  if (!handle && !code) return null;
  url.searchParams.delete("handle");
  url.searchParams.delete("error");
  history.replaceState(history.state, "", url);
  return { handle, code };
}

customElements.define("jenji-dropbox", JenjiDropbox);
