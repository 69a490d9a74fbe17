// A post's date is its link: choosing it copies the address and marks the place; where copying is not allowed it leads there.

import { announce } from "./_status.js";

const SHOWN = 2500;

export function startCopying(topic) {
  if (!navigator.clipboard) return;
  topic.addEventListener("click", async (event) => {
    const stamp = event.target.closest(".post a.stamp");
    if (!stamp || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(stamp.href);
    } catch {
      location.assign(stamp.href);
      return;
    }
    const said = topic.querySelector("[data-posts]").dataset.wordsCopied;
    history.replaceState(history.state, "", `#${stamp.closest(".post").id}`);
    stamp.dataset.said = said;
    stamp.classList.add("is-copied");
    setTimeout(() => stamp.classList.remove("is-copied"), SHOWN);
    announce(said);
  });
}
