// Polls of a topic: their cards stand below its head, votes are cast without leaving the page, counts are live.

import { page } from "./_fragment.js";
import { socket } from "./_socket.js";
import { announce, status } from "./_status.js";
import { setMoments } from "./_words.js";

const BURST = 1500, POLL = 30000;
let topic, place;
const waiting = new Map();

export function startPolls(element) {
  if (!place) begin(element);
  for (const line of topic.querySelectorAll("[data-poll]")) {
    if (find(line.dataset.poll)) line.hidden = true;
    else refresh(line.dataset.poll);
  }
}

function begin(element) {
  topic = element;
  place = document.createElement("div");
  topic.querySelector(".topic-head").after(place);
  place.addEventListener("submit", send);
  place.addEventListener("change", (event) => event.target.closest("form").toggleAttribute("data-touched", true));
  socket.on("poll:changed", (changed) => { if (String(changed.topic) === topic.dataset.topic) soon(String(changed.poll)); });
  setInterval(() => { if (!socket.connected && !document.hidden) for (const card of place.children) refresh(card.dataset.pollCard); }, POLL);
}

const find = (id) => place.querySelector(`[data-poll-card="${id}"]`);

/** Many votes in one moment are one look, and not every watcher looks at the same time. */
function soon(id) {
  if (waiting.has(id)) return;
  waiting.set(id, setTimeout(() => { waiting.delete(id); refresh(id); }, BURST * Math.random()));
}

async function refresh(id) {
  try {
    const response = await fetch(`/${document.documentElement.lang}/polls/${id}`);
    if (response.ok) show(await response.text());
  } catch {} // the link stays, or the card as it was
}

/** A card that the reader is choosing in keeps their choice; only how it stands is another. */
function show(html, isAnswer) {
  const fresh = page(html).querySelector("[data-poll-card]");
  if (!fresh) return;
  setMoments(fresh);
  const old = find(fresh.dataset.pollCard);
  if (!old) place.append(fresh);
  else if (!isAnswer && old.dataset.state === fresh.dataset.state) {
    old.querySelector("[data-poll-results]").replaceWith(fresh.querySelector("[data-poll-results]"));
  } else if (isAnswer || !old.querySelector("[data-touched]")) old.replaceWith(fresh);
  else if (fresh.dataset.state.startsWith("closed")) old.replaceWith(fresh);
  for (const line of topic.querySelectorAll(`[data-poll="${fresh.dataset.pollCard}"]`)) line.hidden = true;
  if (isAnswer) {
    const heading = fresh.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    announce(fresh.querySelector(".field-error")?.textContent ?? fresh.querySelector(".topic-meta").textContent);
  }
}

async function send(event) {
  const form = event.target.closest("[data-poll-form]");
  if (!form) return;
  event.preventDefault();
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const html = await response.text();
    if (!page(html).querySelector("[data-poll-card]")) throw new Error();
    show(html, true);
  } catch (error) {
    if (error instanceof TypeError) status("offline"); // what was chosen stays chosen
    else form.submit(); // the page without this script says what is wrong
  }
}
