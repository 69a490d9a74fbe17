// What is written is kept: at once in this browser, a moment later on the server. What the browser holds is only what
// the server does not have yet, so that nothing is lost by a reload, an expired session, a closed topic or a lost line.

const SOON = 1200, AGAIN = 10000;
const fields = ["words", "title", "language", "reply_to", "version", "tags", "reason"];

const boxes = (form, name) => [...form.querySelectorAll(`input[type="checkbox"][name="${name}"]`)];
const isBegun = (entry) => entry.words || entry.title || entry.tags;

const nameOf = (member, subject) => `draft:${member}:${subject}`;

function stored(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}

function store(name, entry) {
  try {
    if (entry) localStorage.setItem(name, JSON.stringify(entry));
    else localStorage.removeItem(name);
  } catch { /* a browser that keeps nothing, or is full: the server is tried all the same */ }
}

async function put(subject, said, keepalive = false) {
  const number = (value) => (value ? Number(value) : null);
  const { tags, ...more } = said;
  const body = JSON.stringify({ ...more, reply_to: number(said.reply_to), version: number(said.version), ...(tags !== undefined && { tags: [tags] }) });
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`/api/v1/drafts/${subject}?language=${document.documentElement.lang}`, { method: "PUT", body, headers, keepalive });
  if (!response.ok) throw Object.assign(new Error(response.status), { isFinal: response.status < 500 && response.status !== 429 });
}

/** Keep what this form holds; returns what the composer says to it: pause, sent, changed. */
export function startDraft(form) {
  const note = form.querySelector("[data-draft]");
  const subject = note.dataset.draft, name = nameOf(note.dataset.member, subject);
  let entry = null, timer, saving, isOver = false;

  const read = () => ({
    ...Object.fromEntries(fields.filter((field) => form.elements[field]).map((field) => [field, form.elements[field].value])),
    ...(form.elements.labels && {
      topic_kind: boxes(form, "kind").find((box) => box.checked)?.value ?? "",
      themes: boxes(form, "themes").filter((box) => box.checked).map((box) => Number(box.value)),
    }),
  });
  const say = (words) => { note.textContent = words ?? ""; };

  function changed() {
    if (isOver) return;
    entry = read();
    store(name, entry);
    say();
    clearTimeout(timer);
    timer = setTimeout(save, SOON);
  }

  async function save() {
    clearTimeout(timer);
    await saving;
    const mine = entry;
    if (!mine || isOver) return;
    saving = put(subject, mine).then(() => {
      if (entry !== mine) return;
      entry = null;
      store(name, null);
      say(isBegun(mine) ? note.dataset.wordsKept : "");
    }, (error) => {
      say(note.dataset.wordsHere);
      if (!error.isFinal && entry === mine) timer = setTimeout(save, AGAIN);
    });
    await saving;
  }

  restore();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  addEventListener("online", save);
  addEventListener("pagehide", () => { if (entry && !isOver) put(subject, entry, true).catch(() => {}); });
  if (!form.hasAttribute("data-topic-composer")) {
    form.addEventListener("submit", (event) => {
      if (event.submitter?.name === "preview") return;
      clearTimeout(timer);
      try { sessionStorage.setItem("sent", JSON.stringify({ name, from: location.href })); } catch { /* as above */ }
    });
  }

  /** Words that never reached the server come back, beside what it has. */
  function restore() {
    const box = form.elements.words, kept = stored(name);
    const isThere = kept && (form.elements.version ? box.value === kept.words : box.value.includes(kept.words));
    if (kept?.themes) for (const box of boxes(form, "themes")) box.checked = kept.themes.includes(Number(box.value));
    if (kept?.topic_kind !== undefined) for (const box of boxes(form, "kind")) box.checked = box.value === kept.topic_kind;
    if (kept && isBegun(kept) && !isThere) {
      const isAnother = box.value && !form.elements.version && !kept.words.includes(box.value);
      for (const field of fields) if (form.elements[field] && kept[field] !== undefined && field !== "words") form.elements[field].value = kept[field];
      box.value = isAnother ? `${box.value}\n\n${kept.words}` : kept.words;
    } else if (kept) {
      for (const name of ["title", "tags", "reason"]) if (form.elements[name] && !form.elements[name].value) form.elements[name].value = kept[name] ?? "";
    }
    if (kept || box.value !== box.defaultValue) changed();
    else if (box.value && !form.elements.version) say(note.dataset.wordsKept);
  }

  return {
    changed,
    /** Before sending: what is on its way arrives first. */
    pause: () => { clearTimeout(timer); return saving; },
    /** After sending: the server has forgotten the draft with it. */
    sent: () => {
      clearTimeout(timer);
      entry = null;
      store(name, null);
      say();
      if (form.elements.words.value) changed();
    },
    /** The words are not wanted. */
    forget: () => { isOver = true; clearTimeout(timer); store(name, null); },
  };
}

/** A form that left its page was sent if that page led straight to this one. */
export function settle() {
  let sent = null;
  try {
    sent = JSON.parse(sessionStorage.getItem("sent"));
    sessionStorage.removeItem("sent");
  } catch { /* nothing to settle */ }
  if (sent && document.referrer === sent.from) store(sent.name, null);
}

/** Words whose form is not on this page (their topic was closed, or is gone) go to the server's drafts. Returns the
    subjects. */
export async function deliver(member) {
  const here = [...document.querySelectorAll("[data-draft]")].map((note) => nameOf(member, note.dataset.draft));
  const prefix = nameOf(member, "");
  const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix) && !here.includes(name));
  const done = [];
  for (const name of names) {
    const entry = stored(name), subject = name.slice(prefix.length);
    try {
      if (entry) await put(subject, entry);
      store(name, null);
      done.push(subject);
    } catch { /* another page tries again */ }
  }
  return done;
}

/** The page's own buttons that delete a draft delete it here too. */
export function forgetWithButtons(member, draft) {
  addEventListener("submit", (event) => {
    const subject = /\/drafts\/(\w+\/\d+)$/.exec(event.target.action)?.[1];
    if (!subject) return;
    store(nameOf(member, subject), null);
    draft?.forget();
  });
}
