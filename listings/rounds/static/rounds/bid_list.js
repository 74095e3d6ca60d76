// My bids as a list: one row each, rewritten only where something changed.

/** Shows bids (see bids.js) in the room's list. `situation` gives state and isConnected. */
export class BidList {
  #rows = new Map();

  constructor(view, situation) {
    this.view = view;
    this.situation = situation;
    this.list = view.part("bids");
  }

  show(bids) {
    if (!this.list) return;
    this.view.part("no-bids").hidden = bids.length > 0;
    const rows = bids.map((bid) => this.#row(bid));
    const isSame = rows.length === this.list.children.length && rows.every((row, at) => row === this.list.children[at]);
    if (!isSame) this.list.replaceChildren(...rows);
  }

  #row(bid) {
    let row = this.#rows.get(bid.clientId);
    if (!row) {
      row = this.view.part("bid").content.firstElementChild.cloneNode(true);
      row.dataset.bidId = bid.clientId;
      this.#rows.set(bid.clientId, row);
    }
    const { badge, sentence } = this.#describe(bid);
    const shown = `${badge} ${sentence}`;
    if (row.dataset.shown !== shown) this.#write(row, bid, badge, sentence, shown);
    return row;
  }

  #write(row, bid, badge, sentence, shown) {
    const place = (name) => row.querySelector(`[data-bid="${name}"]`);
    const words = this.view.root.querySelector(`template[data-bid-words="${badge}"]`);
    row.dataset.shown = shown;
    row.dataset.state = badge;
    place("amount").textContent = this.view.format(bid.amountMinor);
    place("state").replaceChildren(words.content.cloneNode(true));
    place("sentence").textContent = sentence;
  }

  /** What became of a bid, in a sentence. */
  sentenceOf(bid) {
    return `${this.view.format(bid.amountMinor)}: ${this.#describe(bid).sentence}`;
  }

  #describe(bid) {
    const { state, isConnected } = this.situation();
    if (bid.state === "pending") {
      const words = isConnected ? (bid.isWaiting ? "waiting" : "pending") : "kept";
      return { badge: "pending", sentence: this.view.words("words", words) };
    }
    if (bid.state === "refused") {
      return { badge: "refused", sentence: bid.text || this.view.words("reason", bid.code) };
    }
    if (state === "failed" || state === "cancelled") {
      return { badge: "returned", sentence: this.view.words("words", "returned") };
    }
    return { badge: "accepted", sentence: this.#share(bid, state) };
  }

  #share(bid, state) {
    if (bid.acceptedMinor < bid.amountMinor) {
      return this.view.words("words", "cut", { accepted: this.view.format(bid.acceptedMinor) });
    }
    return this.view.words("words", state === "open" || state === "scheduled" ? "accepted" : "won");
  }
}
