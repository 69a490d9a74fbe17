// Files that go with what is written: uploaded at once, each with a card below the box. The text holds a line for each;
// what a picture shows is written in its card and stands in the line's brackets. A lost line loses no file.

const LARGEST = 10 * 1024 * 1024;
const lineOf = (id) => new RegExp(`!?\\[[^\\]\\n]*\\]\\(/files/${id}\\)`);
const bare = /!\[\s*\]\(\/files\/([1-9]\d*)\)/g;
const started = new WeakMap();

/** What the composer of this form says to it: `add(files)`. */
export function attaching(form) {
  if (!started.has(form)) started.set(form, start(form));
  return started.get(form);
}

function start(form) {
  const box = form.elements.words, list = form.querySelector("[data-attached]");
  const template = form.querySelector("[data-attached-card]");
  const cards = new Set();

  /** A line of its own for the file, where the caret is. */
  function put(line) {
    const { selectionStart: at, value } = box;
    const before = value.slice(0, at), after = value.slice(at);
    const text = `${before && !before.endsWith("\n") ? "\n\n" : ""}${line}${after.startsWith("\n") ? "" : "\n"}`;
    box.setRangeText(text, at, box.selectionEnd, "end");
    changed();
  }

  const changed = () => box.dispatchEvent(new Event("input", { bubbles: true }));
  const isThere = (card) => card.file && lineOf(card.file.id).test(box.value);

  function add(file, { isKept = false } = {}) {
    const node = template.content.firstElementChild.cloneNode(true);
    const card = { node, given: file, file: isKept ? file : null, input: node.querySelector("[data-describe] input") };
    cards.add(card);
    list.hidden = false;
    list.append(node);
    node.querySelector("[data-name]").textContent = file.name;
    node.querySelector("[data-again]").addEventListener("click", () => send(card));
    node.querySelector("[data-put]").addEventListener("click", () => put(described(card)));
    node.querySelector("[data-away]").addEventListener("click", () => away(card));
    card.input.addEventListener("input", () => describe(card));
    if (isKept) arrived(card, file);
    else if (file.size > LARGEST) fail(card, list.dataset.wordsLarge, false);
    else send(card);
    return card;
  }

  /** fetch tells nothing of how far it is; XMLHttpRequest does. */
  function send(card) {
    const { node } = card;
    const progress = node.querySelector("[data-progress]");
    fail(card, "");
    progress.hidden = false;
    progress.value = 0;
    const body = new FormData();
    body.append("file", card.given, card.given.name || "picture.png");
    const request = card.request = new XMLHttpRequest();
    request.responseType = "json";
    request.open("POST", `/api/v1/files?language=${document.documentElement.lang}`);
    request.upload.addEventListener("progress", (event) => { progress.value = event.total ? event.loaded / event.total : 0; });
    request.addEventListener("loadend", () => {
      card.request = null;
      progress.hidden = true;
      if (request.status === 201) {
        arrived(card, request.response);
        put(card.file.markdown);
      } else if (request.response?.error) {
        const { fields, message } = request.response.error;
        fail(card, Object.values(fields ?? {})[0] ?? message, request.status === 429 || request.status >= 500);
      } else if (cards.has(card)) fail(card, list.dataset.wordsLine, true);
    });
    request.send(body);
  }

  function arrived(card, file) {
    const { node } = card;
    card.file = file;
    node.querySelector("[data-progress]").hidden = true;
    node.querySelector("[data-name]").textContent = file.name;
    if (file.picture) {
      const image = new Image(64, 64);
      image.alt = "";
      image.src = file.small;
      node.querySelector("[data-face]").replaceChildren(image);
      node.querySelector("[data-describe]").hidden = false;
      if (cards.size === 1) card.input.focus({ preventScroll: true });
    }
  }

  function fail(card, words, again = false) {
    const line = card.node.querySelector("[data-failed]");
    line.textContent = words;
    line.hidden = !words;
    card.node.querySelector("[data-again]").hidden = !again;
    if (words) card.node.querySelector("[data-progress]").hidden = true;
  }

  const described = (card) =>
    card.file.picture ? `![${card.input.value.replace(/[[\]\\`<>*\n]/g, " ").trim()}](/files/${card.file.id})` : card.file.markdown;

  function describe(card) {
    fail(card, "");
    card.input.removeAttribute("aria-invalid");
    const { selectionStart: from, selectionEnd: to } = box;
    const line = lineOf(card.file.id);
    box.value = box.value.replace(line, () => described(card));
    box.setSelectionRange(Math.min(from, box.value.length), Math.min(to, box.value.length));
    changed();
  }

  /** Out of the text and out of the list; the server sweeps what no post shows. */
  function away(card) {
    cards.delete(card);
    card.request?.abort();
    card.node.remove();
    list.hidden = cards.size === 0;
    if (card.file) {
      box.value = box.value.replace(new RegExp(`\\n*${lineOf(card.file.id).source}\\n*`), "\n\n").replace(/^\n+|\n+$/g, "");
      changed();
    }
    box.focus();
  }

  box.addEventListener("input", () => {
    for (const card of cards) {
      if (card.file) card.node.querySelector("[data-put]").hidden = isThere(card);
    }
  });

  form.addEventListener("submit", (event) => {
    if (event.submitter?.name && event.submitter.name !== "send") return;
    const stops = [...cards].find((card) => card.request || (isThere(card) && card.file.picture && !card.input.value.trim()));
    if (!stops) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    fail(stops, stops.request ? list.dataset.wordsWait : list.dataset.wordsDescribe);
    if (stops.request) return;
    stops.input.setAttribute("aria-invalid", "true");
    stops.input.focus();
  }, true);

  return {
    add: (files) => { for (const file of files) add(file); },
    /** Pictures of a text that came back whose descriptions are still missing. */
    async bring() {
      for (const [, id] of box.value.matchAll(bare)) {
        const response = await fetch(`/api/v1/files/${id}?language=${document.documentElement.lang}`).catch(() => null);
        if (response?.ok && ![...cards].some((card) => card.file?.id === Number(id))) add(await response.json(), { isKept: true });
      }
    },
    /** The words were sent. */
    clear() {
      for (const card of [...cards]) {
        if (isThere(card) || card.request) continue;
        cards.delete(card);
        card.node.remove();
      }
      list.hidden = cards.size === 0;
    },
  };
}

/** Whether a text holds a picture without its description. */
export const isBare = (words) => words.search(bare) >= 0;
