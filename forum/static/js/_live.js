// Live: the room of this topic, the gap after a lost connection, and asking over HTTP where websockets are blocked.

import { elements } from "./_fragment.js";
import { apply, reload } from "./_posts.js";
import { showNew } from "./_reading.js";
import { ask, socket } from "./_socket.js";
import { status } from "./_status.js";

const language = document.documentElement.lang;
const ownDigits = document.documentElement.dataset.digits === "arab"; // the room carries Latin ones
const POLL = 3000, QUIET = 12000, SLOWEST = 60000, SOON = 5000, LOOK_AGAIN = 60000;

let topic, polling, again, misses = 0, wait = POLL, isAsking = false, busy = Promise.resolve();

export function startLive(element) {
  topic = element;
  const id = Number(topic.dataset.topic);
  socket.on("connect", arrive);
  socket.on("disconnect", (why) => {
    status(navigator.onLine ? "catching-up" : "offline");
    // The server ended it: the sign-in is over, or the server is. The library leaves coming back to us.
    if (why === "io server disconnect") setTimeout(() => socket.connect(), 500 + Math.random() * 2000);
  });
  socket.on("connect_error", startPolling);
  socket.io.on("close", () => {
    if (socket.connected) return;
    // Something on the way that lets a websocket begin and then ends it: the library would come back at once for ever.
    socket.io.reconnectionDelay(Math.min(500 * 2 ** ++misses, 15000));
    startPolling();
  });
  for (const event of ["post:added", "post:changed"]) {
    socket.on(event, (post) => { if (post.topic === id) inTurn(() => hear(post)); });
  }
  socket.on("topic:changed", (changed) => { if (changed.topic === id) inTurn(async () => showNew(await reload(topic))); });
  socket.on("topic:left", (left) => { if (left.topic === id) location.reload(); });
  document.addEventListener("visibilitychange", () => { if (polling && !document.hidden) poll(); });
  addEventListener("offline", () => status("offline"));
  addEventListener("online", () => {
    stopPolling();
    status("catching-up");
    if (socket.connected) inTurn(join);
    else socket.disconnect().connect(); // now, not when the library's own waiting is over
  });
  if (socket.connected) arrive(); // the bell connected it while this script was still on its way
  else polling = setTimeout(poll, wait); // a socket that neither comes nor fails
  // A push that went astray between servers is found by looking, now and then.
  setInterval(() => { if (socket.connected) inTurn(join); }, LOOK_AGAIN);
}

function arrive() {
  misses = 0;
  stopPolling();
  status("catching-up");
  inTurn(join);
}

/** Fetch what is missing now; the composer asks for it once it has sent. */
export const catchUp = () => inTurn(gap);

const change = () => Number(topic.dataset.change);

/** One after the other, so that answers are applied in the order of the questions. */
function inTurn(work) {
  busy = busy.then(work).catch(() => {
    if (socket.connected) again ??= setTimeout(() => { again = undefined; inTurn(join); }, SOON * (1 + Math.random()));
    else startPolling();
  });
  return busy;
}

async function join() {
  const answer = await ask("topic:join", { topic: Number(topic.dataset.topic), since: change(), language });
  if (answer.error?.code === "not_found") {
    location.reload(); // no longer ours to see: the page says so
    return;
  }
  if (answer.error) throw new Error(answer.error.code); // too often, or the database is away: another look comes
  if (answer.reload) showNew(await reload(topic));
  else if (answer.change > change()) await (ownDigits ? gap() : take(answer.posts, answer.change));
  status("live");
}

async function hear(post) {
  if (post.change <= change()) return;
  if (ownDigits || post.change > change() + 1) await gap();
  else take([post], post.change);
}

function take(posts, upTo) {
  topic.dataset.change = upTo;
  showNew(apply(topic, posts));
}

/** What changed, over HTTP, in the reader's own digits. */
async function gap() {
  const response = await fetch(`/${language}/topics/${topic.dataset.topic}/posts?since=${change()}`);
  if (response.status === 404) location.reload(); // as above
  if (!response.ok) throw new Error(response.status);
  const upTo = Number(response.headers.get("Topic-Change"));
  const held = Number(response.headers.get("Topic-Held")); // of the reader's own replies, or none
  if (held !== topic.querySelectorAll("[data-held] .held-post").length) import("./_holding.js").then(({ redraw }) => redraw());
  if (response.headers.get("Topic-Reload")) {
    showNew(await reload(topic));
    return true;
  }
  const posts = elements(await response.text()).map((post) => ({
    number: Number(post.dataset.number),
    position: Number(post.dataset.position),
    html: post.outerHTML,
  }));
  const isNews = upTo > change();
  if (isNews) take(posts, upTo);
  return isNews;
}

function startPolling() {
  if (polling || socket.connected) return;
  status(navigator.onLine ? "catching-up" : "offline");
  polling = setTimeout(poll, wait);
}

/** While somebody looks on, every few seconds; where nobody does, or nothing answers, less and less often. */
async function poll() {
  if (isAsking) return;
  isAsking = true;
  clearTimeout(polling);
  try {
    wait = (await gap()) ? POLL : Math.min(wait * 1.5, document.hidden ? SLOWEST : QUIET);
    status("live");
  } catch {
    wait = Math.min(wait * 2, SLOWEST);
    status("offline");
  }
  isAsking = false;
  polling = socket.connected ? undefined : setTimeout(poll, wait * (0.8 + Math.random() * 0.4));
}

function stopPolling() {
  clearTimeout(polling);
  polling = undefined;
  wait = POLL;
}
