// A page with the shared notes of an event.

import { startPad } from "./_pad.js";

for (const pad of document.querySelectorAll("[data-pad]")) startPad(pad);
