// Time as the server has it: whether a bid is early or late is decided there.

import { LANGUAGE } from "./figures.js";

const DAY_S = 86400;

/** Knows how far this computer's clock is from the server's. */
export class ServerClock {
  #offsetMs = 0;
  #bestRoundTripMs = Infinity;

  /** Learn from a time the server sent; `askedAt` (own clock) if it was asked for, which makes it surer. */
  learn(serverTime, askedAt = null) {
    const now = Date.now();
    const roundTripMs = askedAt === null ? 60000 : now - askedAt;
    if (roundTripMs > this.#bestRoundTripMs) return;
    this.#bestRoundTripMs = roundTripMs;
    const onItsWayMs = askedAt === null ? 0 : roundTripMs / 2;
    this.#offsetMs = Date.parse(serverTime) + onItsWayMs - now;
  }

  /** Milliseconds since 1970 on the server's clock. */
  now() {
    return Date.now() + this.#offsetMs;
  }
}

/** Milliseconds as 05:09, 1:05:09 or "2 days 01:05:09"; what has begun counts as a whole second. */
export function spell(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const days = Math.floor(seconds / DAY_S);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor((seconds % DAY_S) / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  if (!days) return hours ? `${hours}:${rest}` : rest;
  const unit = new Intl.NumberFormat(LANGUAGE, { style: "unit", unit: "day", unitDisplay: "long" });
  return `${unit.format(days)} ${two(hours)}:${rest}`;
}

/** What the clock counts down to: opening, closing, ending (the second is over, the word is awaited) or over. */
export function phase({ state, opens_at: opensAt, closes_at: closesAt }, now) {
  if (state !== "scheduled" && state !== "open") return { name: "over", leftMs: 0 };
  const toOpening = Date.parse(opensAt) - now;
  if (state === "scheduled" && toOpening > 0) return { name: "opening", leftMs: toOpening };
  const toClosing = Date.parse(closesAt) - now;
  return toClosing > 0 ? { name: "closing", leftMs: toClosing } : { name: "ending", leftMs: 0 };
}
