// What a person does: each is one call of the API, and what is shown after it.

import { departed } from "./redirect.js";
import { searchAgain } from "./search.js";

/** @typedef {import("./jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

const LEAVING_MILLISECONDS = 5000;

/** Whether the day chosen in `parent` will do; where not, the browser says why beside it. */
function isDateValid(el, parent) {
  const input = /** @type {HTMLInputElement} */ (el.root.querySelector(`${parent} [type=date]`));
  return input?.reportValidity() ?? true;
}

/**
 * Send the browser to Dropbox, unless the host does that itself.
 * @param {JenjiDropbox} el
 */
export async function startLink(el, since = "", more = {}) {
  if (el.form.isDated && !isDateValid(el, "fieldset")) return;
  const { authorize_url: url } = await el.client.post("/links", {
    purpose: el.purpose,
    ...(since && { since }),
    ...more,
  });
  departed(el.scope);
  if (!/^https?:/.test(url) || !el.emit("jenji-navigate", { url })) return;
  location.assign(url);
  // The button stays busy while the browser leaves.
  await new Promise((resolve) => setTimeout(resolve, LEAVING_MILLISECONDS));
}

/** @param {JenjiDropbox} el */
export function askToUnlink(el) {
  el.change(el, { unlinkError: null });
  el.dialog.showModal();
}

/** @param {JenjiDropbox} el */
export async function unlink(el) {
  try {
    const link = await el.client.delete(`/links/${el.purpose}`);
    el.dialog.close();
    el.know(link);
    el.tell("good", el.words.t("unlinked"));
    el.emit("jenji-unlinked", { purpose: link.purpose });
    el.poll();
  } catch (error) {
    // It is told in the dialog, which hides everything else.
    el.change(el, { unlinkError: error });
  }
}

/**
 * Answer for the company's link from now on: its account stays the same.
 * @param {JenjiDropbox} el
 */
export async function takeOver(el) {
  el.know(await el.client.post(`/links/${el.purpose}/takeover`, {}));
  el.tell("good", el.words.t("taken_over"));
  el.poll();
}

/**
 * Have what comes from now on filed in that space of the team's Dropbox.
 * @param {JenjiDropbox} el
 */
export async function chooseSpace(el, space) {
  el.know(await el.client.put(`/links/${el.purpose}/space`, { space }));
  el.tell("good", el.words.t("space.chosen", { space: el.words.t(`space.${space}`) }));
  el.poll();
}

/**
 * Have the documents of an expense sent again, if they are not there.
 * @param {JenjiDropbox} el
 */
export async function sendAgain(el, expenseId) {
  await el.client.post("/deliveries/again", { expense_id: expenseId });
  el.tell("good", el.words.t("again.asked"));
  el.forget();
  el.poll();
  /** @type {any} */ (el.doors.get("resend"))?.read();
}

/** @param {JenjiDropbox} el */
export const canRetry = (el) => el.link.status === "ACTIVE" && el.link.may_link !== false;

/**
 * Try one file or delivery again (`item` is what is shown of it), or all of them.
 * @param {JenjiDropbox} el
 */
export async function retry(el, what, item = {}) {
  const isCompany = el.scope === "company";
  const { requested } = await el.client.post(isCompany ? "/deliveries/retries" : "/imports/retries", what);
  Object.assign(item, isCompany ? { state: "pending", reason: null } : { retry: "requested" });
  el.tell("good", el.words.t(isCompany ? "asked.company" : "asked", { n: requested }));
  el.forget();
  el.poll();
}

/**
 * Take one rejected file, or all, off what wants attention.
 * @param {JenjiDropbox} el
 */
export async function dismiss(el, what, item = {}) {
  const { dismissed } = await el.client.post("/imports/dismissals", what);
  Object.assign(item, { retry: "dismissed" });
  el.tell("good", el.words.t("dismissed", { n: dismissed }));
  el.forget();
  el.poll();
}

/**
 * Have a second expense made of a duplicate.
 * @param {JenjiDropbox} el
 */
export async function keep(el, item) {
  await el.client.post("/imports/copies", { file: item.id });
  Object.assign(item, { retry: "requested" });
  el.tell("good", el.words.t("kept"));
  el.forget();
  el.poll();
}

/**
 * Show the document of an expense beside what was read off it: few are looked at, so that this comes when wanted.
 * @param {JenjiDropbox} el
 */
export async function seeDocument(el, expenseId) {
  const { open } = await el.fetchSection("preview");
  await open(el, expenseId);
}

/**
 * Show a receipt, of a batch or of the deliveries that are asked for: few want one, so that this comes when wanted.
 * @param {JenjiDropbox} el
 * @param {{ batch_id?: string } & Record<string, string>} query
 */
export async function showReceipt(el, query) {
  const { open } = await el.fetchSection("receipt");
  await open(el, query);
}

/**
 * Have an expense made of each document in a file.
 * @param {JenjiDropbox} el
 */
export async function split(el, item) {
  const { expense_ids: made } = await el.client.post("/imports/splits", { file: item.id });
  Object.assign(item, { can_split: false });
  el.splitting = "";
  el.tell("good", el.words.t("split.done", { n: made.length }));
  for (const files of [el.filtered, ...el.opened.values()]) if (files.items.includes(item)) files.refresh();
  el.forget();
  el.poll();
}

/** @param {JenjiDropbox} el */
export async function countBackfill(el) {
  if (!isDateValid(el, "[aria-labelledby=backfill]")) return;
  el.backfill.counted = await el.client.get("/backfill", { since: el.backfill.form.since });
}

/** @param {JenjiDropbox} el */
export async function startBackfill(el) {
  el.link.backfill = await el.client.post("/backfill", { since: el.backfill.form.since });
  el.backfill.counted = null;
  el.poll();
}

/**
 * Show files of one outcome, or deliveries of one state; "" is all of them.
 * @param {JenjiDropbox} el
 */
export function showOutcome(el, outcome) {
  el.outcome = outcome;
  searchAgain(el);
}

/**
 * Show or hide the files of a batch.
 * @param {JenjiDropbox} el
 */
export function toggle(el, batchId) {
  if (!el.opened.delete(batchId)) {
    const files = el.files({ batch_id: batchId });
    el.opened.set(batchId, files);
    files.refresh();
  }
  el.show();
}
