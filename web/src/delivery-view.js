// Synchronisation: what was delivered to the company's Dropbox, and catching up on the past.

import {
  canRetry,
  countBackfill,
  retry,
  sendAgain,
  showOutcome,
  showReceipt,
  startBackfill,
} from "./actions.js";
import { h, name } from "./dom.js";
import {
  badge,
  box,
  button,
  count,
  expense,
  filter,
  kept,
  line,
  list,
  openExpense,
  place,
  section,
  time,
} from "./parts.js";
import { dateInput } from "./link-view.js";
import { isSearching, searchForm } from "./search.js";

/** @typedef {import("./jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

const STATES = ["pending", "delivered", "failed", "cancelled"];
const TONES = { pending: "", delivered: "good", failed: "bad", cancelled: "" };
/** What wants attention comes first, in its colour. */
const COUNTS = { failed: "bad", stuck: "warn", pending: "", delivered_this_month: "" };

/** @param {JenjiDropbox} el */
export const deliveries = (el) => [backfill(el), history(el)];

/** @param {JenjiDropbox} el */
export function summary(el) {
  const { t, ago } = el.words;
  const { counts, oldest_pending_since: oldest } = el.link;
  return section(
    "summary",
    t("deliveries"),
    h(
      "dl",
      { class: "counts" },
      Object.entries(COUNTS).map(
        ([key, tone]) =>
          (counts[key] > 0 || !tone) &&
          count(
            el,
            key,
            tone,
            key === "pending" && oldest && h("small", null, t("oldest", { when: ago(oldest) })),
          ),
      ),
    ),
    counts.failed > 0 &&
      canRetry(el) &&
      h(
        "div",
        { class: "row" },
        button(el, t("retry.all", { n: counts.failed }), "retry all", () => retry(el, { all: true })),
      ),
  );
}

/** @param {JenjiDropbox} el */
function backfill(el) {
  const { t, day } = el.words;
  const { form, counted } = el.backfill;
  const past = el.link.backfill;
  return (
    el.link.may_link !== false &&
    el.link.status === "ACTIVE" &&
    section(
      "backfill",
      t("backfill"),
      h("p", null, t("backfill.text")),
      past &&
        box(
          past.state === "done" ? "good" : "",
          h(
            "div",
            null,
            h(
              "p",
              { class: "strong" },
              past.state !== "done" && h("span", { class: "spinner" }),
              t(`backfill.${past.state}`, { date: day(past.since) }),
            ),
            past.state !== "waiting" &&
              h(
                "p",
                { class: "quiet" },
                t(past.state === "done" ? "found.done" : "found", amounts(el, past)),
              ),
            past.documents > 0 &&
              button(
                el,
                t("receipt"),
                "receipt backfill",
                () => showReceipt(el, { of_backfill: "true" }),
                "plain",
              ),
          ),
        ),
      h(
        "div",
        { class: "row" },
        dateInput(el, form, () => el.change(el.backfill, { counted: null })),
        button(el, t("count"), "count", () => countBackfill(el)),
      ),
      counted &&
        box(
          "",
          h(
            "p",
            null,
            t(!counted.documents ? "counted.none" : counted.is_complete ? "counted" : "counted.least", {
              ...amounts(el, counted),
              date: day(counted.since),
            }),
          ),
          counted.documents > 0 && button(el, t("start"), "backfill", () => startBackfill(el), "primary"),
        ),
    )
  );
}

/** @param {JenjiDropbox} el */
const amounts = (el, { documents, expenses }) => ({
  documents: el.words.t("documents", { n: documents }),
  expenses: el.words.t("expenses", { n: expenses }),
});

/** @param {JenjiDropbox} el */
function history(el) {
  const { t } = el.words;
  return section(
    "history",
    t("history"),
    searchForm(el),
    filter(el, STATES, "state.", el.outcome, (state) => showOutcome(el, state)),
    list(
      el,
      el.filtered,
      "deliveries",
      (delivery) => kept(el, delivery, row),
      t(el.outcome || isSearching(el) ? "empty.filter" : "empty.company"),
    ),
  );
}

/** @param {JenjiDropbox} el */
function row(el, delivery) {
  const { t, soon, instant } = el.words;
  const { id, state, path, reason, space, looked_for: found } = delivery;
  const about = path ?? delivery.document_id;
  return h(
    "li",
    { key: id },
    h(
      "div",
      { class: "row" },
      h(
        "div",
        { class: "grow" },
        delivery.expense
          ? expense(el, delivery.expense)
          : h("p", null, t("document"), " ", name(delivery.document_id)),
      ),
      delivery.is_stuck && badge("warn", t("stuck")),
      badge(TONES[state], t(`state.${state}`)),
    ),
    state === "delivered" &&
      path &&
      h(
        "p",
        { class: "quiet small" },
        line(h("span", null, t("filed"), " ", place(el, path, delivery.url)), space && t(`space.${space}`)),
      ),
    reason && h("p", null, reason.message),
    found && h("p", { class: "quiet small" }, line(time(el, found.at), found.message)),
    line(
      instant(delivery.delivered_at ?? delivery.changed_at),
      state === "pending" && delivery.next_try && t("next", { when: soon(delivery.next_try) }),
      state === "pending" && delivery.tries > 0 && t("tries", { n: delivery.tries }),
    ),
    h(
      "div",
      { class: "row" },
      delivery.expense && openExpense(el, delivery.expense_id, t("expense"), about),
      state === "failed" &&
        canRetry(el) &&
        button(el, t("retry"), `retry ${id}`, () => retry(el, { delivery: id }, delivery), "", about),
      state === "delivered" &&
        canRetry(el) &&
        button(el, t("again.one"), `again ${id}`, () => sendAgain(el, delivery.expense_id), "plain", about),
    ),
  );
}
