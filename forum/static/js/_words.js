// Numbers, moments and counted words in the reader's language, digits, region and zone.

const root = document.documentElement;
const viewer = document.querySelector("[data-viewer]")?.dataset ?? {};
const language = root.lang.startsWith("en") ? "en-GB" : root.lang;
const region = viewer.region || navigator.language.split("-")[1] || "JO";
const months = root.lang === "ar" ? `ar-${region}` : language;

export const locale = `${months}-u-nu-${root.dataset.digits || "latn"}`;
export const zone = viewer.zone || undefined;

export const number = (value) => new Intl.NumberFormat(locale).format(value);

const full = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone: zone });
const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: zone });
const ago = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
const plural = new Intl.PluralRules(root.lang);

const MINUTE = 60, HOUR = 3600, DAY = 86400;

function relative(seconds) {
  if (seconds < MINUTE) return ago.format(0, "second");
  if (seconds < HOUR) return ago.format(-Math.floor(seconds / MINUTE), "minute");
  if (seconds < DAY) return ago.format(-Math.floor(seconds / HOUR), "hour");
  return ago.format(-Math.floor(seconds / DAY), "day");
}

/** Moments of posts: relative up to a week, with the whole moment on hover; then the date. */
export function setMoments(within) {
  for (const time of within.querySelectorAll("time[data-moment='moment'], time[data-moment='relative']")) {
    const moment = new Date(time.dateTime);
    const seconds = (Date.now() - moment) / 1000;
    const short = seconds >= 0 && seconds < 7 * DAY ? relative(seconds) : day.format(moment);
    if (time.textContent !== short) time.textContent = short;
    time.title = full.format(moment);
  }
}

/** A counted string: `words` is a dataset that holds it in every form, each with a sample number. */
export function counted(words, name, count) {
  const form = plural.select(count);
  const key = name + form[0].toUpperCase() + form.slice(1);
  return (words[key] ?? words[`${name}Other`]).replace(/[\d٠-٩]+/, number(count));
}
