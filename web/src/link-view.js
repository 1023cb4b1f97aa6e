// The account: what linking does, who is linked, what is wrong, and ending it.

import { askToUnlink, chooseSpace, startLink, takeOver, unlink } from "./actions.js";
import { h, name, plain } from "./dom.js";
import { badge, box, button, fact, place, time } from "./parts.js";

/** @typedef {import("./jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

const TONES = { ACTIVE: "good", RECONNECT: "bad", FULL: "bad", SUSPENDED: "warn" };

/** @param {JenjiDropbox} el */
export function header(el) {
  const { t } = el.words;
  const { link } = el;
  // A team at its limit of uploads has a Dropbox that only waits: it is not full.
  const isWaiting = link?.problem?.code === "transport_limit";
  const status = link?.is_paused ? "paused" : isWaiting ? "SUSPENDED" : link?.status;
  return h(
    "header",
    { part: "header" },
    h(
      "svg",
      { viewBox: "0 0 24 24", "aria-hidden": "true" },
      h("path", {
        d: "M3 7.5A2.5 2.5 0 0 1 5.5 5h3.6l2.400 2.5h7A2.5 2.5 0 0 1 21 10v7.5a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 17.5zM12 17v-5.5m-2.5 2.5 2.5-2.5 2.5 2.5",
      }),
    ),
    h("h2", { id: "title" }, t(`title.${el.scope}`)),
    el.hasHistory() && badge(link.is_paused ? "warn" : (TONES[status] ?? ""), t(`status.${status}`)),
  );
}

/**
 * What linking is for, and the way to it or why there is none.
 * @param {JenjiDropbox} el
 */
export function invitation(el) {
  const { t } = el.words;
  return [
    h("p", null, t(`lead.${el.scope}`)),
    types(el),
    h("p", { class: "quiet" }, t(`promise.${el.scope}`)),
    el.link.may_link === false
      ? box("", h("p", null, el.link.refusal?.message ?? t("error.plan_required")), plans(el))
      : [
          el.scope === "company" && startDate(el),
          button(
            el,
            t("link"),
            "link",
            () => startLink(el, el.scope === "company" && el.form.isDated ? el.form.since : ""),
            "primary",
          ),
        ],
  ];
}

/**
 * Which types of file become expenses.
 * @param {JenjiDropbox} el
 */
const types = (el) => el.scope === "personal" && h("p", { class: "quiet" }, el.words.t("types"));

/** @param {JenjiDropbox} el */
function startDate(el) {
  const { t } = el.words;
  const choice = (isDated, label, more) =>
    h(
      "div",
      { class: "choice" },
      h(
        "label",
        null,
        h("input", {
          type: "radio",
          name: "since",
          checked: el.form.isDated === isDated,
          onchange: () => el.change(el.form, { isDated }),
        }),
        label,
      ),
      more,
    );
  return h(
    "fieldset",
    null,
    h("legend", null, t("since")),
    choice(false, t("since.now")),
    choice(
      true,
      t("since.date"),
      dateInput(el, el.form, () => el.change(el.form, { isDated: true })),
    ),
  );
}

/**
 * A day of the past; `form.since` is what was chosen.
 * @param {JenjiDropbox} el
 */
export function dateInput(el, form, chosen = () => {}) {
  return h("input", {
    type: "date",
    "aria-label": el.words.t("date"),
    required: form.isDated,
    max: new Date().toISOString().slice(0, 10),
    value: form.since,
    oninput: (event) => {
      el.change(form, { since: event.target.value });
      chosen();
    },
  });
}

/**
 * Something stands in the way: what, and what to do about it.
 * @param {JenjiDropbox} el
 */
export function problem(el) {
  const { message, action } = el.link.problem ?? {};
  return (
    message &&
    box(
      action === "wait" || !action ? "warn" : "bad",
      h("p", null, message),
      {
        relink: () =>
          el.link.may_link !== false &&
          button(el, el.words.t("relink"), "relink", () => startLink(el), "primary"),
        take_over: () =>
          el.link.may_link !== false &&
          button(el, el.words.t("take_over"), "take_over", () => takeOver(el), "primary"),
        free_space: () => outside("https://www.dropbox.com/home", el.words.t("free_space"), "_blank"),
        upgrade: () => plans(el),
        contact: () => outside(el.getAttribute("support-url"), el.words.t("contact")),
      }[action]?.(),
    )
  );
}

/** @param {JenjiDropbox} el */
const plans = (el) => outside(el.getAttribute("plans-url"), el.words.t("upgrade"));
const outside = (href, label, target = null) =>
  /^https?:|^\//.test(href ?? "") && h("a", { class: "button", href, target, rel: "noopener" }, label);

/** @param {JenjiDropbox} el */
export function account(el) {
  const { t, ago, date, day } = el.words;
  const { link } = el;
  return h(
    "section",
    { key: "account", tabindex: "-1", "aria-label": t("account") },
    h(
      "div",
      { class: "row" },
      h(
        "div",
        { class: "grow" },
        h("p", { class: "strong" }, name(link.account?.name ?? "")),
        h("p", { class: "quiet" }, name(link.account?.email ?? "")),
      ),
      link.may_link !== false && button(el, t("change"), "change", () => startLink(el), "plain"),
      button(el, `${t("unlink")}…`, "ask", () => askToUnlink(el), "plain"),
    ),
    h(
      "dl",
      { class: "facts" },
      fact(t("folder"), place(el, link.folder ?? "", link.folder_url)),
      link.linked_at && fact(t("linkedAt"), time(el, link.linked_at, date)),
      link.since && fact(t("from"), time(el, link.since, day)),
      fact(t("checkedAt"), link.last_checked_at ? time(el, link.last_checked_at, ago) : t("never")),
    ),
    types(el),
    link.space && spaces(el),
  );
}

/**
 * A team's Dropbox leaves a choice: where the folder lies, and who sees it there.
 * @param {JenjiDropbox} el
 */
function spaces(el) {
  const { t } = el.words;
  const choice = (space) =>
    h(
      "div",
      { class: "choice" },
      h(
        "label",
        null,
        h("input", {
          type: "radio",
          name: "space",
          checked: el.link.space === space,
          disabled: el.link.may_link === false,
          onchange: () => el.act("space", () => chooseSpace(el, space)),
        }),
        t(`space.${space}`),
      ),
      h("p", { class: "quiet" }, t(`space.${space}.who`)),
    );
  return h(
    "fieldset",
    { key: "spaces" },
    h("legend", null, t("space")),
    choice("member_folder"),
    choice("team_space"),
    h("p", { class: "quiet" }, t("space.later")),
  );
}

/** @param {JenjiDropbox} el */
export function unlinkDialog(el) {
  const { t } = el.words;
  const who = el.link?.account?.email;
  return h(
    "dialog",
    { key: "unlink", "aria-labelledby": "unlink-title", "aria-describedby": "unlink-text" },
    h("h3", { id: "unlink-title" }, t("unlink.title")),
    who && h("p", { class: "strong" }, t("unlink.account", { account: plain(who) })),
    h("p", { id: "unlink-text" }, t("unlink.text")),
    el.unlinkError && box("bad", h("p", { role: "alert" }, el.errorText(el.unlinkError))),
    h(
      "div",
      { class: "row end" },
      h(
        "button",
        { type: "button", class: "button", autofocus: true, onclick: () => el.dialog.close() },
        t("cancel"),
      ),
      button(el, t("unlink"), "unlink", () => unlink(el), "danger"),
    ),
  );
}
