// How far a round has come. Decisions are numbered while it is live, and a full one may still be cancelled.

const STAGES = { scheduled: 0, open: 1, filled: 2, partly_filled: 2, failed: 2, cancelled: 3 };

/** Whether a state of a round is an end. */
export function isOver({ state }) {
  return STAGES[state] > STAGES.open;
}

/** Whether what was heard replaces what is shown: by sequence, and under the same one by stage. */
export function isNewer(heard, shown) {
  if (heard.seq !== shown.seq) return heard.seq > shown.seq;
  return STAGES[heard.state] >= STAGES[shown.state];
}
