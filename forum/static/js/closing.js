// Closing an event: the recording goes at once when it is chosen, alone, and says how far it is; what is typed stays.

import { announce } from "./_status.js";

const part = document.querySelector("[data-recording]");
const way = part.querySelector("[data-way]");
const find = (name) => way.querySelector(`[data-${name}]`);
const progress = find("progress"), field = part.querySelector("input[type=file]");
let given = null, request = null;

part.querySelector("[data-plain]").hidden = true;

function say(words, again = false) {
  find("failed").textContent = words;
  find("failed").hidden = !words;
  find("again").hidden = !again;
  if (words) progress.hidden = true;
}

/** fetch tells nothing of how far it is; XMLHttpRequest does. */
function send() {
  say("");
  way.hidden = false;
  find("name").textContent = given.name;
  if (given.size > Number(part.dataset.most) * 1024 * 1024) return say(part.dataset.wordsLarge);
  progress.hidden = false;
  progress.value = 0;
  const body = new FormData();
  body.append("file", given, given.name);
  const mine = request = new XMLHttpRequest();
  request.responseType = "json";
  request.open("PUT", `${part.dataset.recording}?language=${document.documentElement.lang}`);
  request.upload.addEventListener("progress", (event) => { progress.value = event.total ? event.loaded / event.total : 0; });
  request.addEventListener("loadend", () => {
    if (mine !== request) return;
    request = null;
    if (mine.status === 200) arrived();
    else if (mine.response?.error) {
      const { fields, message } = mine.response.error;
      say(Object.values(fields ?? {})[0] ?? message, mine.status === 429 || mine.status >= 500);
    } else say(part.dataset.wordsLine, true);
  });
  request.send(body);
}

/** What is handed in now, as the page would draw it. */
async function arrived() {
  away();
  announce(part.dataset.wordsThere);
  const page = await fetch(part.closest("form").action).then((response) => response.text());
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-recordings]");
  if (fresh) part.querySelector("[data-recordings]").replaceWith(fresh);
}

function away() {
  const going = request;
  request = null;
  going?.abort();
  given = null;
  way.hidden = true;
  field.value = "";
}

field.addEventListener("change", () => {
  const [chosen] = field.files;
  if (!chosen) return;
  away();
  given = chosen;
  send();
});
find("again").addEventListener("click", send);
find("away").addEventListener("click", away);

part.closest("form").addEventListener("submit", (event) => {
  if (!request) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(part.dataset.wordsWait);
  progress.hidden = false;
  way.scrollIntoView({ block: "nearest" });
}, true);
