// The bell: how many notices wait.

import { number } from "./_words.js";

const unread = document.querySelector("[data-unread]");

export const hasBell = Boolean(unread);

export function ring(waiting) {
  if (!unread) return;
  unread.textContent = number(waiting);
  unread.hidden = waiting === 0;
}
