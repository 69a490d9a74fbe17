// Keys that do something by themselves: to the next post, to a list, the sheet that names them all. Each leads where a
// link or button of the page leads, so that nothing can be done by keys alone, and nothing that the reader may not.

import { page } from "./_fragment.js";
import { areOn } from "./_switch.js";

const root = document.documentElement;
const STOPS = ".post, .topic-row, .notice, .workshop-card, .directory > li";
const WAIT = 1500; // for the letter after g

const lists = {
  h: "/", l: "/topics", u: "/topics?show=unread", n: "/topics?show=new", w: "/topics?show=unanswered", m: "/topics?show=mine",
  e: "/workshops", i: "/notices", b: "/bookmarks", d: "/drafts", s: "/settings",
};
const acts = {
  j: () => step(1),
  k: () => step(-1),
  s: search,
  r: reply,
  q: quote,
  u: () => document.querySelector("[data-continue]")?.click(),
  f: () => reach(document.querySelector(".follow [aria-pressed=true], .follow button")),
  c: () => here()?.querySelector("a.stamp")?.click(),
  m: () => here()?.querySelector(".post-foot a[href$='/menu']")?.click(),
};
let going, sheet;

/** The first key is already pressed. */
export function startKeys(first) {
  addEventListener("keydown", press);
  press(first);
}

function press(event) {
  if (!areOn() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isWriting(event.target)) return;
  if (event.key === "?" || event.key === "؟") {
    event.preventDefault();
    showSheet();
    return;
  }
  const letter = letterOf(event);
  if (!letter || event.shiftKey) return;
  const isSecond = Boolean(going);
  clearTimeout(going);
  going = undefined;
  if (isSecond && letter in lists) location.assign(`/${root.lang}${lists[letter]}`);
  else if (letter === "g" && !event.repeat) going = setTimeout(() => { going = undefined; }, WAIT);
  else if (letter in acts && !(event.repeat && !"jk".includes(letter))) acts[letter]();
  else return;
  event.preventDefault();
}

/** The Latin letter that was pressed; on a keyboard of another script, the one that lies there. */
function letterOf(event) {
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  return event.key.length <= 2 && event.key > "\x7f" && event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : undefined;
}

const isWriting = (element) => Boolean(element.closest?.("input, textarea, select, [contenteditable], dialog, [role=listbox]"));

const stops = () => [...document.querySelectorAll(STOPS)].filter((one) => one.checkVisibility?.() ?? one.getClientRects().length);

const here = () => document.activeElement.closest(".post") ?? stops().find((one) => one.matches(".post") && one.getBoundingClientRect().bottom > 96);

/** To the next stop, or the one before; behind the last one, to the way on. */
function step(by) {
  const all = stops();
  const at = all.indexOf(document.activeElement.closest(STOPS));
  const seen = all.findIndex((one) => one.getBoundingClientRect().bottom > 96);
  const next = at < 0 ? all[by > 0 ? seen : Math.max(0, seen - 1)] : all[at + by];
  if (next) reach(next.querySelector(":is(h2, h3) a, .byline-name, a"), next);
  else reach(document.querySelector(`nav.pager a[rel=${by > 0 ? "next" : "prev"}]`));
}

function reach(element, shown = element) {
  if (!element) return;
  element.focus({ preventScroll: true, focusVisible: true });
  shown.scrollIntoView({ block: shown.matches(".post") ? "start" : "nearest", behavior: "auto" });
}

function search() {
  const folded = document.querySelector("details.jump-to, details.narrow");
  if (folded) folded.open = true;
  const field = (folded ?? document.querySelector("form[role=search], .find"))?.querySelector("input:not([type=hidden]), select");
  field?.focus();
  field?.scrollIntoView({ block: "nearest" });
}

function reply() {
  const post = document.activeElement.closest(".post");
  const box = document.querySelector("form[data-topic-composer] textarea");
  if (post) post.querySelector("[data-reply-to]")?.click();
  else box?.focus();
}

function quote() {
  const selected = document.querySelector("[data-quote-selected]:not([hidden])");
  (selected ?? here()?.querySelector("[data-quote]"))?.click();
}

/** The list of all keys, from its own page. What had the focus gets it back. */
async function showSheet() {
  const before = document.activeElement;
  try {
    sheet ??= await makeSheet();
  } catch {
    location.assign(`/${root.lang}/keys`);
    return;
  }
  if (sheet.open) return;
  sheet.addEventListener("close", () => before.focus?.(), { once: true });
  sheet.showModal();
}

async function makeSheet() {
  const response = await fetch(`/${root.lang}/keys`);
  if (!response.ok) throw new Error(response.status);
  const list = document.adoptNode(page(await response.text()).querySelector("[data-keys-sheet]"));
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  dialog.setAttribute("aria-label", list.dataset.wordsTitle);
  const head = document.createElement("header");
  const title = document.createElement("h2");
  title.textContent = list.dataset.wordsTitle;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button quiet";
  close.textContent = list.dataset.wordsClose;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  head.append(title, close);
  dialog.append(head, list);
  document.body.append(dialog);
  return dialog;
}
