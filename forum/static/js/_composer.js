// The composer: tools, preview, sending without leaving the page. Whatever fails, the words stay in the box.

import { elements } from "./_fragment.js";
import { catchUp } from "./_live.js";

const marks = {
  bold: ["**", "**"], italic: ["*", "*"], code: ["`", "`"], link: ["[", "](https://)"],
  quote: ["> ", ""], list: ["- ", ""], numbered: ["1. ", ""],
};
const drafts = new WeakMap();
const byKey = { KeyB: "bold", KeyI: "italic", KeyK: "link" }; // where they lie, whatever letters the keyboard writes
const ofLines = new Set(["quote", "list", "numbered"]);

export function startComposer(form, topic) {
  const box = form.elements.words;
  const toolbar = form.querySelector("[data-toolbar]");
  toolbar.hidden = false;
  steer(toolbar);
  toolbar.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]")?.dataset.tool;
    if (tool) mark(box, tool);
  });
  box.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    if (event.key === "Enter") form.requestSubmit();
    const tool = !event.altKey && !event.shiftKey && byKey[event.code];
    if (!tool) return;
    event.preventDefault();
    mark(box, tool);
  });
  box.addEventListener("input", async function look() {
    if (!box.value.includes("@")) return;
    box.removeEventListener("input", look);
    (await import("./_mentions.js")).startMentions(box, form.querySelector("[data-mentions]"));
  });
  takeFiles(form, box);
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
  if (form.querySelector("[data-draft]")) keepDraft(form, topic);
}

/** Files chosen, dropped or pasted. What does it is fetched with the first of them. */
function takeFiles(form, box) {
  const plain = form.querySelector("[data-attach-plain]"), frame = box.closest(".composer-box");
  const chooser = plain.querySelector("input[type=file]");
  const take = (files) => {
    const given = [...files]; // the browser empties its own list
    import("./_attaching.js").then(({ attaching }) => attaching(form).add(given));
  };
  plain.hidden = true;
  for (const field of plain.querySelectorAll("[name]")) field.disabled = true; // they are for a form without a script
  chooser.multiple = true;
  chooser.addEventListener("change", () => { take(chooser.files); chooser.value = ""; });
  form.querySelector("[data-attach]").addEventListener("click", () => { chooser.disabled = false; chooser.click(); chooser.disabled = true; });
  box.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    take(event.clipboardData.files);
  });
  const isOver = (event) => event.dataTransfer?.types.includes("Files");
  frame.addEventListener("dragover", (event) => {
    if (!isOver(event)) return;
    event.preventDefault();
    frame.classList.add("is-over");
  });
  frame.addEventListener("dragleave", () => frame.classList.remove("is-over"));
  frame.addEventListener("drop", (event) => {
    frame.classList.remove("is-over");
    if (!isOver(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  if (box.value.includes("](/files/")) import("./_attaching.js").then(({ attaching, isBare }) => { if (isBare(box.value)) attaching(form).bring(); });
}

/** Sent or not, what is written here is kept. Without the script a button does it. */
async function keepDraft(form, topic) {
  form.querySelector("[data-keep]")?.setAttribute("hidden", "");
  const { deliver, forgetWithButtons, settle, startDraft } = await import("./_drafts.js");
  const { member } = form.querySelector("[data-draft]").dataset;
  if (topic) settle();
  const draft = startDraft(form);
  drafts.set(form, draft);
  forgetWithButtons(member, draft);
  const answered = form.hasAttribute("data-topic-composer") && document.getElementById(`post-${form.elements.reply_to.value}`);
  if (answered) answer(form, answered);
  deliver(member);
}

/** One stop for the Tab key; arrows go along the tools as they are read. */
function steer(toolbar) {
  const tools = [...toolbar.querySelectorAll(".tool")];
  const reach = (tool) => tools.forEach((one) => { one.tabIndex = one === tool ? 0 : -1; });
  reach(tools[0]);
  toolbar.addEventListener("focusin", (event) => reach(event.target));
  toolbar.addEventListener("keydown", (event) => {
    const isMirrored = document.documentElement.dir === "rtl";
    const here = tools.indexOf(document.activeElement);
    const [left, right] = isMirrored ? [here + 1, here - 1] : [here - 1, here + 1];
    const place = { ArrowLeft: left, ArrowRight: right, Home: 0, End: -1 }[event.key];
    if (place === undefined) return;
    event.preventDefault();
    tools.at(place % tools.length).focus();
  });
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
    await drafts.get(form)?.pause();
    const given = texts(form);
    const sent = await post(`/topics/${topic.dataset.topic}/posts`, {
      ...given, key: key.value, reply_to: answered.value ? Number(answered.value) : null,
    });
    if (words.value === given.words) words.value = ""; // else somebody has already begun to write on
    form.querySelector("[data-preview-place]").replaceChildren();
    renew(key);
    answerNobody(form);
    drafts.get(form)?.sent();
    if (!form.querySelector("[data-attached]").hidden) (await import("./_attaching.js")).attaching(form).clear();
    complain(form, "");
    if (sent.held) return location.assign(`/${document.documentElement.lang}/held/${sent.held}`);
    await catchUp();
    show(topic, sent);
  } catch (error) {
    drafts.get(form)?.changed();
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
    answer(form, link.closest(".post"));
    form.elements.words.focus();
  });
  form.querySelector("[data-answer-nobody]").addEventListener("click", () => answerNobody(form));
}

function answer(form, post) {
  const line = form.querySelector("[data-answers]");
  form.elements.reply_to.value = post.dataset.number;
  line.querySelector("span").replaceChildren(
    post.querySelector(".byline-name").firstElementChild.cloneNode(true), ` #${post.dataset.number}`,
  );
  line.hidden = false;
}

/** Put a quote of this post behind what is written; who had written nothing answers the post with it. */
export function begin(form, post, quote) {
  const box = form.elements.words;
  const before = box.value.trimEnd();
  if (!before && !form.elements.reply_to.value) answer(form, post);
  box.value = before ? `${before}\n\n${quote}` : quote;
  box.focus();
  box.selectionStart = box.selectionEnd = box.value.length;
  box.scrollTop = box.scrollHeight;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Say what went wrong, at the composer. */
export const say = (form, error) => complain(form, why(form, error));

function answerNobody(form) {
  form.elements.reply_to.value = "";
  form.querySelector("[data-answers]").hidden = true;
}
