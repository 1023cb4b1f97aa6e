// What several sections are made of.

import { h } from "./dom.js";
import { box, button } from "./parts.js";

/** `2026-03` as it is said. */
export function monthText({ words }, month) {
  const form = /** @type {const} */ ({ month: "long", year: "numeric", timeZone: "UTC" });
  return new Intl.DateTimeFormat(words.locale, form).format(new Date(`${month}-01T00:00:00Z`));
}

/** What failed, and a way to have it asked for again. */
export const failure = (el, error, key, work) =>
  error && box("bad", h("p", null, el.errorText(error)), button(el, el.words.t("again"), key, work));
