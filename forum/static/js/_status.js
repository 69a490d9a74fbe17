// The small word on the page's head: live, catching up, offline. And the polite voice for screen readers.

const chip = document.querySelector("[data-live-status]");
const voice = document.querySelector("[data-announce]");
let waiting;

export function status(state) {
  if (!chip || chip.dataset.state === state) return;
  chip.dataset.state = state;
  chip.textContent = chip.dataset[{ live: "wordsLive", "catching-up": "wordsCatchingUp", offline: "wordsOffline" }[state]];
  chip.hidden = false;
}

/** Say it once per burst. */
export function announce(words) {
  clearTimeout(waiting);
  waiting = setTimeout(() => { voice.textContent = words; }, 1200);
}
