// A line to a round: the socket while it lives, the API every few seconds while it does not.

const SUBPROTOCOL = "loanbridge.rounds.v1";
const NO_SUCH_ROUND = 4404;
const POLL_MS = 3000;
const FIRST_POLL_MS = 800; // most interruptions are over by then
const FIRST_RETRY_MS = 400;
const LONGEST_RETRY_MS = 15000;
const PING_MS = 15000;
const SILENCE_MS = 40000; // a network that went away without a word

function socketAddress(round) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}/ws/rounds/${round}/`;
}

/**
 * `onMessage` hears the protocol's messages (answers of the API come as `snapshot`); `onMode` hears connecting, live,
 * reconnecting, polling, offline, over or gone. Waits double up to 15 s with a random part, so that a restarted server
 * is not stormed.
 */
export class Connection {
  #socket = null;
  #retryMs = FIRST_RETRY_MS;
  #retryTimer = null;
  #pollTimer = null;
  #heardAt = 0;
  #mode = null;
  #isStopped = false;

  constructor(round, { pollAddress, onMessage, onMode }) {
    Object.assign(this, { round, pollAddress, onMessage, onMode });
    addEventListener("online", () => this.#retryNow());
    addEventListener("offline", () => this.#lost("offline"));
    document.addEventListener("visibilitychange", () => document.hidden || this.#retryNow());
    // A page kept for the back button must not hold a connection, and looks again when it returns.
    addEventListener("pagehide", () => this.#hangUp());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#retryNow());
    setInterval(() => this.#beat(), PING_MS);
  }

  /** Connect, and stay connected until `stop`. */
  start() {
    this.#say("connecting");
    this.#open();
  }

  /** Nothing more will happen in this round. */
  stop(mode = "over") {
    this.#isStopped = true;
    this.#hangUp();
    this.#say(mode);
  }

  /** Send a message; false while there is no socket. */
  send(message) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Ask the API once, whatever the socket does. */
  async look() {
    const answer = await fetch(this.pollAddress, { headers: { Accept: "application/json" } });
    if (answer.status === 404) return this.stop("gone");
    if (!answer.ok) throw new Error(String(answer.status));
    return this.onMessage({ ...(await answer.json()), type: "snapshot" });
  }

  #open() {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
    if (this.#isStopped || this.#socket) return;
    this.#socket = new WebSocket(socketAddress(this.round), SUBPROTOCOL);
    this.#socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    this.#socket.onclose = ({ code }) => (code === NO_SUCH_ROUND ? this.stop("gone") : this.#lost("reconnecting"));
  }

  #hear(message) {
    // Only a server that speaks resets the wait, not one that merely accepts.
    this.#heardAt = Date.now();
    this.#retryMs = FIRST_RETRY_MS;
    clearInterval(this.#pollTimer);
    this.#pollTimer = null;
    this.#say("live");
    this.onMessage(message);
  }

  #lost(mode) {
    if (this.#isStopped) return;
    this.#dropSocket();
    // A retry that fails is no news while the API is looked at instead.
    if (mode === "offline" || this.#mode === "live" || this.#mode === "connecting") this.#say(mode);
    if (!this.#pollTimer) {
      this.#pollTimer = setInterval(() => this.#poll(), POLL_MS);
      setTimeout(() => this.#pollTimer && this.#poll(), FIRST_POLL_MS);
    }
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#open(), this.#retryMs * (0.5 + Math.random()));
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }

  #retryNow() {
    if (this.#isStopped || this.#socket) return;
    this.#retryMs = FIRST_RETRY_MS;
    this.#open();
  }

  async #poll() {
    try {
      await this.look();
      if (this.#mode !== "live") this.#say("polling");
    } catch {
      if (this.#mode !== "live") this.#say("offline");
    }
  }

  #beat() {
    if (this.#mode !== "live") return;
    if (Date.now() - this.#heardAt > SILENCE_MS) this.#lost("reconnecting");
    else this.send({ type: "ping" });
  }

  #hangUp() {
    clearTimeout(this.#retryTimer);
    clearInterval(this.#pollTimer);
    this.#retryTimer = this.#pollTimer = null;
    this.#dropSocket();
  }

  #dropSocket() {
    if (!this.#socket) return;
    this.#socket.onclose = this.#socket.onmessage = null;
    this.#socket.close();
    this.#socket = null;
  }

  #say(mode) {
    if (this.#isStopped && mode !== "over" && mode !== "gone") return;
    if (mode !== this.#mode) this.onMode((this.#mode = mode));
  }
}
