// The small word on the page's head: live, catching up, offline. And the polite voice for screen readers.

const chip = document.querySelector("[data-live-status]");
const voice = document.querySelector("[data-announce]");
const PAUSE = 1200, CLEARED = 50;
const toSay = new Map(); // {what it is about: words, or a function that finds them when they are said}
let waiting;

export function status(state) {
  if (!chip || chip.dataset.state === state) return;
  chip.dataset.state = state;
  chip.textContent = chip.dataset[{ live: "wordsLive", "catching-up": "wordsCatchingUp", offline: "wordsOffline" }[state]];
  chip.hidden = false;
}

/** Say it once per burst, after the pause that ends it; a later word about the same takes the place of an earlier one. */
export function announce(words, about = words) {
  toSay.set(about, words);
  clearTimeout(waiting);
  waiting = setTimeout(say, PAUSE);
}

function say() {
  const words = [...toSay.values()].map((one) => (typeof one === "function" ? one() : one)).join(" ");
  toSay.clear();
  voice.textContent = ""; // the same words a second time are news too
  setTimeout(() => { voice.textContent = words; }, CLEARED);
}
