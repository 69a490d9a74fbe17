// The list of questions: one that is another one is morphed in place, a new one stands at the end, and the list is put
// in order while nobody has a finger on it; else a button offers to.

import { Idiomorph } from "idiomorph";
import { elements } from "./_fragment.js";
import { setMoments, number } from "./_words.js";

let page;
const open = () => page.querySelector("[data-open-ones]");
const answered = () => page.querySelector("[data-answered-ones]");

export function startAsked(element) {
  page = element;
  page.addEventListener("click", (event) => { if (event.target.closest("[data-order] button")) order(); });
}

/** A fragment from the server; what is the reader's own stays theirs. */
export function put(html) {
  const [fresh] = elements(html), old = document.getElementById(fresh.id);
  setMoments(fresh);
  for (const mark of ["mine", "voice"]) if (old && mark in old.dataset) fresh.dataset[mark] = "";
  const home = "answered" in fresh.dataset ? answered() : open();
  if (old?.parentElement === home) Idiomorph.morph(old, fresh, { morphStyle: "outerHTML", callbacks: keeping });
  else {
    old?.remove();
    home.append(fresh);
  }
}

/** It went out of sight; whether it was the reader's own, who still sees it. */
export function drop(id) {
  const old = document.getElementById(`question-${id}`);
  if (old && "mine" in old.dataset) return true;
  old?.remove();
  return false;
}

export function count(id, voices) {
  const one = document.getElementById(`question-${id}`);
  if (!one) return;
  one.dataset.seconds = voices;
  one.toggleAttribute("data-settled", one.hasAttribute("data-settled") || voices > 0);
  one.querySelector("[data-voices]").textContent = number(voices);
}

/** Fresh parts of the page, with what is the reader's own. */
export function replace(html) {
  for (const fresh of elements(html)) {
    setMoments(fresh);
    const old = document.getElementById(fresh.id);
    if (old) Idiomorph.morph(old, fresh, { morphStyle: "outerHTML", callbacks: keeping });
  }
}

// What the reader has opened stays open.
const keeping = {
  beforeNodeRemoved: (node) => !node.matches?.(".hide-form"),
  beforeAttributeUpdated: (name, node) => !(name === "open" && node.matches("details")),
};

const wanted = (list) => [...list.children].sort((one, other) => other.dataset.seconds - one.dataset.seconds || one.dataset.question - other.dataset.question);

/** After changes: in order at once, or on demand while somebody reads or is about to press. */
export function tidy() {
  for (const list of [open(), answered()]) {
    const none = list.parentElement.querySelector(":scope > [data-none-yet]");
    if (none) none.hidden = list.children.length > 0;
  }
  const list = open(), sorted = wanted(list);
  const isOff = sorted.some((one, place) => one !== list.children[place]);
  if (isOff && !list.matches(":hover, :focus-within")) order();
  else page.querySelector("[data-order]").hidden = !isOff;
}

function order() {
  const list = open();
  list.append(...wanted(list));
  page.querySelector("[data-order]").hidden = true;
}
