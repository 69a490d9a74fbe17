// Accepting an answer where it stands: the link to the post's own page becomes a button for those who may.

import { catchUp } from "./_live.js";
import { announce } from "./_status.js";

export function startAccepting(topic) {
  topic.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-accept]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const post = link.closest(".post").dataset.post;
    const path = `/api/v1/posts/${post}/acceptance?language=${document.documentElement.lang}`;
    try {
      const response = await fetch(path, { method: link.dataset.accept });
      if (!response.ok) throw new Error((await response.json()).error.message);
      await catchUp();
    } catch (error) {
      if (error instanceof TypeError) location.assign(link.href); // the page that works without this says what is wrong
      else announce(error.message);
    }
  });
}
