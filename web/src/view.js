// The whole of what is shown, from what is known.

import { deliveries, summary } from "./delivery-view.js";
import { h } from "./dom.js";
import { imports } from "./import-view.js";
import { account, header, invitation, problem, unlinkDialog } from "./link-view.js";
import { box, button } from "./parts.js";
import { door, sectionOf } from "./sections.js";

/** @typedef {import("./jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

/** @param {JenjiDropbox} el */
export function view(el) {
  return h(
    "div",
    {
      class: "card",
      part: "card",
      lang: el.words.locale,
      tabindex: "-1",
      role: "region",
      "aria-labelledby": "title",
    },
    h("div", { class: "unseen-text", role: "status" }, el.said),
    header(el),
    notice(el),
    failure(el),
    content(el),
    unlinkDialog(el),
    sectionOf(el, "preview")?.view(el),
    sectionOf(el, "receipt") && el.receipt?.view(),
  );
}

/**
 * What became of something the person did, until they close it.
 * @param {JenjiDropbox} el
 */
function notice(el) {
  const { t } = el.words;
  const { tone, text, again } = el.notice ?? {};
  return (
    text &&
    h(
      "div",
      { key: "notice", class: "notice" },
      box(
        tone,
        h("p", null, text),
        again && button(el, t("again"), "confirm", again),
        h(
          "button",
          {
            type: "button",
            class: "close",
            "aria-label": t("close"),
            onclick: () => el.change(el, { notice: null }),
          },
          "×",
        ),
      ),
    )
  );
}

/**
 * The state could not be asked for; what was known before stays.
 * @param {JenjiDropbox} el
 */
function failure(el) {
  const { t, instant } = el.words;
  return (
    el.error &&
    h(
      "div",
      { key: "failure" },
      box(
        "bad",
        h("p", null, el.errorText(el.error), " ", el.link && t("stale", { when: instant(el.knownAt) })),
        button(el, t("again"), "poll", () => el.poll()),
      ),
    )
  );
}

/** @param {JenjiDropbox} el */
function content(el) {
  const { t } = el.words;
  const { link, error, redirect } = el;
  if (redirect) return h("p", { class: "quiet" }, h("span", { class: "spinner" }), t("confirming"));
  if (!link) return !error && h("p", { class: "quiet loading first" }, t("loading"));
  if (link.status === "ABSENT") return box("", h("p", null, t("error.not_administrator")));
  const isOpen = el.hasHistory() && link.status !== "UNLINKED";
  return h(
    "div",
    { key: "content", class: "content" },
    problem(el),
    isOpen
      ? account(el)
      : h("section", { key: "link", tabindex: "-1", "aria-label": t("link") }, invitation(el)),
    el.hasHistory() && el.scope === "company" && link.counts && summary(el),
    isOpen &&
      el.scope === "company" &&
      link.may_link !== false && [
        door(el, "sharing"),
        door(el, "proof"),
        door(el, "filing"),
        door(el, "resend"),
      ],
    el.hasHistory() && (el.scope === "company" ? deliveries(el) : imports(el)),
    isOpen && el.scope === "company" && door(el, "overview"),
  );
}
