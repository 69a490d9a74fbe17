// The live page's clock: what is on and what comes next, and whether the doors are open, by the server's time.

const LOOK = 5000;
let ahead, page;

export function startClock(element) {
  page = element;
  ahead = new Date(page.dataset.now) - Date.now();
  tick();
  setInterval(tick, LOOK);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
}

export function tick() {
  const now = Date.now() + ahead;
  let hasNext = false;
  const parts = [...page.querySelectorAll("[data-programme] > li")];
  for (const part of parts) {
    const starts = new Date(part.dataset.starts), ends = new Date(part.dataset.ends);
    const isNext = starts > now && !hasNext;
    hasNext ||= isNext;
    const when = ends <= now ? "over" : starts <= now ? "now" : isNext ? "next" : "later";
    if (part.dataset.when !== when) part.dataset.when = when;
  }
  const coming = page.querySelector("[data-coming]");
  if (coming && parts.length && new Date(parts[0].dataset.starts) <= now) coming.hidden = true;
  const over = page.querySelector("[data-over]");
  if (over) over.hidden = parts.some((part) => part.dataset.when !== "over");
  const doors = page.querySelector("[data-doors]");
  if (doors) doors.hidden = now < new Date(doors.dataset.opens) || now > new Date(doors.dataset.closes);
}
