// Placing a bid over HTTP, where the socket is not to be had.

const PASSING = new Set([429, 502, 503, 504]);

/**
 * Post a bid; the answer reads as the socket's. Nothing comes back while the network is away or the server overloaded:
 * the bid stays pending and is sent again. `lostText` is for an answer that no repetition would change.
 */
export async function postBid(form, bid, lostText) {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify(bid),
    });
    if (PASSING.has(answer.status)) return null;
    const message = await answer.json().catch(() => ({}));
    if (message.type === "accepted") return message;
    return { ...message, type: "refused", client_id: bid.client_id, text: message.text || lostText() };
  } catch {
    return null;
  }
}
