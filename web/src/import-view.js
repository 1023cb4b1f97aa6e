// Auto-import: the batch under way, what waits, and the history.

import { canRetry, retry, showOutcome, toggle } from "./actions.js";
import { h, name } from "./dom.js";
import { badge, button, count, expense, filter, line, list, openExpense, reading, section } from "./parts.js";

/** @typedef {import("./jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

const OUTCOMES = ["imported", "duplicate", "rejected"];
const TONES = { imported: "good", duplicate: "", rejected: "bad" };

export const settledOf = (batch) => batch.imported + batch.duplicate + batch.rejected;

/** @param {JenjiDropbox} el */
export const imports = (el) => [live(el), waiting(el), history(el)];

/**
 * "130 imported · 8 duplicates": what there is none of is not mentioned.
 * @param {JenjiDropbox} el
 */
const balance = (el, batch) =>
  [...OUTCOMES, "under_way"].map(
    (part) => batch[part] > 0 && el.words.t(`balance.${part}`, { n: batch[part] }),
  );

/** @param {JenjiDropbox} el */
const duration = (el, batch) =>
  batch.under_way || !batch.seconds
    ? el.words.t("files", { n: batch.seen })
    : el.words.t("finished", { n: batch.seen, seconds: el.words.seconds(batch.seconds) });

/** @param {JenjiDropbox} el */
const why = (el) =>
  h(
    "button",
    { type: "button", class: "link", onclick: () => showOutcome(el, "rejected") },
    el.words.t("why"),
  );

/**
 * Under way, or finished while somebody was watching.
 * @param {JenjiDropbox} el
 */
function live(el) {
  const { t } = el.words;
  const batch = el.link.batch;
  if (!batch || batch.batch_id !== el.watched) return null;
  const done = settledOf(batch);
  return section(
    "live",
    t(batch.is_settled ? "imported" : "importing"),
    h(
      "p",
      { class: "strong" },
      batch.is_settled ? duration(el, batch) : t("progress", { done, n: batch.seen }),
    ),
    h("progress", { max: batch.seen, value: done, "aria-labelledby": "live" }),
    line(...balance(el, batch)),
  );
}

/** @param {JenjiDropbox} el */
function waiting(el) {
  const { t, soon } = el.words;
  const { counts = {} } = el.link;
  if (!counts.waiting && !counts.rejected) return null;
  return section(
    "attention",
    t(counts.rejected || counts.stuck ? "attention" : "waiting"),
    h(
      "dl",
      { class: "counts" },
      ["waiting", "stuck", "rejected"].map((key) => counts[key] > 0 && count(el, key)),
    ),
    counts.rejected > 0 &&
      canRetry(el) &&
      h(
        "div",
        { class: "row" },
        button(el, t("retry.all", { n: counts.rejected }), "retry all", () => retry(el, { all: true })),
        why(el),
      ),
    counts.waiting > 0 &&
      list(
        el,
        el.waiting,
        "waiting",
        (file) =>
          h(
            "li",
            { key: file.name + file.since },
            h(
              "div",
              { class: "row" },
              h("p", { class: "grow" }, name(file.name)),
              file.is_stuck && badge("warn", t("stuck")),
            ),
            h("p", { class: "quiet" }, file.reason?.message),
            line(
              file.next_try && t("next", { when: soon(file.next_try) }),
              file.tries > 0 && t("tries", { n: file.tries }),
            ),
          ),
        "",
      ),
  );
}

/** @param {JenjiDropbox} el */
function history(el) {
  const { t } = el.words;
  return section(
    "history",
    t("history"),
    filter(el, OUTCOMES, "outcome.", el.outcome, (outcome) => showOutcome(el, outcome)),
    el.outcome
      ? list(el, el.filtered, "files", (file) => fileRow(el, file), t("empty.filter"))
      : list(el, el.batches, "batches", (batch) => batchRow(el, batch), t("empty.personal")),
  );
}

/** @param {JenjiDropbox} el */
function batchRow(el, batch) {
  const files = el.opened.get(batch.batch_id);
  return h(
    "li",
    { key: batch.batch_id },
    h(
      "button",
      {
        type: "button",
        class: "disclosure",
        "aria-expanded": String(Boolean(files)),
        onclick: () => toggle(el, batch.batch_id),
      },
      h(
        "span",
        null,
        h("span", { class: "strong" }, el.words.instant(batch.began_at)),
        line(duration(el, batch), ...balance(el, batch)),
      ),
    ),
    files &&
      h(
        "div",
        { class: "nested" },
        list(el, files, batch.batch_id, (file) => fileRow(el, file), el.words.t("empty.filter")),
      ),
  );
}

/** @param {JenjiDropbox} el */
function fileRow(el, file) {
  const { t } = el.words;
  return h(
    "li",
    { key: file.id },
    h(
      "div",
      { class: "row" },
      h("p", { class: "grow" }, name(file.name)),
      badge(TONES[file.outcome], t(`outcome.${file.outcome}`)),
    ),
    file.expense && [expense(el, file.expense), reading(el, file.expense)],
    file.reason && h("p", null, file.reason.message),
    file.filed_as && h("p", { class: "quiet small" }, t("filed"), " ", name(file.filed_as)),
    h(
      "div",
      { class: "row" },
      file.expense_id && file.expense && openExpense(el, file.expense_id, t("expense"), file.name),
      file.retry
        ? h("p", { class: "quiet" }, t(`retry.${file.retry}`))
        : file.outcome === "rejected" &&
            canRetry(el) &&
            button(
              el,
              t("retry"),
              `retry ${file.id}`,
              () => retry(el, { file: file.id }, file),
              "",
              file.name,
            ),
    ),
  );
}
