// How full a round is, without reloading: a WebSocket, and polling while there is none.

import { follow } from "./round-feed.js";

// How far a round has come; decisions are numbered while it is live, and a full one may still be cancelled.
const STAGES = { scheduled: 0, open: 1, filled: 2, partly_filled: 2, failed: 2, cancelled: 3 };
const LANGUAGE = document.documentElement.lang || "en";

/** Whole minor units as money: put together as text, since figures of money are never floats here. */
export function money(minor, currency, exponent) {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const text = exponent ? `${whole}.${digits.slice(-exponent)}` : whole;
  const shape = new Intl.NumberFormat(LANGUAGE, { style: "currency", currency });
  return shape.format(minor < 0 ? `-${text}` : text);
}

/** Newer by sequence, and under the same sequence by stage. */
export function isNewer(state, shown) {
  if (state.seq !== shown.seq) return state.seq > shown.seq;
  return STAGES[state.state] >= STAGES[shown.state];
}

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
    this.write("percent", String(Math.floor((state.funded_minor * 100) / state.target_minor)));
    this.write("funded", amount(state.funded_minor));
    this.write("remaining", amount(state.remaining_minor));
    this.write("bids", new Intl.NumberFormat(LANGUAGE).format(state.bid_count));
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
    this.part("connection").dataset.mode = mode;
  }

  get isOver() {
    return STAGES[this.shown.state] > STAGES.open;
  }
}

document.querySelectorAll("[data-live-round]").forEach((element) => {
  const widget = new Widget(element);
  follow(element.dataset.liveRound, {
    onState: (state) => widget.show(state),
    onMode: (mode) => widget.showConnection(mode),
    isOver: () => widget.isOver,
  });
});
