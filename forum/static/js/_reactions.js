// Reactions of a member: which are their own, choosing one, taking it back. Counts come with the posts themselves.

import { catchUp } from "./_live.js";
import { announce } from "./_status.js";

let topic, choices, mine;

export function startReactions(element) {
  topic = element;
  choices = topic.querySelector("[data-reaction-choices]");
  mine = new Set(topic.dataset.mine.split(" ").filter(Boolean));
  mark();
  topic.addEventListener("posts:changed", mark);
  topic.addEventListener("click", clicked);
  topic.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !choices.hidden) close();
    else if (event.key === " " && event.target.matches("a.reaction[role=button]")) clicked(event);
  });
}

/** Links become buttons that are pressed or not; to a post of one's own they stay links to who reacted. */
function mark() {
  for (const chip of topic.querySelectorAll(".post a.reaction")) {
    const post = chip.closest(".post");
    if (post.dataset.author === topic.dataset.reader) continue;
    chip.setAttribute("role", "button");
    chip.setAttribute("aria-pressed", mine.has(`${post.dataset.post}:${chip.dataset.reaction}`));
  }
}

function clicked(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const button = event.target.closest("[data-react], a.reaction[role=button], [data-choice]");
  const post = button?.closest(".post") ?? (button && document.getElementById(choices.dataset.for));
  if (!post || (button.matches("[data-react]") && post.dataset.author === topic.dataset.reader)) return;
  event.preventDefault();
  if (button.matches("[data-react]")) toggleChoices(button, post);
  else toggle(post, button.dataset.reaction ?? button.dataset.choice);
}

function toggleChoices(button, post) {
  if (!choices.hidden && choices.dataset.for === post.id) {
    close();
    return;
  }
  choices.dataset.for = post.id;
  for (const choice of choices.children) choice.setAttribute("aria-pressed", mine.has(`${post.dataset.post}:${choice.dataset.choice}`));
  post.after(choices);
  choices.hidden = false;
  choices.firstElementChild.focus();
  choices.scrollIntoView({ block: "nearest" });
}

function close() {
  choices.hidden = true;
  document.getElementById(choices.dataset.for)?.querySelector("[data-react]")?.focus();
}

async function toggle(post, kind) {
  const name = `${post.dataset.post}:${kind}`;
  const method = mine.has(name) ? "DELETE" : "PUT";
  try {
    const path = `/api/v1/posts/${post.dataset.post}/reactions/${kind}?language=${document.documentElement.lang}`;
    const response = await fetch(path, { method });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error.message);
    for (const one of [...mine]) if (one.startsWith(`${answer.post}:`)) mine.delete(one);
    for (const one of answer.mine) mine.add(`${answer.post}:${one}`);
    if (!choices.hidden) close();
    mark();
    await catchUp();
  } catch (error) {
    announce(error instanceof TypeError ? choices.dataset.wordsFailed : error.message);
  }
}
