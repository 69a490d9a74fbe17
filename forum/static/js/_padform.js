// The box in which the writer of shared notes writes. It saves itself; what the server does not have yet is kept in this
// browser, so that a closed page, a lost line or a lost pen takes nothing away.

const SOON = 1200, LATEST = 4000, AGAIN = 6000;

function stored(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}

function store(name, entry) {
  try {
    if (entry) localStorage.setItem(name, JSON.stringify(entry));
    else localStorage.removeItem(name);
  } catch { /* a browser that keeps nothing: the server is told all the same */ }
}

/** Bring the form to life, if there is one; `taken` is called where the pen was put down. */
export function startPadForm(pad, { taken }) {
  const name = `pad:${pad.dataset.reader}:${pad.dataset.pad}`;
  const form = pad.querySelector("[data-pad-form]");
  showKept(pad, form, name);
  if (!form) return null;
  const box = form.elements.words, note = form.querySelector("[data-pad-note]");
  const url = `/api/v1/workshops/${pad.dataset.pad}/notes?language=${document.documentElement.lang}`;
  let timer, since, saving, last = box.defaultValue, isOver = false;

  const version = () => Number(form.elements.version.value);
  const hasUnsaved = () => !isOver && box.value.trim() !== last.trim();
  const say = (words) => { note.textContent = words; };

  function changed() {
    store(name, { words: box.value, version: version() });
    say(pad.dataset.wordsSaving);
    since ??= Date.now();
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(SOON, since + LATEST - Date.now())));
  }

  const put = (words, more = {}) => fetch(url, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ words, version: version() }),
    ...more,
  });

  async function save() {
    clearTimeout(timer);
    await saving;
    if (!hasUnsaved()) return;
    since = undefined;
    saving = write(box.value).finally(() => { saving = undefined; });
    await saving;
  }

  async function write(words) {
    let response;
    try {
      response = await put(words);
    } catch { /* the line is lost: below */ }
    if (response?.ok) {
      form.elements.version.value = (await response.json()).version;
      last = words;
      if (box.value === words) {
        store(name, null);
        say(pad.dataset.wordsSaved);
      } else changed();
    } else if (response?.status === 409) {
      isOver = true;
      form.submit(); // the page brings both texts
    } else {
      say(response && response.status < 500 && response.status !== 429 ? (await response.json()).error.message : pad.dataset.wordsFailed);
      timer = setTimeout(save, AGAIN);
    }
  }

  box.addEventListener("input", changed);
  addEventListener("pagehide", () => { if (hasUnsaved() && box.isConnected) put(box.value, { keepalive: true }).catch(() => {}); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && box.isConnected) save(); });
  form.addEventListener("submit", async (event) => {
    if (!("mine" in pad.dataset)) return; // words that came back: the page knows what to do with them
    event.preventDefault();
    const isDone = event.submitter?.name === "done";
    await save();
    if (hasUnsaved() || !isDone) return;
    try {
      await fetch(url.replace("?", "/pen?"), { method: "DELETE", headers: { "Content-Type": "application/json" }, body: "{}" });
    } catch { /* the line is lost: the lease ends by itself */ }
    taken();
  });
  if (box.value !== box.defaultValue) changed();
  return { save, hasUnsaved };
}

/** Words that never reached the notes: back into the box where they go on what is there, else beside it. */
function showKept(pad, form, name) {
  const kept = stored(name), place = pad.querySelector("[data-pad-kept]");
  if (!kept || !place) return;
  const box = form?.elements.words, isMine = "mine" in pad.dataset;
  if (box && kept.words.trim() === box.value.trim()) store(name, null);
  else if (box && isMine && kept.version === Number(form.elements.version.value)) box.value = kept.words;
  else if (!box || isMine) {
    place.querySelector("textarea").value = kept.words;
    place.hidden = false;
    place.querySelector("[data-pad-forget]").addEventListener("click", () => {
      store(name, null);
      place.hidden = true;
    });
  }
}
