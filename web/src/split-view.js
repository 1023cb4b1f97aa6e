// A file that holds several documents: what each of them says, and the offer to make an expense of each.

import { seeDocument, split } from "./actions.js";
import { h } from "./dom.js";
import { box, button, expense, line, openExpense, reading } from "./parts.js";

/** @typedef {import("./jenji-dropbox.js").JenjiDropbox} JenjiDropbox */

/** Whether each of its documents is an expense already. */
export const isSplit = ({ documents, can_split: canSplit }) => documents?.length > 0 && !canSplit;

/**
 * @param {JenjiDropbox} el
 * @param {import("./contract").DocumentInFile} document
 */
const pages = (el, { pages }) => pagesOf(pages, el.words);

/** "pages 2, 3"; nothing of what is a file of its own. */
export const pagesOf = (pages, { t, number }) =>
  pages?.length > 0 && t("split.pages", { n: pages.length, pages: pages.map(number).join(", ") });

/**
 * The expenses that a file was split into.
 * @param {JenjiDropbox} el
 */
export const documents = (el, file) =>
  h(
    "ul",
    { class: "nested" },
    file.documents.map((document, index) =>
      h(
        "li",
        { key: index },
        line(pages(el, document), document.expense && expense(el, document.expense)),
        document.expense && reading(el, document.expense),
        document.expense_id &&
          h(
            "div",
            { class: "row" },
            openExpense(el, document.expense_id, el.words.t("expense"), file.name),
            document.expense?.reading &&
              button(
                el,
                el.words.t("see"),
                `see ${document.expense_id}`,
                () => seeDocument(el, document.expense_id),
                "plain",
                file.name,
              ),
          ),
      ),
    ),
  );

/**
 * That there are several, and what would become of them, to be confirmed.
 * @param {JenjiDropbox} el
 */
export function several(el, file) {
  const { t } = el.words;
  if (isSplit(file) || !file.expense?.reading?.has_several_documents) return null;
  const isOffered = file.can_split && el.link.status !== "UNLINKED";
  return [h("p", { class: "warn" }, t("split.several")), isOffered && offer(el, file)];
}

/** @param {JenjiDropbox} el */
function offer(el, file) {
  const { t } = el.words;
  const isAsked = el.splitting === file.id;
  const what = { n: file.documents.length };
  return [
    h(
      "button",
      {
        type: "button",
        key: "split",
        class: "button",
        "aria-expanded": String(isAsked),
        onclick: () => el.change(el, { splitting: isAsked ? "" : file.id }),
      },
      t("split", what),
    ),
    isAsked &&
      box(
        "",
        h("p", null, t("split.text")),
        h(
          "ul",
          null,
          file.documents.map((document, index) =>
            h("li", { key: index }, line(pages(el, document), expense(el, document.expense ?? {}))),
          ),
        ),
        h(
          "div",
          { class: "row" },
          button(el, t("split.do"), `split ${file.id}`, () => split(el, file), "primary", file.name),
          h(
            "button",
            { type: "button", class: "button plain", onclick: () => el.change(el, { splitting: "" }) },
            t("cancel"),
          ),
        ),
      ),
  ];
}
