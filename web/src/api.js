// The calls of the integration's API, under the host's session.

const SECONDS_TO_ANSWER = 30;

/** An answer that is not a success; `status` 0 means that there was none. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * Calls below `base`; `session` gives the token for each, `language` is what the API writes its sentences in,
 * and `signal` ends them all.
 */
export class Api {
  constructor(base, session, language, signal) {
    this.base = base.replace(/\/+$/, "");
    this.session = session;
    this.language = language;
    this.signal = signal;
  }

  get(path, query = {}) {
    return this.call("GET", path, undefined, query);
  }

  post(path, body) {
    return this.call("POST", path, body);
  }

  put(path, body) {
    return this.call("PUT", path, body);
  }

  delete(path) {
    return this.call("DELETE", path);
  }

  async call(method, path, body, query = {}) {
    const given = Object.entries({ ...query, lang: this.language() });
    const asked = new URLSearchParams(given.filter(([, value]) => value != null && value !== ""));
    const url = `${path}?${asked}`;
    let answer = await this.send(method, url, body);
    // The session may just have run out: the host is asked once more.
    if (answer.status === 401) answer = await this.send(method, url, body);
    const { status, ok, text } = answer;
    const content = parsed(text);
    if (ok && content) return content;
    if (status === 401) throw new ApiError(status, "not_signed_in");
    const isTheirs = status >= 500 || status === 429;
    throw new ApiError(
      status,
      content?.error?.code ?? (isTheirs ? "try_again" : ""),
      content?.error?.message,
    );
  }

  async send(method, path, body) {
    const token = await Promise.resolve()
      .then(this.session)
      .catch(() => {
        throw new ApiError(401, "not_signed_in");
      });
    try {
      const answer = await fetch(this.base + path, {
        method,
        headers: { Authorization: `Bearer ${token}`, ...(body && { "Content-Type": "application/json" }) },
        body: body && JSON.stringify(body),
        credentials: "omit",
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(SECONDS_TO_ANSWER * 1000)]),
      });
      return { status: answer.status, ok: answer.ok, text: await answer.text() };
    } catch (error) {
      throw new ApiError(0, "unreachable", error.message);
    }
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
