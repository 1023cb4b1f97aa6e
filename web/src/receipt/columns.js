// What a line of a receipt says: of a file in a batch, and of a document on its way to a company's Dropbox.

import { figure } from "../csv.js";

/** @typedef {import("../sections/receipt.js").Receipt} Receipt */
/**
 * `cell` is what is shown, parts below one another; `value` what a file says, where that is more exact.
 * @typedef {{ key: string, cell: (line: any, receipt: Receipt) => any, value?: (line: any, receipt: Receipt) => any,
 *   isOnPaper?: boolean, look?: "code" | "long" | "when" }} Column
 */

const size = ({ size }, { el }) => (size == null ? "" : el.words.number(size));
/** @param {string} key @param {string} at @returns {Column} */
const instant = (key, at) => ({
  key,
  look: "when",
  cell: (line, { el }) => line[at] && el.words.instant(line[at]),
  value: (line) => line[at],
});

/** @returns {Column[]} */
const values = ["merchant", "date", "amount", "currency"].map((key) => ({
  key,
  isOnPaper: false,
  cell: ({ expense }, { el }) => figure(expense?.[key], el.words),
}));

const summed = ({ merchant, date, amount, currency }, { el }) =>
  [merchant, amount && el.words.amount(amount, currency), date && el.words.day(date)]
    .filter(Boolean)
    .join(" · ");

const pagesOf = ({ pages }, { el }) =>
  pages?.length
    ? el.words.t("split.pages", { n: pages.length, pages: pages.map(el.words.number).join(", ") })
    : "";

const readingOf = ({ reading }, receipt) => (reading ? receipt.t(`reading.${reading}`) : "");

export const PERSONAL = {
  path: "/imports/receipt",
  lines: "lines",
  end: "outcome",
  ends: ["imported", "duplicate", "rejected", "waiting"],
  total: "seen",
  prefix: "outcome.",
  /** Each page has the sums: they tell whether it has changed. */
  mark: async () => null,
  /** One of each expense, the file's own beside it. */
  parts: ({ expenses, ...file }) =>
    expenses.length
      ? expenses.map((each) => ({ ...file, ...each, expenses: [each] }))
      : [{ ...file, expenses: [] }],
  /** @type {Column[]} */
  columns: [
    { key: "name", look: "long", cell: ({ name }) => name },
    { key: "outcome", cell: ({ outcome }, receipt) => receipt.label(outcome) },
    { key: "reason", look: "long", cell: ({ reason }) => reason?.message },
    instant("when", "at"),
    {
      key: "path",
      look: "long",
      cell: ({ filed_as: path, retry }, { el }) => [path, retry && el.words.t(`retry.${retry}`)],
    },
    {
      key: "expense",
      look: "long",
      cell: ({ expenses }, receipt) =>
        expenses.flatMap((each) => [
          [each.expense_id, pagesOf(each, receipt)].filter(Boolean).join(", "),
          each.expense && summed(each.expense, receipt),
        ]),
      value: ({ expense_id: id }) => id,
    },
    { key: "part", isOnPaper: false, cell: pagesOf },
    ...values,
    {
      key: "reading",
      cell: ({ expenses }, receipt) => [...new Set(expenses.map((each) => readingOf(each, receipt)))],
      value: readingOf,
    },
    { key: "size", cell: size, value: (line) => line.size },
    { key: "hash", look: "code", cell: ({ content_hash: hash }) => hash },
  ],
};

export const COMPANY = {
  path: "/deliveries",
  lines: "deliveries",
  end: "state",
  ends: ["delivered", "pending", "failed", "cancelled"],
  total: "documents",
  prefix: "state.",
  /** The last change of any delivery: a list that comes by last change has missed it, if it is another one. */
  mark: async ({ client }) => {
    const { deliveries } = await client.get("/deliveries", { limit: 1 });
    return deliveries.map(({ id, changed_at: at }) => `${id} ${at}`).join();
  },
  parts: (line) => [line],
  /** @type {Column[]} */
  columns: [
    { key: "employee", cell: ({ expense }) => expense?.employee },
    {
      key: "expense",
      look: "long",
      cell: ({ expense_id: id, expense }, receipt) => [id, expense && summed(expense, receipt)],
      value: ({ expense_id: id }) => id,
    },
    ...values,
    { key: "outcome", cell: ({ state }, receipt) => receipt.label(state) },
    { key: "reason", look: "long", cell: ({ reason }) => reason?.message },
    {
      key: "path",
      look: "long",
      cell: ({ path, space, state }, { el }) => [
        state === "delivered" && path,
        space && el.words.t(`space.${space}`),
      ],
      value: ({ path, state }) => (state === "delivered" ? path : ""),
    },
    instant("accepted", "accepted_at"),
    instant("delivered", "delivered_at"),
    { key: "size", cell: size, value: (line) => line.size },
    { key: "sha256", look: "code", cell: ({ sha256 }) => sha256 },
    { key: "hash", isOnPaper: false, cell: ({ content_hash: hash }) => hash },
  ],
};
