// An @ and the beginning of a name offers those who may be meant: members in either spelling, municipalities, moderators.

const CALL = /(^|[^\p{L}\p{N}_@.])@([\p{L}\p{N}][\p{L}\p{M}\p{N}'’.-]*(?: [\p{L}\p{M}\p{N}'’.-]+){0,2})$/u;
const SOON = 180;

export function startMentions(box, list) {
  let waiting, asked = "", chosen = -1;

  const call = () => (box.selectionStart === box.selectionEnd ? CALL.exec(box.value.slice(0, box.selectionStart))?.[2] : undefined);

  function close() {
    list.hidden = true;
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
  }

  function point(place) {
    chosen = place;
    [...list.children].forEach((line, number) => line.setAttribute("aria-selected", number === place));
    box.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  }

  function offer(items) {
    list.replaceChildren(...items.map((item, number) => {
      const line = document.createElement("li"), name = document.createElement("bdi"), about = document.createElement("span");
      line.id = `mention-${number}`;
      line.setAttribute("role", "option");
      name.textContent = item.name;
      about.textContent = { municipality: list.dataset.wordsEverybody, moderators: list.dataset.wordsModerators }[item.kind] ?? item.about;
      line.append(name, " ", about);
      line.addEventListener("pointerdown", (event) => { event.preventDefault(); take(item.name); });
      return line;
    }));
    list.hidden = items.length === 0;
    if (items.length) point(0);
    else close();
  }

  function take(name) {
    const typed = call() ?? "";
    const end = box.selectionStart, start = end - typed.length;
    box.setRangeText(`${name} `, start, end, "end");
    close();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function ask() {
    const typed = call();
    if (!typed || typed.length < 2) return close();
    asked = typed;
    try {
      const response = await fetch(`/api/v1/mentions?q=${encodeURIComponent(typed)}&language=${document.documentElement.lang}`);
      const { items } = await response.json();
      if (asked === typed && typed === call() && !items.some((item) => item.name === typed)) offer(items);
    } catch {
      close(); // without the line a name is typed whole
    }
    return undefined;
  }

  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    if (call()) waiting = setTimeout(ask, SOON);
    else close();
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey) return;
    const most = list.children.length;
    if (event.key === "ArrowDown") point((chosen + 1) % most);
    else if (event.key === "ArrowUp") point((chosen + most - 1) % most);
    else if (event.key === "Enter" || event.key === "Tab") take(list.children[chosen].firstElementChild.textContent);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  ask();
}
