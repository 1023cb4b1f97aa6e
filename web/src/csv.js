// Tables as files that spreadsheets open rightly, and calculate nothing of.

// What makes a cell a formula, also in full width and after blanks that an import trims.
const SIGNS = "[-=+@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]";
const BLANKS = "[\\s'\"\\x00-\\x1f\\u200b-\\u200f\\u2060]*";
/** Where a spreadsheet would see a formula; numbers are none. */
const FORMULA = new RegExp(`^(?!-?\\d+([.,]\\d+)?$)(${BLANKS}${SIGNS}|[\\t\\r\\n\\x00])`);
/** A spreadsheet begins new cells there: one set to another language than the file is written for, too. */
const FORMULA_WITHIN = new RegExp(`([,;\\t\\r\\n]${BLANKS})(?=${SIGNS})`, "g");

const decimalOf = (number) => number(1.5).replace(/[\d\s]/g, "");

/** An amount of the API's as the language writes numbers, so that a spreadsheet reads a number. */
export const figure = (amount, { number }) =>
  /^-?\d+\.\d+$/.test(amount ?? "") ? amount.replace(".", decimalOf(number)) : amount;

/**
 * As a spreadsheet of that language reads it by a double click: where numbers have a comma, lists have semicolons.
 * @param {{ number: (value: number) => string }} words
 */
export function csv(rows, words) {
  const separator = decimalOf(words.number) === "," ? ";" : ",";
  return `\ufeff${rows.map((row) => row.map(cell).join(separator)).join("\r\n")}\r\n`;
}

const cell = (value) =>
  `"${String(value ?? "")
    .replace(FORMULA_WITHIN, "$1'")
    .replace(FORMULA, "'$&")
    .replaceAll('"', '""')}"`;

/** Hand a table to the person as a file of that name. */
export function download(rows, words, name) {
  const url = URL.createObjectURL(new Blob([csv(rows, words)], { type: "text/csv;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href: url, download: `${name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
