// A list that is read page by page, newest first, and read again when something changed.

/** `read({cursor, limit})` gives `{items, cursor}`; `changed` is called whenever there is something to show. */
export class Listing {
  constructor(read, changed, limit, most) {
    Object.assign(this, { read, changed, limit, most });
    this.items = [];
    this.cursor = null;
    this.isRead = false;
    this.isBusy = false;
    this.error = null;
    this.turn = 0;
  }

  /** Read what is shown anew; what was asked for earlier no longer counts. */
  refresh() {
    const limit = Math.min(Math.max(this.items.length, this.limit), this.most);
    return this.load({ limit }, []);
  }

  /** Add the next page. */
  more() {
    return this.isBusy ? null : this.load({ cursor: this.cursor, limit: this.limit }, this.items);
  }

  async load(query, before) {
    const turn = ++this.turn;
    this.isBusy = true;
    this.changed();
    try {
      const page = await this.pageWithItems(query);
      if (turn !== this.turn) return;
      Object.assign(this, { items: [...before, ...page.items], cursor: page.cursor, isRead: true, error: null });
    } catch (error) {
      if (turn === this.turn) this.error = error;
    }
    if (turn === this.turn) this.isBusy = false;
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
