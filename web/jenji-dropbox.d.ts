// What a host's code may rely on of <jenji-dropbox>; README.md says what each is for.

export type Scope = "personal" | "company";
export type Purpose = "auto_import" | "synchronisation";
export type LinkStatus = "NOT_LINKED" | "ACTIVE" | "RECONNECT" | "FULL" | "SUSPENDED" | "UNLINKED" | "ABSENT";

/** Gives the token of the host's present session, at once or later. */
export type Session = () => string | Promise<string>;

export interface JenjiDropboxCounts {
  /** Of a person's link: files. */
  waiting?: number;
  stuck?: number;
  rejected?: number;
  retryable?: number;
  to_check?: number;
  /** Of a company's link: documents. */
  pending?: number;
  failed?: number;
  delivered_this_month?: number;
}

export interface JenjiDropboxEventMap {
  "jenji-linked": CustomEvent<{ purpose: Purpose; account: { name: string; email: string } }>;
  "jenji-unlinked": CustomEvent<{ purpose: Purpose }>;
  "jenji-open-expense": CustomEvent<{ expenseId: string }>;
  /** Cancelable: `preventDefault()` keeps the browser on the page. */
  "jenji-navigate": CustomEvent<{ url: string }>;
  "jenji-status": CustomEvent<{
    purpose: Purpose;
    status?: LinkStatus;
    counts?: JenjiDropboxCounts;
    /** How much waits for a person, for a badge; there where `counts` are. */
    attention?: number;
  }>;
}

export class JenjiDropbox extends HTMLElement {
  /** The version of this file. */
  static readonly version: string;
  session: Session | null;
  /** The attribute of the same name. */
  scope: Scope;
  /** The attribute of the same name, empty where there is none. */
  get api(): string;
  set api(api: string | null | undefined);
  readonly purpose: Purpose;
  /** Begin again, as after somebody else signed in. */
  restart(): void;
  addEventListener<Name extends keyof JenjiDropboxEventMap>(
    name: Name,
    listener: (this: JenjiDropbox, event: JenjiDropboxEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    name: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "jenji-dropbox": JenjiDropbox;
  }
  interface HTMLElementEventMap extends JenjiDropboxEventMap {}
}
