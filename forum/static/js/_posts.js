// Putting fragments into the page: a changed post is morphed in place, a new one stands at its position, and what the
// reader looks at does not move.

import { Idiomorph } from "idiomorph";
import { elements, page as parse } from "./_fragment.js";
import { setMoments } from "./_words.js";

const FRESH = 1200;

const inView = (box) => box.bottom > 0 && box.top < innerHeight;

/** Do something to the page and keep what the reader looks at, or writes in, where it is. */
export function keepStill(change) {
  const focused = document.activeElement?.closest("form, .post");
  const seen = [...document.querySelectorAll(".post")].find((post) => inView(post.getBoundingClientRect()));
  const anchor = focused && inView(focused.getBoundingClientRect()) ? focused : seen ?? focused;
  const before = anchor?.getBoundingClientRect().top;
  change();
  if (!anchor?.isConnected) return;
  const moved = anchor.getBoundingClientRect().top - before;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}

/** Apply fragments ({number, position, html}); returns the elements that are new on this page. */
export function apply(topic, posts) {
  const place = topic.querySelector("[data-posts]");
  const page = Number(topic.dataset.page), size = Number(topic.dataset.postLimit);
  const added = [];
  keepStill(() => {
    for (const post of posts) {
      const fresh = elements(post.html)[0];
      const old = document.getElementById(`post-${post.number}`);
      setMoments(fresh);
      if (old) Idiomorph.morph(old, fresh);
      else if (post.position > page * size) goesOn(topic);
      else if (post.position > (page - 1) * size) added.push(insert(place, fresh, post.position));
    }
  });
  topic.dispatchEvent(new Event("posts:changed"));
  return added;
}

function insert(place, fresh, position) {
  const after = [...place.querySelectorAll(".post")].find((post) => Number(post.dataset.position) > position);
  place.insertBefore(fresh, after ?? null);
  return fresh;
}

/** The page is full: what comes now stands on the next one. */
function goesOn(topic) {
  topic.querySelector("[data-new-page]").hidden = Boolean(topic.querySelector("nav.pager a[rel=next]"));
}

/** Load the page anew into this one: head, posts and ways are morphed, a half-written reply stays. Returns the
    elements that are new. */
export async function reload(topic) {
  let fresh = await load();
  if (Number(fresh.dataset.change) <= Number(topic.dataset.change)) {
    await new Promise((done) => setTimeout(done, FRESH)); // guests may be given a page from a second ago
    fresh = await load();
  }
  const before = new Set([...topic.querySelectorAll(".post")].map((post) => post.id));
  keepStill(() => {
    for (const part of [".topic-head", "[data-posts]", "nav.jump", "nav.pager"]) {
      const [old, now] = [topic.querySelector(part), fresh.querySelector(part)];
      if (old && now) Idiomorph.morph(old, now, { morphStyle: "outerHTML" });
      else if (now && part === "nav.pager") topic.querySelector("[data-new-page]").after(now);
    }
    if (topic.querySelector("nav.pager a[rel=next]")) topic.querySelector("[data-new-page]").hidden = true;
    swapComposer(topic, fresh);
    const [tools, newTools] = [document, fresh.ownerDocument].map((page) => page.querySelector(".tools"));
    if (tools && newTools) Idiomorph.morph(tools, newTools, { morphStyle: "outerHTML" });
    for (const name of ["change", "pages", "lastNumber"]) topic.dataset[name] = fresh.dataset[name];
    topic.toggleAttribute("data-closed", fresh.hasAttribute("data-closed"));
    setMoments(topic);
  });
  topic.dispatchEvent(new Event("posts:changed"));
  return [...topic.querySelectorAll(".post")].filter((post) => !before.has(post.id));
}

async function load() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok) {
    if (response.status < 500) location.reload();
    throw new Error(response.status);
  }
  return parse(await response.text()).querySelector("[data-topic]");
}

/** A topic that was closed takes no replies: its line stands instead, but never over words that were begun. */
function swapComposer(topic, fresh) {
  const [old, now] = [topic.querySelector("#reply"), fresh.querySelector("#reply")];
  if (Boolean(old) === Boolean(now)) return;
  const line = (now ? topic : fresh).querySelector(":scope > .closed-line");
  if (!old && line) line.replaceWith(now);
  else if (old && line && !old.querySelector("textarea").value.trim()) old.replaceWith(line);
  else if (old && line) old.before(line);
}
