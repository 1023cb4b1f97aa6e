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

  /** Read what is shown anew. */
  refresh() {
    return this.next(() =>
      this.load({ limit: Math.min(Math.max(this.items.length, this.limit), this.most) }, []),
    );
  }

  /** Add the next page. */
  more() {
    return this.next(() => this.load({ cursor: this.cursor, limit: this.limit }, this.items));
  }

  /** One after the other: an answer never overtakes a later one. */
  next(load) {
    this.reading = this.reading.then(load);
    return this.reading;
  }

  async load(query, before) {
    try {
      const { items, cursor } = await this.pageWithItems(query);
      Object.assign(this, { items: [...before, ...items], cursor, isRead: true, error: null });
    } catch (error) {
      this.error = error;
    }
    this.changed();
  }

  /** A page may be empty though others follow: nobody should have to press "more" to learn that. */
  async pageWithItems(query) {
    let page = await this.read(query);
    for (let more = 5; !page.items.length && page.cursor && more; more--) {
      page = await this.read({ ...query, cursor: page.cursor });
    }
    return page;
  }
}
