// A receipt on paper: while it is open, printing the page prints it, and nothing else of the page.

import { h, render } from "../dom.js";
import looks from "./receipt.css";
import paperLooks from "./paper.css";
import rules from "./only-paper.css";

const sheetOf = (css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
};

/** What is shown of a receipt on screen too. */
export const styles = sheetOf(looks);

/**
 * Have `content` printed in place of the page, as it is when that happens; what ends it is given back.
 * @param {() => any[]} content
 */
export function takePaper(content, lang) {
  const life = new AbortController();
  const sheet = sheetOf(rules);
  const paper = document.createElement("div");
  paper.dataset.jenjiReceipt = "";
  paper.lang = lang;
  const root = paper.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styles, sheetOf(paperLooks)];
  document.adoptedStyleSheets.push(sheet);
  document.body.append(paper);
  const write = (what) => render(root, [h("div", { class: "paper" }, what)]);
  addEventListener("beforeprint", () => write(content()), { signal: life.signal });
  // Of many lines nothing is kept that nobody looks at.
  addEventListener("afterprint", () => write([]), { signal: life.signal });
  return () => {
    life.abort();
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
