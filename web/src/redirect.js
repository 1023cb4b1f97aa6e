// Back from Dropbox: the host's page is opened with a handle to confirm, or with the code of a refusal.

import { plain } from "./dom.js";

/** Failures after which the same handle may still work. */
const PASSING = ["try_again", "unreachable", "not_signed_in"];

/**
 * The scope of the element that sent the browser to Dropbox: of several on a page it tells how that ended.
 * @param {string} [scope] of the one that does so now
 */
export function departed(scope) {
  try {
    const { sessionStorage: kept } = window;
    if (scope) kept.jenji = scope;
    return kept.jenji;
  } catch {
    // In a browser that keeps nothing the first element tells.
  }
}

/** What the redirect left in the fragment, which no server sees; removed at once: nobody is to repeat it. */
export function takeRedirect(scope) {
  const url = new URL(location.href);
  const parts = url.hash.slice(1).split("&");
  const isLeft = (part) => /^(handle|error)=/.test(part);
  const { handle, error: code } = Object.fromEntries(new URLSearchParams(parts.filter(isLeft).join("&")));
  const who = departed();
  const isAnothers = who !== scope && document.querySelector(`jenji-dropbox[scope=${who}]`);
  if (!(handle || code) || isAnothers) return null;
  url.hash = parts.filter((part) => !isLeft(part)).join("&");
  history.replaceState(history.state, "", url);
  return { handle, code };
}

/** Who cancels is told what stays: perhaps an account was linked before. */
async function refusal(el, code) {
  const { links = [] } = code === "access_denied" ? await el.client.get("/links").catch(() => ({})) : {};
  const { account, status } = links.find(({ purpose }) => purpose === el.purpose) ?? {};
  if (!account || status === "UNLINKED") return el.errorText({ code }, "error.link");
  return el.words.t("error.access_denied.linked", { account: plain(account.email) });
}

/**
 * Say what became of the link. The handle does not tell what for it was made, the answer does.
 * @param {import("./jenji-dropbox.js").JenjiDropbox} el
 */
export async function confirmRedirect(el, { handle, code }) {
  if (!handle) return el.tell("bad", await refusal(el, code));
  try {
    const {
      purpose,
      account,
      since,
      may_share: mayShare,
    } = await el.client.post("/links/confirm", { handle });
    const { t, day } = el.words;
    const who = plain(`${account.name} (${account.email})`);
    el.tell(
      "good",
      t(`linked.${purpose}${since ? ".since" : ""}`, { account: who, date: since && day(since) }),
    );
    el.emit("jenji-linked", { purpose, account });
    // It was allowed to be used: on with it.
    return mayShare;
  } catch (error) {
    el.tell(
      "bad",
      el.errorText(error, "error.link"),
      PASSING.includes(error.code) && (() => el.confirm({ handle })),
    );
  }
}
