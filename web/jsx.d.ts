// <jenji-dropbox> in JSX: `import type {} from "jenji-dropbox-element/jsx"` once. React 19 sets properties of custom
// elements and listens to their events by itself; with React 18 attributes alone hold, and a `ref` sets the rest.

import type { JenjiDropbox, JenjiDropboxEventMap, Scope, Session } from "./jenji-dropbox.js";

export interface JenjiDropboxAttributes {
  scope?: Scope;
  api?: string;
  lang?: string;
  "plans-url"?: string;
  "support-url"?: string;
  session?: Session | null;
  id?: string;
  class?: string;
  className?: string;
  style?: unknown;
  hidden?: boolean;
  key?: string | number | null;
  ref?: ((element: JenjiDropbox | null) => void) | { current: JenjiDropbox | null } | null;
  "onjenji-linked"?: (event: JenjiDropboxEventMap["jenji-linked"]) => void;
  "onjenji-unlinked"?: (event: JenjiDropboxEventMap["jenji-unlinked"]) => void;
  "onjenji-open-expense"?: (event: JenjiDropboxEventMap["jenji-open-expense"]) => void;
  "onjenji-navigate"?: (event: JenjiDropboxEventMap["jenji-navigate"]) => void;
  "onjenji-status"?: (event: JenjiDropboxEventMap["jenji-status"]) => void;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "jenji-dropbox": JenjiDropboxAttributes;
    }
  }
}
