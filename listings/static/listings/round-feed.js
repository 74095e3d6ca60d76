// Where a round stands, from whatever source there is: the socket first, the API every few seconds without it.

const SUBPROTOCOL = "loanbridge.rounds.v1";
const POLL_MS = 5000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30000;
// Answers of the API that asking again will not change.
const FINAL_ANSWERS = new Set([401, 403, 404, 410]);

function socketAddress(round) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}/ws/rounds/${round}/`;
}

/**
 * Call `onState` with every state of the round until `isOver()`; `onMode` hears live, polling, over or off.
 *
 * Retries wait twice as long each time, with a random part, so that a restarted server is not stormed.
 */
export function follow(round, { onState, onMode, isOver }) {
  let socket = null;
  let retryMs = FIRST_RETRY_MS;
  let retryTimer = null;
  let pollTimer = null;

  function take(state) {
    onState(state);
    if (isOver()) stop("over");
  }

  function stop(mode) {
    clearTimeout(retryTimer);
    clearInterval(pollTimer);
    retryTimer = pollTimer = null;
    if (socket) {
      socket.onclose = null;
      socket.close();
      socket = null;
    }
    if (mode) onMode(mode);
  }

  function connect() {
    retryTimer = null;
    socket = new WebSocket(socketAddress(round), SUBPROTOCOL);
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (!("funded_minor" in message)) return; // about something else than where the round stands
      retryMs = FIRST_RETRY_MS; // only a server that speaks resets the wait, not one that merely accepts
      clearInterval(pollTimer);
      pollTimer = null;
      onMode("live");
      take(message);
    };
    socket.onclose = () => {
      socket = null;
      startPolling();
      retryTimer = setTimeout(connect, retryMs * (0.5 + Math.random()));
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    };
  }

  function startPolling() {
    if (pollTimer) return;
    onMode("polling");
    pollTimer = setInterval(poll, POLL_MS);
    poll();
  }

  async function poll() {
    try {
      const answer = await fetch(`/api/rounds/${round}`, { headers: { Accept: "application/json" } });
      if (FINAL_ANSWERS.has(answer.status)) stop("off");
      else if (answer.ok) take(await answer.json());
    } catch {
      // The network is gone; the next poll and the next connection try again.
    }
  }

  // A page kept for the back button must not hold a connection, and looks again when it returns.
  addEventListener("pagehide", () => stop(null));
  addEventListener("pageshow", ({ persisted }) => persisted && !isOver() && connect());
  connect();
}
