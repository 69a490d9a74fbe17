// Reading along: the line before what is new, the bar for new replies, and how far the member has read.

import { ring } from "./_bell.js";
import { announce } from "./_status.js";
import { counted } from "./_words.js";

const SAY_AFTER = 1500;

let place, bar, unseen = [], arrived = 0, read, saying;

export function startReading(topic) {
  place = topic.querySelector("[data-posts]");
  bar = topic.querySelector("[data-new-bar]");
  bar.querySelector("button").addEventListener("click", () => {
    const first = unseen.find((post) => post.isConnected);
    first?.scrollIntoView({ block: "start", behavior: "auto" });
    first?.querySelector("a")?.focus({ preventScroll: true });
  });
  read = Number(topic.dataset.read || 0);
  if (topic.dataset.reader) drawLine();
  const watcher = new IntersectionObserver((entries) => entries.forEach((entry) => seen(topic, entry)), { threshold: 0.1 });
  watchAll(watcher);
  new MutationObserver(() => watchAll(watcher)).observe(place, { childList: true });
  addEventListener("scroll", passBy, { passive: true });
  addEventListener("pagehide", () => { if (saying) say(topic); });
}

/** Posts that came in while the page was open: count those below what the reader sees. */
export function showNew(posts) {
  if (!posts.length) return;
  unseen.push(...posts.filter((post) => post.getBoundingClientRect().top > innerHeight));
  arrived += posts.length;
  announce(burst, "replies");
  drawBar();
}

/** How many came since it was said last. */
function burst() {
  const words = counted(place.dataset, "wordsNew", arrived);
  arrived = 0;
  return words;
}

/** Who jumps to the foot of the page has passed what is new; the bar speaks of what is below. */
function passBy() {
  if (!unseen.length) return;
  unseen = unseen.filter((post) => post.getBoundingClientRect().bottom > 0);
  drawBar();
}

function drawBar() {
  bar.hidden = unseen.length === 0;
  if (unseen.length) bar.querySelector("button span").textContent = counted(place.dataset, "wordsNew", unseen.length);
}

function drawLine() {
  const first = [...place.querySelectorAll(".post")].find((post) => Number(post.dataset.number) > read);
  if (!first || read === 0 || !first.previousElementSibling) return;
  const line = document.createElement("p");
  line.className = "since";
  line.textContent = place.dataset.wordsSince;
  first.before(line);
  if (location.hash === `#${first.id}`) first.scrollIntoView({ block: "start", behavior: "auto" }); // and the line above it
}

function watchAll(watcher) {
  for (const post of place.querySelectorAll(".post:not([data-watched])")) {
    post.dataset.watched = "";
    watcher.observe(post);
  }
}

function seen(topic, entry) {
  if (!entry.isIntersecting) return;
  if (unseen.includes(entry.target)) {
    unseen = unseen.filter((post) => post !== entry.target);
    drawBar();
  }
  const number = Number(entry.target.dataset.number);
  if (!topic.dataset.reader || number <= read) return;
  read = number;
  saying ??= setTimeout(() => say(topic), SAY_AFTER);
}

/** Tell the server how far; it never goes back. */
function say(topic) {
  clearTimeout(saying);
  saying = undefined;
  const form = topic.querySelector("[data-read-form]");
  const body = new URLSearchParams({ number: read });
  const headers = { "X-CSRF-Token": form.elements.csrf_token.value };
  fetch(form.action, { method: "PUT", body, headers, keepalive: true })
    .then((answer) => { if (answer.ok) ring(Number(answer.headers.get("Notices-Unread"))); })
    .catch(() => {}); // the next page that is read says it again
}
