// The live page of an event: asking, seconding and the moderators' buttons without leaving it. Each of them works as a
// form without this script.

import { count, startAsked } from "./_asked.js";
import { look, startNews } from "./_news.js";
import { startClock } from "./_running.js";
import { announce } from "./_status.js";

const page = document.querySelector("[data-event]");
const language = document.documentElement.lang;

const api = (address) => `${new URL(address, location).pathname.replace(/^\/[^/]+/, "/api/v1")}?language=${language}`;

/** The answer's JSON; an Error with words for the reader where it is refused or does not arrive. */
async function send(method, address, body) {
  const given = body ? { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {};
  let response;
  try {
    response = await fetch(api(address), { method, ...given });
  } catch {
    throw new Error(page.dataset.wordsFailed);
  }
  const said = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw new Error(Object.values(said.error.fields)[0] ?? said.error.message);
  return said;
}

/** Say why not, where the finger is. */
function complain(near, words) {
  near.querySelector(":scope > .field-error")?.remove();
  if (!words) return;
  const line = document.createElement("p");
  line.className = "field-error";
  line.textContent = words;
  near.append(line);
  announce(words);
}

async function press(button) {
  const one = button.closest(".asked, .here"), address = button.formAction;
  button.disabled = true;
  try {
    const said = await send(button.value, address);
    complain(one);
    if (address.endsWith("/voice")) {
      one.toggleAttribute("data-voice", said.seconded);
      count(said.id, said.seconds);
    } else if (address.endsWith("/attendance/mine")) one.toggleAttribute("data-mine", said.mine);
    else await look();
  } catch (error) {
    complain(one, error.message);
  }
  button.disabled = false;
}

async function askQuestion(form) {
  const button = form.querySelector("button:not([type])"), wrong = form.querySelector("[data-ask-error]");
  const { words, key, talk } = form.elements;
  button.disabled = true;
  try {
    await send("POST", form.action, { words: words.value, key: key.value, talk: talk?.value ?? "" });
    words.value = "";
    key.value = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    wrong.hidden = true;
    announce(page.dataset.wordsAsked);
    await look();
  } catch (error) {
    wrong.textContent = error.message; // what was written stays
    wrong.hidden = false;
    announce(error.message);
  }
  button.disabled = false;
}

function openHiding(link) {
  const one = link.closest(".asked"), there = one.querySelector(".hide-form");
  if (there) return there.remove();
  const form = page.querySelector("[data-hide-form]").content.firstElementChild.cloneNode(true);
  form.action = `${link.href.split("#")[0]}/hiding`;
  one.append(form);
  form.elements.reason.focus();
}

async function hide(form) {
  try {
    await send("PUT", form.action, { reason: form.elements.reason.value });
    form.remove();
    await look();
  } catch (error) {
    complain(form, error.message);
  }
}

page.addEventListener("click", (event) => {
  const button = event.target.closest("button[form='act']"), link = event.target.closest("a[data-hide]");
  if (button) {
    event.preventDefault();
    press(button);
  } else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openHiding(link);
  }
});
page.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-ask], .hide-form");
  if (!form) return;
  event.preventDefault();
  if (form.matches("[data-ask]")) askQuestion(form);
  else hide(form);
});

const form = page.querySelector("[data-ask]");
if (form) {
  form.hidden = false;
  page.querySelector("[data-ask-link]").hidden = true;
}
startAsked(page);
startClock(page);
startNews(page);
