// What waits for a moderator: once it is answered, the open page shows what a reload would.

import { Idiomorph } from "idiomorph";
import { page as parse } from "./_fragment.js";
import { keepStill } from "./_posts.js";
import { setMoments } from "./_words.js";

/** The lines below a topic's posts, or the whole of the page that one of them has. */
function shown(page) {
  const held = page.querySelector("[data-held]");
  return held?.dataset.held === "page" ? page.querySelector("main") : held;
}

/** Draw the part of this page anew that shows what is held. */
export async function redraw() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok) return;
  const [old, fresh] = [document, parse(await response.text())].map(shown);
  keepStill(() => {
    if (old && fresh) Idiomorph.morph(old, fresh, { morphStyle: "outerHTML" });
    else if (fresh) document.querySelector("[data-posts]")?.after(fresh);
    else old?.remove();
    setMoments(document);
  });
}
