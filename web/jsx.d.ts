// <jenji-dropbox> in JSX: `import "jenji-dropbox-element/jsx"` once. For React 19 and later, which sets
// properties and listens to events of custom elements by itself.

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
