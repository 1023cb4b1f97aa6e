// What the API says: docs of the API are the authority, these types are what the element reads of it.

export type Scope = "personal" | "company";
export type Purpose = "auto_import" | "synchronisation";
export type Reason = { code: string; message: string };

export type Link = {
  purpose?: Purpose;
  /** ABSENT is the element's own: the API does not show this link to this person. */
  status: "NOT_LINKED" | "ACTIVE" | "RECONNECT" | "FULL" | "SUSPENDED" | "UNLINKED" | "ABSENT";
  may_link?: boolean;
  refusal?: Reason;
  account?: { name: string; email: string };
  folder?: string;
  folder_url?: string;
  linked_at?: string;
  last_checked_at?: string | null;
  is_paused?: boolean;
  problem?: Reason & {
    action: "relink" | "take_over" | "free_space" | "upgrade" | "wait" | "contact" | null;
    since?: string;
    until?: string;
  };
  poll_after_seconds?: number;
  batch?: Batch;
  counts?: Record<string, number>;
  counts_are_capped?: boolean;
  since?: string;
  /** Where in a team's Dropbox the folder lies; there where the account leaves a choice. */
  space?: "member_folder" | "team_space";
  oldest_pending_since?: string;
  backfill?: Backfill;
};

export type Batch = {
  batch_id: string;
  began_at: string;
  seen: number;
  imported: number;
  duplicate: number;
  rejected: number;
  under_way: number;
  seconds: number | null;
  is_settled: boolean;
  /** Of the imported, how many are still to be read; absent in an answer of an earlier release. */
  being_read?: number;
  to_check?: number;
  /** Of the newest one: files dropped shortly before that are still to be read. */
  being_read_before?: number;
  /** Of the newest one while it is not over: how long it still takes, or why that is not known. */
  estimated_seconds_left?: number;
  not_estimated?: string;
  /** To be given back with the next question. */
  progress?: string;
};

export type Backfill = {
  since: string;
  state: "waiting" | "searching" | "done";
  expenses: number;
  documents: number;
};

export type Expense = {
  merchant?: string;
  date?: string;
  amount?: string;
  currency?: string;
  employee?: string;
  reading?: {
    state: string;
    unconfirmed?: string[];
    possible_duplicate_of?: string;
    has_several_documents?: boolean;
  };
};

/** One of several documents in a file: an expense of its own, or what that would say. */
export type DocumentInFile = { pages: number[]; expense_id?: string; expense?: Expense };

export type ImportedFile = {
  id: string;
  batch_id: string;
  name: string;
  outcome: "imported" | "duplicate" | "rejected";
  reason?: Reason;
  expense_id?: string;
  expense?: Expense;
  filed_as?: string;
  retry?: "requested" | "done" | "gone" | "dismissed";
  can_retry?: boolean;
  can_keep?: boolean;
  same_as?: Expense & { expense_id: string; name?: string; created_at?: string };
  /** There where the document is to be opened with care; `kinds` may say what this element does not know. */
  active_content?: { kinds: string[]; message: string };
};

export type Delivery = {
  id: string;
  expense_id: string;
  document_id: string;
  state: "pending" | "delivered" | "failed" | "cancelled";
  path?: string;
  url?: string;
  /** Which of a team's two spaces the path is in. */
  space?: "member_folder" | "team_space";
  reason?: Reason | null;
  changed_at: string;
  delivered_at?: string;
  /** When it was last looked for in Dropbox, to be sent again unless it was there. */
  looked_for?: { found: string; at: string; message: string };
  next_try?: string;
  tries: number;
  is_stuck: boolean;
  expense?: Expense;
};

/** A box on a page, upright as it is shown; pages count from 1, edges are parts of its width and height. */
export type Place = { page: number; left: number; top: number; right: number; bottom: number };

export type Preview = {
  expense_id: string;
  name?: string;
  state?: string;
  expense: Expense;
  pages: { page: number; width: number; height: number; url: string }[];
  page_count?: number;
  expires_at?: string;
  why_none?: Reason;
  values: {
    name: string;
    value?: string;
    is_confirmed: boolean;
    is_checked: boolean;
    changed_to?: string;
    source: string;
    place?: Place;
  }[];
  vat: { rate?: string; amount: string; base?: string; place?: Place }[];
  category?: Reason;
  contradictions: Reason[];
  is_credit_note: boolean;
};
