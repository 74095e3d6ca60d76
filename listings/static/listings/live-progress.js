// How full a round is, without reloading, in the card that listings show.

import { Connection } from "../rounds/connection.js";
import { count, LANGUAGE, money, percent } from "../rounds/figures.js";
import { isNewer, isOver } from "../rounds/stages.js";

// What the card says of the connection.
const WORDS = {
  connecting: "waiting",
  live: "live",
  reconnecting: "polling",
  polling: "polling",
  offline: "polling",
  over: "over",
  gone: "off",
};

function moment(text, timeZone) {
  const shape = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium", timeStyle: "short", timeZone });
  return shape.format(new Date(text));
}

class Widget {
  constructor(element) {
    this.element = element;
    this.shown = { seq: Number(element.dataset.sequence), state: element.dataset.state };
    this.closesAt = this.part("closes")?.querySelector("time")?.dateTime;
  }

  part(name) {
    return this.element.querySelector(`[data-live="${name}"]`);
  }

  write(name, text) {
    const place = this.part(name);
    if (place) place.textContent = text;
  }

  show(state) {
    if (!isNewer(state, this.shown)) return;
    const { currency, exponent, timeZone } = this.element.dataset;
    const amount = (minor) => money(minor, currency, Number(exponent));
    const bar = this.part("bar");
    bar.max = state.target_minor;
    bar.value = state.funded_minor;
    this.write("percent", String(percent(state.funded_minor, state.target_minor)));
    this.write("funded", amount(state.funded_minor));
    this.write("remaining", amount(state.remaining_minor));
    this.write("bids", count(state.bid_count));
    this.showClosing(state.closes_at, timeZone);
    if (state.state !== this.shown.state) this.showState(state.state);
    this.shown = { seq: state.seq, state: state.state };
  }

  showClosing(closesAt, timeZone) {
    if (this.closesAt && Date.parse(closesAt) === Date.parse(this.closesAt)) return;
    this.closesAt = closesAt;
    this.write("closes", moment(closesAt, timeZone));
  }

  /** The words of every state stand in the page, in the reader's language. */
  showState(state) {
    const words = this.element.querySelector(`template[data-state-words="${state}"]`);
    if (!words) return;
    this.part("state").replaceChildren(words.content.cloneNode(true));
    this.write("spoken", words.content.textContent.trim());
  }

  showConnection(mode) {
    this.part("connection").dataset.mode = WORDS[mode];
  }

  /** Take a message if it is about where the round stands. */
  hear(message, connection) {
    if (!("funded_minor" in message)) return;
    this.show(message);
    if (isOver(this.shown)) connection.stop("over");
  }
}

document.querySelectorAll("[data-live-round]").forEach((element) => {
  const widget = new Widget(element);
  const round = element.dataset.liveRound;
  const connection = new Connection(round, {
    pollAddress: `/api/rounds/${round}`,
    onMessage: (message) => widget.hear(message, connection),
    onMode: (mode) => widget.showConnection(mode),
  });
  connection.start();
});
