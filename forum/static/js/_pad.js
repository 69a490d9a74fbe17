// Shared notes: readers see them change, the writer's words save themselves, the pen goes from hand to hand.

import { elements } from "./_fragment.js";
import { startPadForm } from "./_padform.js";
import { ask, socket } from "./_socket.js";
import { announce } from "./_status.js";
import { setMoments } from "./_words.js";

const language = document.documentElement.lang;
const ownDigits = document.documentElement.dataset.digits === "arab"; // the room carries Latin ones
const POLL = 3000, SLOWEST = 30000, LOOK_AGAIN = 60000, SPREAD = 1500, LATE = 800;

export function startPad(pad) {
  const id = Number(pad.dataset.pad);
  let writing, polling, passing, wait = POLL, busy = Promise.resolve();

  const text = () => pad.querySelector("[data-pad-text]");
  const change = () => Number(text().dataset.change);
  const me = pad.dataset.reader;
  const inTurn = (work) => (busy = busy.then(work).catch(startPolling));

  socket.on("connect", arrive);
  socket.on("disconnect", startPolling);
  socket.on("connect_error", startPolling);
  socket.on("pad:changed", (push) => { if (push.workshop === id && push.change > change()) inTurn(() => hear(push)); });
  socket.on("pad:left", (left) => { if (left.pad === id) location.reload(); });
  setInterval(() => { if (socket.connected) inTurn(join); }, LOOK_AGAIN);
  if (socket.connected) arrive();
  else startPolling();
  begin();

  function arrive() {
    clearTimeout(polling);
    polling = undefined;
    wait = POLL;
    inTurn(join);
  }

  async function join() {
    const answer = await ask("pad:join", { workshop: id, language });
    if (answer.error?.code === "not_found") location.reload(); // no longer ours to see: the page says so
    else if (answer.error) throw new Error(answer.error.code);
    else if (answer.change !== change()) await fetchPart();
  }

  async function hear(push) {
    const [fresh] = elements(push.html);
    const isPassed = ["writer", "asker"].some((name) => fresh.dataset[name] !== text().dataset[name]);
    if (!ownDigits) draw(fresh);
    if (ownDigits || (isPassed && "mayWrite" in pad.dataset)) {
      // Everybody who may write would ask in the same moment; the two whom it concerns do.
      const concerns = [fresh.dataset.writer, fresh.dataset.asker].includes(me) || "mine" in pad.dataset;
      if (!concerns) await new Promise((done) => setTimeout(done, Math.random() * SPREAD));
      await fetchPart(true);
    }
  }

  function draw(fresh) {
    setMoments(fresh);
    text().replaceWith(fresh);
    waitForPen();
  }

  /** The notes as this reader may use them now; the box in which they write is left alone. */
  async function fetchPart(always = false) {
    const since = always ? "" : `?since=${change()}`;
    const response = await fetch(`/${language}/workshops/${id}/notes/part${since}`);
    if (response.status === 404) location.reload();
    if (!response.ok) throw new Error(response.status);
    if (response.status === 204) return false;
    const [fresh] = elements(await response.text());
    const isMine = "mine" in fresh.dataset, wasMine = "mine" in pad.dataset;
    if (wasMine && !isMine && writing?.hasUnsaved()) {
      await writing.save(); // refused, it sends the form: the page brings both texts
      return true;
    }
    if ((isMine && wasMine) || (writing && !wasMine && writing.hasUnsaved())) {
      draw(fresh.querySelector("[data-pad-text]"));
      return true;
    }
    if (pad.dataset.heading) fresh.prepend(pad.querySelector(pad.dataset.heading));
    pad.replaceChildren(...fresh.children);
    pad.toggleAttribute("data-mine", isMine);
    setMoments(pad);
    if (isMine && !wasMine) announce(pad.dataset.wordsYours);
    begin();
    return true;
  }

  function begin() {
    writing = startPadForm(pad, { taken: () => inTurn(() => fetchPart(true)) });
    for (const form of pad.querySelectorAll("[data-pad-act]")) form.addEventListener("submit", act);
    waitForPen();
  }

  async function act(event) {
    event.preventDefault();
    const [method, what, over] = event.target.dataset.padAct.split(" ");
    await send(method, what, over ? { over: true } : {});
  }

  async function send(method, what, body) {
    const line = pad.querySelector("[data-pad-error]");
    try {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch(`/api/v1/workshops/${id}/notes/${what}?language=${language}`, { method, headers, body: JSON.stringify(body) });
      const said = response.ok ? "" : (await response.json()).error.message;
      await inTurn(() => fetchPart(true));
      const there = pad.querySelector("[data-pad-error]");
      there.textContent = said;
      there.hidden = !said;
    } catch {
      line.textContent = pad.dataset.wordsFailed;
      line.hidden = false;
    }
  }

  /** Who has asked takes the pen when the lease is over. */
  function waitForPen() {
    clearTimeout(passing);
    const { asker, writer, until } = text().dataset;
    if (!me || asker !== me || writer === me) return;
    const left = until ? Math.max(new Date(until) - Date.now(), 0) : 0;
    passing = setTimeout(() => send("PUT", "pen", {}), left + LATE);
  }

  function startPolling() {
    if (!socket.connected) polling ??= setTimeout(poll, wait);
  }

  async function poll() {
    polling = undefined;
    try {
      wait = (await fetchPart()) ? POLL : Math.min(wait * 1.3, SLOWEST / 3);
    } catch {
      wait = Math.min(wait * 2, SLOWEST);
    }
    startPolling();
  }
}
