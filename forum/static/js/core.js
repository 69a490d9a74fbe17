// Every page: times in the reader's zone, menus that close, the bell.

import { hasBell, ring } from "./_bell.js";
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

if (hasBell) {
  const { socket } = await import("./_socket.js");
  socket.on("notice:added", (notice) => ring(notice.unread));
}
