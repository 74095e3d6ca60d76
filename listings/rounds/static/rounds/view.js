// The room on the page: writes what is known into the places marked data-live and data-part.

import { count, percent } from "./figures.js";
import { phase, spell } from "./countdown.js";

const SPEAK_MS = 8000; // figures that are read out while they race would drown everything else

/** Finds its places below `root`; `format` writes minor units as money. */
export class RoomView {
  #spokenAt = 0;
  #announced = new Set();

  constructor(root, format) {
    this.root = root;
    this.format = format;
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  /** Words of the page with their {places} filled in. */
  words(kind, name, values = {}) {
    const text = this.root.querySelector(`template[data-${kind}="${name}"]`)?.content.textContent.trim() ?? "";
    return text.replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);
  }

  write(name, text) {
    this.root.querySelectorAll(`[data-live="${name}"]`).forEach((place) => {
      if (place.textContent !== text) place.textContent = text;
    });
  }

  /** Show the one child that is meant. */
  choose(place, name) {
    place.querySelectorAll("[data-for]").forEach((child) => (child.hidden = child.dataset.for !== name));
  }

  showProgress(state) {
    const remaining = this.format(state.remaining_minor);
    const bar = this.root.querySelector('[data-live="bar"]');
    bar.max = state.target_minor;
    bar.value = state.funded_minor;
    this.write("remaining", remaining);
    this.write("funded", this.format(state.funded_minor));
    this.write("percent", String(percent(state.funded_minor, state.target_minor)));
    this.write("bids", count(state.bid_count));
    if (Date.now() - this.#spokenAt < SPEAK_MS) return;
    this.#spokenAt = Date.now();
    this.speak(this.words("words", "spoken", { remaining, bids: count(state.bid_count) }));
  }

  showState(state) {
    const words = this.root.querySelector(`template[data-state-words="${state}"]`);
    if (words) this.root.querySelector('[data-live="state"]').replaceChildren(words.content.cloneNode(true));
  }

  showConnection(mode) {
    const place = this.root.querySelector('[data-live="connection"]');
    place.dataset.mode = mode;
    this.choose(place, mode);
  }

  showClock(state, now) {
    const { name, leftMs } = phase(state, now);
    this.part("clock").hidden = name === "over";
    this.part("clock").dataset.isLate = String(name === "closing" && leftMs <= 10000);
    this.choose(this.root.querySelector('[data-live="phase"]'), name);
    this.write("clock", spell(leftMs));
    if (name === "closing") this.#announce(leftMs);
    return name;
  }

  showMoney(cashMinor, mineMinor) {
    if (cashMinor !== null) this.write("cash", this.format(cashMinor));
    this.write("mine", this.format(mineMinor));
  }

  showEnd(state, mineMinor) {
    this.part("ended").hidden = false;
    if (this.part("bidding")) this.part("bidding").hidden = true;
    this.root.querySelectorAll("[data-ended]").forEach((end) => {
      end.hidden = end.dataset.ended !== state;
      this.choose(end, mineMinor > 0 ? "mine" : "none");
    });
  }

  speak(text) {
    this.write("spoken", text);
  }

  #announce(leftMs) {
    for (const [limit, name] of [[10000, "seconds"], [60000, "minute"]]) {
      if (leftMs > limit || this.#announced.has(name)) continue;
      this.#announced.add(name).add("minute");
      if (leftMs > limit - 2000) this.speak(this.words("words", name));
      return;
    }
  }
}
