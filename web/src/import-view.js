// Auto-import: the batch under way, what waits, and the history.

import { canRetry, dismiss, keep, retry, seeDocument, showOutcome, showReceipt, toggle } from "./actions.js";
import { h, name } from "./dom.js";
import {
  badge,
  button,
  count,
  expense,
  filter,
  isThere,
  kept,
  line,
  list,
  openExpense,
  place,
  reading,
  sameAs,
  section,
} from "./parts.js";
import { isSearching, searchForm } from "./search.js";
import { documents, isSplit, several } from "./split-view.js";

/** @typedef {import("./jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

const OUTCOMES = ["imported", "duplicate", "rejected"];
/** What wants attention, the worst first. */
const COUNTED = { rejected: "bad", stuck: "warn", waiting: "" };
const TONES = { imported: "good", duplicate: "", rejected: "bad" };

export const recordedOf = (batch) => batch.imported + batch.duplicate + batch.rejected;

/** Whether everything of it is imported, and read. */
export const isOver = (batch) => batch.is_settled && !batch.being_read;

/** @param {JenjiDropbox} el */
export const imports = (el) => [live(el), waiting(el), history(el)];

/**
 * "130 imported · 8 duplicates": what there is none of is not mentioned.
 * @param {JenjiDropbox} el
 */
const balance = (el, batch) =>
  [...OUTCOMES, "under_way", "being_read"].map(
    (part) => batch[part] > 0 && el.words.t(`balance.${part}`, { n: batch[part] }),
  );

/** @param {JenjiDropbox} el */
const duration = (el, batch) =>
  !isOver(batch) || !batch.seconds
    ? el.words.t("files", { n: batch.seen })
    : el.words.t("finished", { n: batch.seen, seconds: el.words.duration(batch.seconds) });

/**
 * Of a batch whose files have ended: "200 imported, 143 of them read", until all are, and what is to be checked.
 * @param {JenjiDropbox} el
 */
export function summary(el, batch) {
  const { t } = el.words;
  const { imported, being_read: left = 0, to_check: toCheck = 0 } = batch;
  return [
    isOver(batch) ? duration(el, batch) : t("read", { n: imported, read: imported - left }),
    toCheck > 0 && t("balance.to_check", { n: toCheck }),
  ].filter(Boolean);
}

/**
 * "About 3 min left"; to the minute, so that it does not flicker.
 * @param {JenjiDropbox} el
 */
export function timeLeft(el, batch) {
  const { t, duration } = el.words;
  const { estimated_seconds_left: seconds, not_estimated: reason } = batch;
  if (isOver(batch) || (seconds == null && !reason)) return "";
  if (seconds == null) return t(reason === "waiting" ? "left.waiting" : "left.unknown");
  return seconds < 60 ? t("left.soon") : t("left", { time: duration(Math.round(seconds / 60) * 60) });
}

/** @param {JenjiDropbox} el */
const why = (el) =>
  h(
    "button",
    {
      type: "button",
      class: "button",
      onclick: () => {
        showOutcome(el, "rejected");
        el.showAt("history");
      },
    },
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
  const { imported, is_settled: isSettled, being_read: left = 0, to_check: toCheck = 0 } = batch;
  const { being_read_before: earlier = 0 } = batch;
  const done = recordedOf(batch);
  const [value, max] = isSettled && left ? [imported - left, imported] : [done, batch.seen];
  return section(
    "live",
    t(isOver(batch) ? "imported" : isSettled ? "reading.all" : "importing"),
    h(
      "p",
      { class: "strong" },
      isSettled ? summary(el, batch).join(", ") : t("progress", { done, n: batch.seen }),
    ),
    h("progress", { max, value, "aria-labelledby": "live" }),
    line(...balance(el, batch), !isSettled && toCheck > 0 && t("balance.to_check", { n: toCheck })),
    earlier > 0 && h("p", { key: "earlier" }, t("earlier", { n: earlier })),
    h("p", { key: "left", class: "quiet" }, timeLeft(el, batch)),
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
      Object.entries(COUNTED).map(([key, tone]) => counts[key] > 0 && count(el, key, tone)),
    ),
    counts.rejected > 0 &&
      h(
        "div",
        { class: "row" },
        why(el),
        counts.retryable > 0 &&
          canRetry(el) &&
          button(el, t("retry.all", { n: counts.retryable }), "retry all", () => retry(el, { all: true })),
        button(el, t("dismiss.all", { n: counts.rejected }), "dismiss all", () => dismiss(el, { all: true })),
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
  // What is dropped while the link does not work is not imported.
  const isInvited = el.link.status === "ACTIVE" && !el.link.is_paused && !el.link.problem;
  return section(
    "history",
    t("history"),
    searchForm(el),
    filter(el, OUTCOMES, "outcome.", el.outcome, (outcome) => showOutcome(el, outcome)),
    el.outcome || isSearching(el)
      ? list(el, el.filtered, "files", (file) => kept(el, file, fileRow), t("empty.filter"))
      : list(
          el,
          el.batches,
          "batches",
          (batch) => batchRow(el, batch),
          t(isInvited ? "empty.personal" : "empty.none"),
        ),
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
        button(
          el,
          el.words.t("receipt"),
          `receipt ${batch.batch_id}`,
          () => showReceipt(el, { batch_id: batch.batch_id }),
          "plain",
        ),
        list(el, files, batch.batch_id, (file) => kept(el, file, fileRow), el.words.t("empty.filter")),
      ),
  );
}

/** The words for what was asked for a file: of a duplicate, that both are kept. */
const became = ({ outcome, retry: state }) =>
  (outcome === "duplicate" && { requested: "kept", done: "kept.done" }[state]) || `retry.${state}`;

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
    isSplit(file)
      ? documents(el, file)
      : file.expense &&
          file.outcome === "imported" && [
            expense(el, file.expense),
            reading(el, file.expense),
            several(el, file),
          ],
    file.active_content && h("p", { class: "warn" }, file.active_content.message),
    sameAs(el, file),
    file.reason && h("p", null, file.reason.message),
    file.filed_as &&
      isThere(file) &&
      h("p", { class: "quiet small" }, t("filed"), " ", place(el, file.filed_as)),
    h(
      "div",
      { class: "row" },
      file.outcome === "imported" &&
        file.expense_id &&
        file.expense &&
        !isSplit(file) &&
        openExpense(el, file.expense_id, t("expense"), file.name),
      file.outcome === "imported" &&
        file.expense?.reading &&
        button(el, t("see"), `see ${file.id}`, () => seeDocument(el, file.expense_id), "plain", file.name),
      file.retry && h("p", { class: "quiet" }, t(became(file))),
      !file.retry &&
        canRetry(el) && [
          file.can_retry &&
            button(
              el,
              t("retry"),
              `retry ${file.id}`,
              () => retry(el, { file: file.id }, file),
              "",
              file.name,
            ),
          file.can_keep && button(el, t("keep"), `keep ${file.id}`, () => keep(el, file), "", file.name),
        ],
      !file.retry &&
        file.outcome === "rejected" &&
        button(
          el,
          t("dismiss"),
          `dismiss ${file.id}`,
          () => dismiss(el, { file: file.id }, file),
          "",
          file.name,
        ),
    ),
  );
}
