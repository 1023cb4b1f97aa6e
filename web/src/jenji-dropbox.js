// <jenji-dropbox scope="personal|company" api="https://…" lang="fr">: a person's auto-import from Dropbox, or a
// company's synchronisation to it. See README.md. Here is what is known, and how it is kept fresh.

import SECTIONS from "sections";
import { Api, ApiError } from "./api.js";
import { render } from "./dom.js";
import { isOver, recordedOf, summary, timeLeft } from "./import-view.js";
import { Listing } from "./listing.js";
import { isSearching } from "./search.js";
import { confirmRedirect, takeRedirect } from "./redirect.js";
import { openDoor } from "./sections.js";
import css from "./styles.css";
import { language } from "./texts.js";
import { view } from "./view.js";

/** @typedef {import("./contract").Link} Link */

const IDLE_SECONDS = 30;
const LONGEST_BACKOFF_SECONDS = 300;
/** After four quarters, and the end of importing while documents are still being read. */
const LAST_STAGE = 6;

// On a server there is no page to be an element of: importing it there does nothing.
const isOnPage = typeof HTMLElement !== "undefined";
const styles = isOnPage && new CSSStyleSheet();
if (styles) styles.replaceSync(css);

const Base = isOnPage ? HTMLElement : /** @type {typeof HTMLElement} */ (/** @type {unknown} */ (Object));

