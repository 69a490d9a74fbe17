// News of an event: its room, and asking over HTTP after a lost connection and where websockets are blocked.

import { count, drop, put, replace, tidy } from "./_asked.js";
import { tick } from "./_running.js";
import { ask, socket } from "./_socket.js";
import { status } from "./_status.js";

const language = document.documentElement.lang;
const ownDigits = document.documentElement.dataset.digits === "arab"; // the room carries Latin ones
const POLL = 4000, QUIET = 20000, SLOWEST = 60000, LOOK_AGAIN = 60000, BURST = 1500;
let page, polling, soon, misses = 0, wait = POLL;

export function startNews(element) {
  page = element;
  socket.on("connect", join);
  socket.on("disconnect", (why) => {
    status(navigator.onLine ? "catching-up" : "offline");
    if (why === "io server disconnect") setTimeout(() => socket.connect(), 500 + Math.random() * 2000);
  });
  socket.on("connect_error", startPolling);
  socket.io.on("close", () => {
    if (socket.connected) return;
    socket.io.reconnectionDelay(Math.min(500 * 2 ** ++misses, 15000)); // a line that lets it begin and then ends it
    startPolling();
  });
  socket.on("workshop:news", (news) => { if (String(news.workshop) === page.dataset.event) hear(news); });
  for (const left of ["workshop:left", "workshop_desk:left"]) socket.on(left, () => location.reload());
  document.addEventListener("visibilitychange", () => { if (polling && !document.hidden) poll(); });
  addEventListener("offline", () => status("offline"));
  addEventListener("online", () => socket.disconnect().connect());
  if (socket.connected) join();
  else startPolling();
  setInterval(() => { if (socket.connected) join(); }, LOOK_AGAIN); // a push that went astray between servers
}

async function join() {
  misses = 0;
  try {
    const answer = await ask("workshop:join", { workshop: Number(page.dataset.event), language });
    if (answer.error?.code === "not_found") location.reload();
    if (answer.error) throw new Error(answer.error.code);
    if (answer.version !== page.dataset.version) await look();
    clearTimeout(polling);
    polling = undefined;
    wait = POLL;
    status("live");
  } catch {
    startPolling();
  }
}

function hear(news) {
  if (ownDigits) return lookSoon();
  for (const { html } of news.questions) put(html);
  for (const [id, voices] of news.seconds) count(id, voices);
  if (news.gone.filter(drop).length) lookSoon();
  if (news.here) page.querySelector("[data-here-words]").textContent = news.here;
  page.dataset.version = news.version;
  tidy();
}

/** Not every page at the same moment. */
function lookSoon() {
  soon ??= setTimeout(() => { soon = undefined; look(true).catch(startPolling); }, BURST * Math.random());
}

/** The parts of the page as they are now, if they are other ones or `anyway`. */
export async function look(anyway = false) {
  const since = anyway ? "" : `?since=${page.dataset.version}`;
  const response = await fetch(`/${language}/workshops/${page.dataset.event}/live/questions${since}`);
  if (response.status === 404) location.reload(); // no longer ours to see: the page says so
  if (!response.ok) throw new Error(response.status);
  if (response.status === 204) return false;
  replace(await response.text());
  page.dataset.version = response.headers.get("Questions-Version");
  tick();
  tidy();
  return true;
}

function startPolling() {
  if (polling || socket.connected) return;
  polling = setTimeout(poll, wait);
}

/** While somebody looks on, every few seconds; where nobody does, or nothing answers, less and less often. */
async function poll() {
  clearTimeout(polling);
  try {
    wait = (await look()) ? POLL : Math.min(wait * 1.5, document.hidden ? SLOWEST : QUIET);
    status("live");
  } catch {
    wait = Math.min(wait * 2, SLOWEST);
    status("offline");
  }
  polling = socket.connected ? undefined : setTimeout(poll, wait * (0.8 + Math.random() * 0.4));
}
