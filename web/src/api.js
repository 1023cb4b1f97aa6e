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

/** Calls below `base`; `session` gives the token for each, and `signal` ends them all. */
export class Api {
  constructor(base, session, signal) {
    this.base = base.replace(/\/+$/, "");
    this.session = session;
    this.signal = signal;
  }

  get(path, query = {}) {
    const given = Object.entries(query).filter(([, value]) => value != null && value !== "");
    return this.call("GET", given.length ? `${path}?${new URLSearchParams(given)}` : path);
  }

  post(path, body) {
    return this.call("POST", path, body);
  }

  delete(path) {
    return this.call("DELETE", path);
  }

  async call(method, path, body) {
    let answer = await this.send(method, path, body);
    // The session may just have run out: the host is asked once more.
    if (answer.status === 401) answer = await this.send(method, path, body);
    const content = await answer.json().catch(() => null);
    if (answer.ok && content) return content;
    const { code, message } = content?.error ?? {};
    if (answer.status === 401) throw new ApiError(401, "not_signed_in");
    throw new ApiError(answer.status, code ?? (answer.status < 500 && answer.status !== 429 ? "" : "try_again"), message);
  }

  async send(method, path, body) {
    const token = await Promise.resolve().then(this.session).catch(() => { throw new ApiError(401, "not_signed_in"); });
    const headers = { Authorization: `Bearer ${token}`, ...(body && { "Content-Type": "application/json" }) };
    try {
      return await fetch(this.base + path, {
        method,
        headers,
        body: body && JSON.stringify(body),
        credentials: "omit",
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(SECONDS_TO_ANSWER * 1000)]),
      });
    } catch (error) {
      throw new ApiError(0, "unreachable", error.message);
    }
  }
}
