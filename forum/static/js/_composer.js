// The composer: tools, preview, sending without leaving the page. Whatever fails, the words stay in the box.

import { elements } from "./_fragment.js";
import { catchUp } from "./_live.js";

const marks = {
  bold: ["**", "**"], italic: ["*", "*"], code: ["`", "`"], link: ["[", "](https://)"],
  quote: ["> ", ""], list: ["- ", ""], numbered: ["1. ", ""],
};
const ofLines = new Set(["quote", "list", "numbered"]);

export function startComposer(form, topic) {
  const box = form.elements.words;
  const toolbar = form.querySelector("[data-toolbar]");
  toolbar.hidden = false;
  toolbar.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]")?.dataset.tool;
    if (tool) mark(box, tool);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.querySelector("[data-preview-button]").addEventListener("click", (event) => {
    event.preventDefault();
    preview(form);
  });
  if (form.hasAttribute("data-topic-composer")) {
    form.addEventListener("submit", (event) => {
      if (event.submitter?.name === "preview") return;
      event.preventDefault();
      send(form, topic);
    });
    answerFrom(form, topic);
  }
}

function mark(box, tool) {
  const [before, after] = marks[tool];
  const { selectionStart: start, selectionEnd: end, value } = box;
  const chosen = value.slice(start, end);
  const text = ofLines.has(tool) ? chosen.split("\n").map((line) => before + line).join("\n") : before + chosen + after;
  box.setRangeText(text, start, end, "end");
  if (!chosen && after) box.selectionStart = box.selectionEnd = start + before.length;
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

async function post(path, payload) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`/api/v1${path}?language=${document.documentElement.lang}`, { method: "POST", headers, body: JSON.stringify(payload) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error.message), { fields: answer.error.fields });
  return answer;
}

const texts = (form) => ({ words: form.elements.words.value, language: form.elements.language.value || null });

async function preview(form) {
  const place = form.querySelector("[data-preview-place]");
  try {
    const shown = await post("/preview", texts(form));
    const box = document.createElement("section");
    box.className = "preview";
    const label = document.createElement("p");
    label.className = "label";
    label.textContent = place.dataset.words;
    const words = document.createElement("div");
    words.className = "words";
    words.dir = shown.direction;
    words.append(...elements(shown.html));
    box.append(label, words);
    place.replaceChildren(box);
    complain(form, "");
  } catch (error) {
    complain(form, why(form, error));
  }
}

async function send(form, topic) {
  const button = form.querySelector("button:not([type]):not([name])");
  if (button.disabled) return;
  button.disabled = true;
  try {
    const { reply_to: answered, key, words } = form.elements;
    const given = texts(form);
    const sent = await post(`/topics/${topic.dataset.topic}/posts`, {
      ...given, key: key.value, reply_to: answered.value ? Number(answered.value) : null,
    });
    if (words.value === given.words) words.value = ""; // else somebody has already begun to write on
    form.querySelector("[data-preview-place]").replaceChildren();
    renew(key);
    answerNobody(form);
    complain(form, "");
    await catchUp();
    show(topic, sent);
  } catch (error) {
    if (error.fields) renew(form.elements.key); // the server has answered: what comes next is another sending
    complain(form, why(form, error));
  } finally {
    button.disabled = false;
  }
}

function renew(key) {
  key.value = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
}

/** The reply that was just sent: here, or on the page where it stands. */
function show(topic, sent) {
  const here = document.getElementById(`post-${sent.number}`);
  if (here) here.scrollIntoView({ block: "nearest", behavior: "auto" });
  else location.assign(`/${document.documentElement.lang}/posts/${sent.id}`);
}

/** What the server said, or that it could not be reached. */
const why = (form, error) =>
  Object.values(error.fields ?? {})[0] ?? (error.fields ? error.message : form.querySelector("[data-composer-error]").dataset.wordsFailed);

function complain(form, words) {
  const line = form.querySelector("[data-composer-error]");
  line.textContent = words;
  line.hidden = !words;
}

function answerFrom(form, topic) {
  topic.addEventListener("click", (event) => {
    const link = event.target.closest("[data-reply-to]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answered = link.closest(".post");
    const line = form.querySelector("[data-answers]");
    form.elements.reply_to.value = link.dataset.replyTo;
    line.querySelector("span").replaceChildren(
      answered.querySelector(".byline-name").firstElementChild.cloneNode(true), ` #${answered.dataset.number}`,
    );
    line.hidden = false;
    form.elements.words.focus();
  });
  form.querySelector("[data-answer-nobody]").addEventListener("click", () => answerNobody(form));
}

function answerNobody(form) {
  form.elements.reply_to.value = "";
  form.querySelector("[data-answers]").hidden = true;
}
