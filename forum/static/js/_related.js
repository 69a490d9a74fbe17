// Related topics: fetched when the foot of the topic comes near, so that who reads only its head pays nothing for them.

import { page } from "./_fragment.js";
import { setMoments } from "./_words.js";

export function startRelated(foot) {
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    show(foot).catch(() => {}); // the link stays
  }, { rootMargin: "300px" });
  watcher.observe(foot);
}

async function show(foot) {
  const response = await fetch(foot.querySelector("a").href);
  if (!response.ok) return;
  const found = page(await response.text()).querySelector("[data-related]");
  if (!found) {
    foot.hidden = true;
    return;
  }
  setMoments(found);
  foot.append(found);
}
