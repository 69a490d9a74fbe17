// Every page: times in the reader's zone, menus that close, keys, the bell.

import { hasBell, ring } from "./_bell.js";
import { areOn, startSwitch } from "./_switch.js";
import { setMoments } from "./_words.js";

setMoments(document);
setInterval(() => setMoments(document), 60000);

document.querySelector("[data-error-summary]")?.focus();

for (const menu of document.querySelectorAll("details[data-menu]")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// Pictures on demand: where the server does not know that the browser saves data, the browser says so here.
if (navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches) document.documentElement.dataset.saves = "";
document.addEventListener("click", (event) => {
  const picture = event.target.closest("[data-saves] .picture:not(.is-asked)");
  if (!picture || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  picture.classList.add("is-asked");
});

// What keys do comes with the first one that is pressed outside a field.
addEventListener("keydown", function first(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length > 2 || event.target.closest?.("input, textarea, select") || !areOn()) return;
  removeEventListener("keydown", first);
  import("./_keys.js").then(({ startKeys }) => startKeys(event));
});
const keySwitch = document.querySelector("[data-keys-switch]");
if (keySwitch) startSwitch(keySwitch);

if (hasBell) {
  const { socket } = await import("./_socket.js");
  socket.on("notice:added", (notice) => ring(notice.unread));
  socket.on("notice:taken", (notice) => ring(notice.unread));
  const redraw = () => import("./_holding.js").then((holding) => holding.redraw());
  socket.on("held:decided", redraw);
  socket.io.on("reconnect", () => { if (document.querySelector("[data-held]")) redraw(); });
}
