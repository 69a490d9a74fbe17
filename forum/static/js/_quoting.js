// Quoting: selected words, or a whole post, go into the composer with their source.

import { begin, say } from "./_composer.js";

const button = document.querySelector("[data-quote-selected]");
let topic, form, chosen;

export function startQuoting(element, composer) {
  [topic, form] = [element, composer];
  topic.addEventListener("click", (event) => {
    const link = event.target.closest("[data-quote]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    quoteWhole(link.closest(".post"));
  });
  document.addEventListener("selectionchange", offer);
  addEventListener("scroll", offer, { passive: true });
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  button.addEventListener("click", () => {
    begin(form, chosen.post, chosen.words);
    getSelection().removeAllRanges();
  });
}

/** The button stands at the end of what is selected inside one post. */
function offer() {
  chosen = form.isConnected ? selected() : undefined;
  button.hidden = !chosen;
  if (!chosen) return;
  const [box, room] = [chosen.box, button.getBoundingClientRect()];
  const below = Math.min(box.bottom + 8, innerHeight - room.height - 8);
  const across = Math.min(Math.max(8, (box.left + box.right - room.width) / 2), innerWidth - room.width - 8);
  button.style.insetBlockStart = `${Math.max(8, below)}px`;
  const isMirrored = document.documentElement.dir === "rtl";
  button.style.insetInlineStart = `${isMirrored ? innerWidth - across - room.width : across}px`;
}

function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return undefined;
  const range = selection.getRangeAt(0);
  const inside = range.startContainer.parentElement?.closest(".post .words");
  if (!inside || !topic.contains(inside) || !range.endContainer.parentElement?.closest(".post")) return undefined;
  const said = inside.contains(range.endContainer) ? selection.toString() : rest(selection, range, inside);
  const lines = said.trim().split("\n").map((line) => line.trim());
  const box = range.getBoundingClientRect();
  if (!lines.join("") || box.bottom < 0 || box.top > innerHeight) return undefined;
  const post = inside.closest(".post");
  const body = lines.map((line) => `> ${plain(line)}`.trimEnd()).join("\n").replace(/(\n>){2,}(?=\n)/g, "\n>");
  return { post, box, words: `${source(range, post)}${body}\n\n` };
}

/** A selection that runs out of the post is taken up to the post's end. */
function rest(selection, range, inside) {
  const own = range.cloneRange();
  own.setEndAfter(inside.lastChild);
  return own.toString();
}

/** Words that are quoted from a quote keep the first one's source. */
function source(range, post) {
  const within = (node) => node.parentElement.closest("blockquote.quote");
  const link = within(range.startContainer) && within(range.startContainer) === within(range.endContainer)
    ? within(range.startContainer).querySelector(":scope > .quote-head a") : null;
  const name = (link?.firstElementChild ?? post.querySelector(".byline-name")).textContent.trim();
  const number = link ? link.lastElementChild.textContent.replace(/^#/, "") : post.dataset.number;
  const id = link ? link.getAttribute("href").split("/").pop() : post.dataset.post;
  return `> [${name.replace(/[[\]\\`*_<>]/g, " ")} #${number}](/posts/${id})\n`;
}

/** What was read as plain words is to be shown so again. */
const plain = (line) => line.replace(/[\\`*[\]<]/g, "\\$&").replace(/^([#>])/, "\\$1");

async function quoteWhole(post) {
  try {
    const response = await fetch(`/api/v1/posts/${post.dataset.post}/quote?language=${document.documentElement.lang}`);
    const answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.error.message), { fields: {} });
    begin(form, post, answer.words);
  } catch (error) {
    say(form, error);
  }
}
