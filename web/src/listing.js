// A list that is read page by page, newest first, and read again when something changed.

/** @typedef {{ cursor?: string, limit: number }} Query */

export class Listing {
  /**
   * @param {(query: Query) => Promise<{ items: any[], cursor?: string }>} read
   * @param {() => void} changed called whenever there is something to show
   * @param {number} limit how many items a page has
   * @param {number} most how many the API gives at a time
   */
  constructor(read, changed, limit, most) {
    this.read = read;
    this.changed = changed;
    this.limit = limit;
    this.most = most;
    this.items = [];
    this.cursor = null;
    this.isRead = false;
    this.error = null;
    this.reading = Promise.resolve();
  }

  /** Read the newest again; what is older than these, and was read before, stays. */
  refresh() {
    return this.next(() =>
      this.load({ limit: Math.min(Math.max(this.items.length, this.limit), this.most) }),
    );
  }

  /** Add the next page: the further somebody goes, the larger. */
  more() {
    return this.next(() =>
      this.load({ cursor: this.cursor, limit: this.items.length ? this.most : this.limit }),
    );
  }

  /** Read everything there is, telling how many there are so far. */
  async *all() {
    for (let cursor = ""; cursor != null;) {
      const page = await this.read({ ...(cursor && { cursor }), limit: this.most });
      cursor = page.cursor;
      yield page.items;
    }
  }

  /** One after the other: an answer never overtakes a later one. */
  next(load) {
    this.reading = this.reading.then(load);
    return this.reading;
  }

  async load(query) {
    try {
      const { items, cursor } = await this.pageWithItems(query);
      Object.assign(this, { ...this.merged(items, cursor, query.cursor), isRead: true, error: null });
    } catch (error) {
      this.error = error;
    }
    this.changed();
  }

  merged(items, cursor, isMore) {
    if (isMore) return { items: [...this.items, ...items], cursor };
    const last = items.at(-1)?.id;
    const place = cursor && last ? this.items.findIndex(({ id }) => id === last) : -1;
    if (place < 0) return { items, cursor };
    const older = this.items.slice(place + 1);
    return { items: [...items, ...older], cursor: older.length ? this.cursor : cursor };
  }

  /** A page may be empty though others follow: nobody should have to press "more" to learn that. */
  async pageWithItems(query) {
    let page = await this.read(query);
    for (let more = 25; !page.items.length && page.cursor && more; more--) {
      page = await this.read({ ...query, cursor: page.cursor });
    }
    return page;
  }
}
