// The amount to bid: typed or tapped, checked while it is typed, sent once.

import { parseAmount, plain } from "./figures.js";

const LOCK_MS = 900; // a double click is one bid

/** `situation` says how things stand now (see room.js); `onBid` gets what to offer. */
export class BidForm {
  #lockedUntil = 0;

  constructor(element, terms, { situation, onBid, format, problemText }) {
    Object.assign(this, { element, terms, situation, onBid, format, problemText });
    this.input = element.elements.amount;
    this.partial = element.elements.allow_partial;
    this.button = element.querySelector('[data-part="submit"]');
    this.smallest = Math.ceil(terms.minimum / terms.step) * terms.step;
    element.addEventListener("submit", (event) => this.#submit(event));
    element.addEventListener("input", () => this.refresh());
    element.querySelectorAll("[data-amount]").forEach((button) => {
      button.addEventListener("click", () => this.#take(Number(button.dataset.amount)));
    });
    element.querySelector('[data-part="all"]').addEventListener("click", () => this.#take(this.most()));
  }

  /** The most that this reader could get now; 0 if there is nothing to be had. */
  most() {
    const { remainingMinor, cashMinor, mineMinor } = this.situation();
    const allowed = Math.min(cashMinor, (this.terms.maximum ?? Infinity) - mineMinor);
    const steps = Math.floor(allowed / this.terms.step) * this.terms.step;
    const most = Math.min(steps, Math.max(remainingMinor, this.smallest));
    return remainingMinor > 0 && most >= this.smallest ? most : 0;
  }

  /** Show what follows from the amount and from the round as it is now. */
  refresh() {
    const { minor, problem } = this.#check();
    const { remainingMinor, cashMinor, mineMinor, isOpen, isOver, isWaiting } = this.situation();
    const isTyped = this.input.value.trim() !== "";
    this.#say(isTyped ? problem : null);
    const after = this.element.querySelector('[data-part="after"]');
    after.hidden = !isTyped || problem !== null;
    if (!after.hidden) after.querySelector("[data-live]").textContent = this.format(cashMinor - Math.min(minor, remainingMinor));
    const isLocked = isWaiting || Date.now() < this.#lockedUntil;
    this.button.disabled = isLocked || !isOpen || (isTyped && problem !== null);
    this.button.textContent = this.#label(minor, isTyped && !problem, { isLocked, isOpen, isOver });
    this.#markAmounts(minor, Math.min(cashMinor, (this.terms.maximum ?? Infinity) - mineMinor));
  }

  #take(minor) {
    if (minor) this.input.value = plain(minor, this.terms.exponent);
    this.refresh();
  }

  #check() {
    const minor = parseAmount(this.input.value, this.terms.exponent);
    return { minor, problem: minor === null ? "invalid" : this.#problemOf(minor) };
  }

  #problemOf(minor) {
    const { remainingMinor, cashMinor, mineMinor } = this.situation();
    if (minor < this.terms.minimum) return "below";
    if (minor % this.terms.step) return "multiple";
    if (minor + mineMinor > (this.terms.maximum ?? Infinity)) return "limit";
    if (minor > remainingMinor && !this.partial.checked) return "left";
    return minor > cashMinor ? "cash" : null;
  }

  #say(problem) {
    this.input.classList.toggle("is-invalid", problem !== null);
    this.input.setAttribute("aria-invalid", String(problem !== null));
    const place = this.element.querySelector('[data-live="problem"]');
    const text = problem ? this.problemText(problem) : "";
    if (place.textContent !== text) place.textContent = text;
  }

  #label(minor, isRight, { isLocked, isOpen, isOver }) {
    const { text, textEmpty, textEarly, textLate, textSent } = this.button.dataset;
    if (isLocked) return textSent;
    if (!isOpen) return isOver ? textLate : textEarly;
    return isRight ? text.replace("{amount}", this.format(minor)) : textEmpty;
  }

  #markAmounts(minor, allowed) {
    this.element.querySelectorAll("[data-amount]").forEach((button) => {
      button.disabled = Number(button.dataset.amount) > allowed;
      button.setAttribute("aria-pressed", String(Number(button.dataset.amount) === minor));
    });
    this.element.querySelector('[data-part="all"]').disabled = this.most() === 0;
  }

  #submit(event) {
    event.preventDefault();
    const { minor, problem } = this.#check();
    const { isOpen, isWaiting } = this.situation();
    if (isWaiting || !isOpen || Date.now() < this.#lockedUntil) return;
    if (problem) {
      this.#say(problem);
      this.input.focus();
      return;
    }
    this.#lockedUntil = Date.now() + LOCK_MS;
    setTimeout(() => this.refresh(), LOCK_MS + 10);
    this.onBid(minor, this.partial.checked);
    this.refresh();
  }
}
