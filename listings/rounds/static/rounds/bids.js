// My bids: what was offered, what is not answered yet, what became of the others.

const RESEND_MS = 4000;
const MOST_TRIES = 6;
// Not decisions: the same bid may be sent again under the same id.
const PASSING = new Set(["busy", "rate_limited"]);

/** A random UUID, also where the page came without TLS (there `crypto.randomUUID` is missing). */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** All bids of this reader in this round, by client id, in the order they became known. */
export class MyBids {
  #bids = new Map();
  #olderMinor = 0;
  lastSequence = 0;

  /** Write down a new bid; it is pending until the server has answered. */
  offer(amountMinor, allowPartial) {
    const bid = { clientId: newId(), amountMinor, allowPartial, state: "pending", tries: 0, dueAt: 0 };
    this.#bids.set(bid.clientId, bid);
    return bid;
  }

  /** The bids that must be sent now: new ones, unanswered ones, and after `everything` all that are pending. */
  due(now, { everything = false } = {}) {
    return this.pending.filter(({ dueAt }) => everything || dueAt <= now);
  }

  /** Note that a bid went out, and when to ask again. */
  sent(bid, now) {
    bid.tries += 1;
    bid.dueAt = now + RESEND_MS * 2 ** Math.min(bid.tries - 1, 3);
  }

  /** Take an `accepted` or `refused` message; the bid it settles, or null. */
  settle(message, now) {
    const bid = this.#bids.get(message.client_id);
    if (!bid || bid.state !== "pending") return null;
    if (PASSING.has(message.code) && bid.tries < MOST_TRIES) {
      bid.dueAt = now + 500 * 2 ** bid.tries * (0.5 + Math.random());
      bid.isWaiting = true;
      return null;
    }
    this.#decide(bid, message.type, message.accepted_minor ?? 0, message.code ?? "", message.sequence);
    bid.text = message.text;
    return bid;
  }

  /** Take the server's list of my decided bids; they settle what was pending. */
  learn(decided) {
    for (const each of decided) {
      const bid = this.#bids.get(each.client_id) ?? { clientId: each.client_id, amountMinor: each.amount_minor };
      this.#decide(bid, each.decision, each.accepted_minor, each.code, each.sequence);
      this.#bids.set(bid.clientId, bid);
    }
  }

  /** Take a snapshot's account of me: the latest bids, and what was accepted of all. */
  learnAll({ bids, accepted_minor: totalMinor }) {
    this.learn(bids);
    this.#olderMinor = Math.max(0, totalMinor - (this.acceptedMinor - this.#olderMinor));
  }

  /** Latest first: what is pending, then by the server's order. */
  get latest() {
    return [...this.#bids.values()].sort((one, other) => (other.sequence ?? Infinity) - (one.sequence ?? Infinity) || 0);
  }

  get pending() {
    return [...this.#bids.values()].filter(({ state }) => state === "pending");
  }

  get acceptedMinor() {
    return [...this.#bids.values()].reduce((sum, { acceptedMinor }) => sum + (acceptedMinor ?? 0), this.#olderMinor);
  }

  #decide(bid, state, acceptedMinor, code, sequence) {
    Object.assign(bid, { state, acceptedMinor, code, sequence });
    this.lastSequence = Math.max(this.lastSequence, sequence ?? 0);
  }
}