export class JenjiDropbox extends Base {
  static version = VERSION;
  static observedAttributes = ["api", "lang", "plans-url", "scope", "support-url"];
  #session = null;
  /** What is under way: nothing is done twice at a time. */
  busy = new Set();
  /** @type {Link | null} */
  link = null;
  /** The path that was copied last. */
  copied = "";
  /** The document that is looked at. @type {import("./sections/preview.js").Looked | null} */
  preview = null;
  /** The receipt that is looked at. @type {import("./sections/receipt.js").Receipt | null} */
  receipt = null;
  /** How far an export is. */
  exporting = "";
  searchTimer = 0;
  /** @type {Awaited<ReturnType<typeof language>>} */
  words = null;
  /** The modules of the sections that were fetched. */
  sections = new Map();
  /** What was opened of the sections that stand behind a button. @type {Map<string, import("./sections.js").Content>} */
  doors = new Map();

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
    const before = this.#session;
    this.#session = session;
    // A host that makes a new function each time it renders is still in the same session.
    if (!before || !session || !this.client) this.start();
  }

  /** Begin again, as after somebody else signed in. */
  restart() {
    this.start();
  }

  // React sets a property where there is one of that name, and an attribute where there is none.
  get scope() {
    return this.getAttribute("scope") === "company" ? "company" : "personal";
  }

  set scope(scope) {
    this.setAttribute("scope", scope);
  }

  get api() {
    return this.getAttribute("api") ?? "";
  }

  set api(api) {
    if (api == null) this.removeAttribute("api");
    else this.setAttribute("api", api);
  }

  get purpose() {
    return this.scope === "company" ? "synchronisation" : "auto_import";
  }

  get dialog() {
    return this.root.querySelector("dialog");
  }

  connectedCallback() {
    // Set before this module was loaded, it hides the accessor.
    const { session } = this;
    if (Object.hasOwn(this, "session")) delete this.session;
    this.redirect ??= takeRedirect(this.scope);
    this.life = new AbortController();
    this.ends = new IntersectionObserver(readOn);
    const { signal } = this.life;
    const listen = (name, heard) => document.addEventListener(name, heard, { signal });
    listen("visibilitychange", () => (document.hidden ? clearTimeout(this.timer) : this.poll()));
    for (const name of ["jenji-linked", "jenji-unlinked"]) {
      listen(name, (event) => event.target !== this && this.poll());
    }
    this.#session = session;
    this.start();
  }

  disconnectedCallback() {
    this.life.abort();
    this.receipt?.close();
    this.ends.disconnect();
    clearTimeout(this.timer);
  }

  attributeChangedCallback(name, before, after) {
    if (!this.life || before === after) return;
    if (name === "api" || name === "scope") this.start();
    else if (name === "lang") this.speak();
    this.show();
  }

  /** Begin anew: nothing is known yet. */
  start() {
    this.link =
      this.error =
      this.notice =
      this.watched =
      this.unlinkError =
      this.client =
      this.preview =
        null;
    this.doors.clear();
    this.receipt?.close();
    this.said = this.outcome = this.seen = this.splitting = "";
    this.stage = this.followed = this.failures = 0;
    this.who = null;
    this.search = { text: "", from: "", until: "" };
    this.form = { isDated: false, since: "" };
    this.backfill = { form: { isDated: true, since: "" }, counted: null };
    this.opened = new Map();
    this.batches = this.listing((query) => this.page("/imports/batches", "batches", query), 10, 50);
    this.waiting = this.listing(() => this.page("/imports/waiting", "files", {}));
    this.filtered = this.files({});
    if (!this.life || this.life.signal.aborted) return;
    if (this.session) {
      const { signal } = this.life;
      this.client = new Api(
        this.api,
        () => this.token(),
        () => this.words.locale,
        signal,
      );
      this.begin(this.client);
    }
    this.speak();
    this.show();
  }

  /** The host's present session; where it is somebody else's than before, nothing of theirs stays in view. */
  async token() {
    const token = await this.session();
    const who = subjectOf(token);
    if (this.who && who && who !== this.who) this.start();
    this.who = who ?? this.who;
    return token;
  }

  async begin(client) {
    await this.speak();
    if (client === this.client) this.confirm(this.redirect);
  }

  /** Have the texts of the present language; until the first are there nothing is shown. */
  speak() {
    const tag = this.getAttribute("lang") || document.documentElement.lang;
    if (this.tag === tag) return this.speaking;
    this.tag = tag;
    this.speaking = language(tag).then((words) => {
      if (this.tag !== tag) return;
      const before = this.words?.locale;
      this.change(this, { words });
      // What the API says, it says in the language that was asked for.
      if (!before || before === words.locale || !this.link) return;
      this.forget();
      this.poll();
    });
    return this.speaking;
  }

  /** The module of a section; where it cannot be had, an error like the API's. */
  async fetchSection(name) {
    try {
      if (!this.sections.has(name)) this.sections.set(name, await SECTIONS[name]());
    } catch {
      throw new ApiError(0, "unreachable", "");
    }
    return this.sections.get(name);
  }

  listing(read, limit = 50, most = 200) {
    return new Listing(read, () => this.show(), limit, most);
  }

  /** What the history shows: files of one batch or outcome, or deliveries of one state. */
  files(query) {
    return this.listing((page) =>
      this.scope === "company"
        ? this.page("/deliveries", "deliveries", { ...query, ...page })
        : this.page("/imports/files", "files", { ...query, ...page }),
    );
  }

  async page(path, items, query) {
    const answer = await this.client.get(path, query);
    return { items: answer[items], cursor: answer.cursor };
  }

  /** Confirm what Dropbox's redirect brought, if it did, before the state is asked for. */
  async confirm(redirect) {
    if (redirect) {
      this.change(this, { redirect });
      const mayShare = await confirmRedirect(this, redirect);
      this.redirect = null;
      await this.poll();
      return mayShare === true && this.hasHistory() && this.act("sharing", () => openDoor(this, "sharing"));
    }
    return this.poll();
  }

  async poll() {
    clearTimeout(this.timer);
    const { client } = this;
    if (!client || this.redirect) return;
    const turn = (this.turn = {});
    const isStale = () => turn !== this.turn || client !== this.client || client.signal.aborted;
    try {
      const { links } = await client.get("/links", { progress: this.link?.batch?.progress });
      if (isStale()) return;
      Object.assign(this, { error: null, failures: 0 });
      this.know(links.find(({ purpose }) => purpose === this.purpose) ?? { status: "ABSENT" });
    } catch (error) {
      if (isStale()) return;
      Object.assign(this, { error, failures: this.failures + 1 });
    }
    this.show();
    this.pollLater();
    const { status, counts } = this.link ?? {};
    const known = counts && { counts: { ...counts }, attention: attentionTo(this.link) };
    this.emit("jenji-status", { purpose: this.purpose, status, ...known });
  }

  pollLater() {
    const seconds = this.failures
      ? Math.min(2 ** this.failures, LONGEST_BACKOFF_SECONDS) * (0.9 + Math.random() / 5)
      : Math.max(this.link.poll_after_seconds ?? IDLE_SECONDS, 1);
    if (!document.hidden) this.timer = setTimeout(() => this.poll(), seconds * 1000);
  }

  /** @param {Link} link */
  know(link) {
    this.link = link;
    this.knownAt = new Date().toISOString();
    if (!this.hasHistory()) return;
    if (link.batch) this.follow(link.batch);
    const { progress: _, estimated_seconds_left: __, not_estimated: ___, ...batch } = link.batch ?? {};
    const seen = JSON.stringify([link.linked_at, batch, link.counts, link.backfill]);
    if (seen !== this.seen) this.refresh();
    else this.refreshRead();
    this.seen = seen;
  }

  /** What is being read changes without the link's counts, if it is of an older batch. */
  refreshRead() {
    for (const files of [this.filtered, ...this.opened.values()]) {
      if (files.items.some(({ expense }) => expense?.reading?.state === "WAITING")) files.refresh();
    }
  }

  /** Read the lists anew at the next answer, changed or not. */
  forget() {
    this.seen = "-";
  }

  hasHistory() {
    return this.link && !["ABSENT", "NOT_LINKED"].includes(this.link.status);
  }

  /** Say where a batch is, but only at its quarters: a screen reader is not to be drowned. */
  follow(batch) {
    const { t } = this.words;
    const isNew = batch.batch_id !== this.watched;
    // What was over before anybody looked is history.
    if (isNew && isOver(batch) && !this.seen) return;
    // More files of it begin it again.
    if (isNew || batch.seen > this.followed) this.stage = -1;
    Object.assign(this, { watched: batch.batch_id, followed: batch.seen });
    const done = recordedOf(batch);
    const quarter = Math.floor((4 * done) / batch.seen);
    const stage = isOver(batch) ? LAST_STAGE : batch.is_settled ? LAST_STAGE - 1 : quarter;
    if (stage > this.stage) {
      if (!batch.is_settled)
        this.say(
          [t("importing"), t("progress", { done, n: batch.seen }), timeLeft(this, batch)]
            .filter(Boolean)
            .join(". "),
        );
      else this.say([isOver(batch) && t("imported"), ...summary(this, batch)].filter(Boolean).join(". "));
    }
    this.stage = Math.max(stage, this.stage);
  }

  /** The newest batch comes with the link: the others do not change. */
  refresh() {
    const { batch, counts } = this.link;
    if (this.scope === "company" || this.outcome || isSearching(this)) this.filtered.refresh();
    if (this.scope === "company") return;
    const { items, isRead } = this.batches;
    const place = items.findIndex(({ batch_id: id }) => id === batch?.batch_id);
    if (place >= 0) items[place] = batch;
    else if (batch || !isRead) this.batches.refresh();
    this.opened.get(batch?.batch_id)?.refresh();
    if (counts?.waiting) this.waiting.refresh();
  }

  /** Show it, and go there. */
  async showAt(section) {
    this.show();
    await this.showing;
    /** @type {HTMLElement} */ (this.root.querySelector(`[aria-labelledby=${section}]`))?.focus();
  }

  /** Do `work` once at a time; its failure is told. */
  async act(key, work) {
    if (this.busy.has(key)) return;
    this.busy.add(key);
    this.change(this, { notice: null });
    try {
      await work();
    } catch (error) {
      this.tell("bad", this.errorText(error));
    }
    this.busy.delete(key);
    this.show();
  }

  emit(name, detail) {
    return this.dispatchEvent(
      new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }),
    );
  }

  /** Show it until it is closed, and say it; `again` is what to try once more. */
  tell(tone, text, again = null) {
    this.notice = { tone, text, again };
    this.say(text);
  }

  /** Have a screen reader say it, even if it is what it said last. */
  say(text) {
    this.change(this, { said: this.said === text ? `${text}\u00a0` : text });
  }

  /** The element's own sentence, the API's, or at least `general`. */
  errorText({ code, message = "" }, general = "error") {
    const { t } = this.words;
    return t(`error.${code}`) || message || t(general);
  }

  change(what, values) {
    Object.assign(what, values);
    this.show();
  }

  /** Show the present state, once for all changes made at a time. */
  show() {
    this.showing ??= Promise.resolve().then(() => {
      this.showing = null;
      this.speak();
      if (!this.words) return;
      const around = [];
      for (let node = this.root.activeElement; node; node = node.parentElement) around.push(node);
      render(this.root, [view(this)]);
      for (const more of this.root.querySelectorAll(".more")) this.ends?.observe(more);
      // A control that is gone hands the focus to what it stood in, not to the page.
      if (around[0]?.isConnected === false)
        /** @type {HTMLElement} */ (
          around.find((node) => node.isConnected && node.matches("[tabindex]"))
        )?.focus();
    });
  }
}

/** Who scrolls to the end of a long list has it go on by itself. */
function readOn(entries) {
  for (const { isIntersecting, target } of entries) if (isIntersecting && scrollY > 0) target.click();
}

/**
 * How much waits for a person: files or documents, and the link itself where only they can mend it.
 * @param {Link} link
 */
function attentionTo({ counts = {}, problem, status }) {
  const { rejected = 0, to_check: unsure = 0, failed = 0 } = counts;
  const isTheirs = problem?.action && problem.action !== "wait" && status !== "UNLINKED";
  return rejected + unsure + failed + (isTheirs ? 1 : 0);
}

/** Whose a token is, if it is a JWT. */
function subjectOf(token) {
  try {
    return JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).sub;
  } catch {
    return null;
  }
}

// Twice on a page, as by two bundles of a host's, the first one stays.
if (isOnPage && !customElements.get("jenji-dropbox")) customElements.define("jenji-dropbox", JenjiDropbox);
