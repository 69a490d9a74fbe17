// Guests have told us no zone: where their clocks show something else, their own time stands beside.

import "./_printing.js";
import { comma, date, locale, zone } from "./_words.js";

const forms = { day: { dateStyle: "long" }, time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } };

/** Day and hours of two moments in a zone; without one, in the browser's. */
function told(starts, ends, timeZone) {
  const day = new Intl.DateTimeFormat(locale, { ...forms.day, timeZone });
  const time = new Intl.DateTimeFormat(locale, { ...forms.time, timeZone });
  return { day: date(starts, day), hours: `${time.format(starts)}–${time.format(ends)}` };
}

for (const line of zone ? [] : document.querySelectorAll("[data-own-time]")) {
  const { starts, ends, words } = line.dataset;
  const moments = [new Date(starts), new Date(ends)];
  const [here, there] = [told(...moments), told(...moments, line.dataset.zone)];
  if (here.day === there.day && here.hours === there.hours) continue;
  line.textContent = words.replace("…", here.day === there.day ? here.hours : `${here.day}${comma}${here.hours}`);
  line.hidden = false;
}
