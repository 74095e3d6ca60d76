// The flash room: puts connection, clock, bids and page together.

import { BidList } from "./bid_list.js";
import { MyBids } from "./bids.js";
import { Connection } from "./connection.js";
import { phase, ServerClock } from "./countdown.js";
import { money } from "./figures.js";
import { BidForm } from "./form.js";
import { postBid } from "./post.js";
import { isNewer, isOver } from "./stages.js";
import { RoomView } from "./view.js";

const PROGRESS = new Set(["snapshot", "progress", "opened", "closed", "missed"]);

class Room {
  constructor(root) {
    const { dataset } = root;
    this.terms = {
      minimum: Number(dataset.minimum),
      step: Number(dataset.step),
      maximum: dataset.maximum ? Number(dataset.maximum) : null,
      exponent: Number(dataset.exponent),
    };
    this.state = {
      seq: Number(dataset.sequence),
      state: dataset.state,
      target_minor: Number(dataset.target),
      funded_minor: Number(dataset.funded),
      remaining_minor: Number(dataset.target) - Number(dataset.funded),
      bid_count: Number(dataset.bids),
      opens_at: dataset.opensAt,
      closes_at: dataset.closesAt,
    };
    this.isInvestor = "cash" in dataset;
    this.cashMinor = this.isInvestor ? Number(dataset.cash) : null;
    this.mineMinor = Number(dataset.mine);
    this.mode = "connecting";
    this.askedAt = null;
    this.clock = new ServerClock();
    this.clock.learn(dataset.serverTime);
    this.bids = new MyBids();
    this.view = new RoomView(root, (minor) => money(minor, dataset.currency, this.terms.exponent));
    this.list = new BidList(this.view, () => ({ state: this.state.state, isConnected: this.isConnected }));
    this.connection = new Connection(dataset.room, {
      pollAddress: dataset.look,
      onMessage: (message) => this.hear(message),
      onMode: (mode) => this.changeMode(mode),
    });
    this.form = this.#form(dataset);
  }

  #form(dataset) {
    const element = this.view.part("form");
    if (!element) return null;
    return new BidForm(element, this.terms, {
      situation: () => this.situation(),
      onBid: (minor, allowPartial) => this.bid(minor, allowPartial),
      format: this.view.format,
      problemText: (problem) => this.view.words("problem", problem),
    });
  }

  get isConnected() {
    return this.mode === "live" || this.mode === "polling";
  }

  situation() {
    const now = phase(this.state, this.clock.now()).name;
    return {
      remainingMinor: this.state.remaining_minor,
      cashMinor: this.cashMinor ?? 0,
      mineMinor: this.mineMinor,
      isOpen: now === "closing",
      isWaiting: this.bids.pending.length > 0,
      isOver: now === "ending" || now === "over",
    };
  }

  start() {
    if (isOver(this.state)) this.end();
    else this.connection.start();
    this.tick();
    setInterval(() => this.tick(), 200);
  }

  tick() {
    const before = this.phaseName;
    this.phaseName = this.view.showClock(this.state, this.clock.now());
    if (before !== this.phaseName) this.form?.refresh();
    for (const bid of this.bids.due(Date.now())) this.deliver(bid);
  }

  bid(minor, allowPartial) {
    this.deliver(this.bids.offer(minor, allowPartial));
    this.showBids();
  }

  /** By the socket if there is one, by HTTP if not; the same id makes it one bid either way. */
  deliver(bid) {
    const { clientId: client_id, amountMinor: amount_minor, allowPartial: allow_partial } = bid;
    this.bids.sent(bid, Date.now());
    if (this.connection.send({ type: "bid", client_id, amount_minor, allow_partial })) return;
    const lost = () => this.view.words("words", "failed");
    postBid(this.view.part("form"), { client_id, amount_minor, allow_partial }, lost).then((answer) => answer && this.hear(answer));
  }

  hear(message) {
    if (message.server_time) this.clock.learn(message.server_time, message.type === "pong" ? this.askedAt : null);
    if (PROGRESS.has(message.type)) this.progress(message);
    if (message.type === "snapshot") this.snapshot(message);
    if (message.type === "missed") this.bids.learn(message.bids);
    if (message.type === "accepted" || message.type === "refused") this.settle(message);
    this.showBids();
  }

  snapshot({ my }) {
    if (!my) return;
    if (my.cash_minor === null) {
      // Signed out meanwhile: the page then says what to do instead of bidding.
      if (this.isInvestor) location.reload();
      return;
    }
    const seen = this.bids.lastSequence;
    this.hasAccount = true;
    this.cashMinor = my.cash_minor;
    this.bids.learnAll(my);
    if (seen) this.connection.send({ type: "sync", after: seen });
    for (const bid of this.bids.due(0, { everything: this.mode === "live" })) this.deliver(bid);
  }

  settle(message) {
    const bid = this.bids.settle(message, Date.now());
    if (!bid) return;
    if (message.type === "accepted") this.cashMinor = message.cash_minor;
    this.view.speak(this.list.sentenceOf(bid));
  }

  progress(state) {
    if (!isNewer(state, this.state)) return;
    const hasMoved = state.state !== this.state.state;
    this.state = Object.fromEntries(Object.keys(this.state).map((key) => [key, state[key]]));
    this.view.showProgress(this.state);
    if (hasMoved) this.view.showState(state.state);
    if (isOver(this.state)) this.end();
  }

  showBids() {
    if (this.hasAccount) this.mineMinor = this.bids.acceptedMinor;
    this.list.show(this.bids.latest);
    this.view.showMoney(this.cashMinor, this.mineMinor);
    if (isOver(this.state)) this.view.showEnd(this.state.state, this.mineMinor);
    this.form?.refresh();
  }

  changeMode(mode) {
    this.mode = mode;
    if (mode === "live") this.askTheTime();
    this.view.showConnection(mode);
    this.showBids();
  }

  askTheTime() {
    this.askedAt = Date.now();
    this.connection.send({ type: "ping" });
  }

  /** The last word on my bids and my money comes from the database, once everybody has been told. */
  end() {
    this.view.showEnd(this.state.state, this.mineMinor);
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.connection.stop("over");
    if (this.isInvestor) setTimeout(() => this.connection.look().catch(() => {}), Math.random() * 1000);
  }
}

document.querySelectorAll("[data-room]").forEach((root) => new Room(root).start());
