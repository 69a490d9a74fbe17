// Numbers, moments and counted words in the reader's language, digits, region and zone: the same words as the server's
// (core/languages/dates.py), so that a page does not change its tongue when the script has come.

const root = document.documentElement;
const viewer = document.querySelector("[data-viewer]")?.dataset ?? {};
const language = root.lang.startsWith("en") ? "en-GB" : root.lang;
const region = viewer.region || "JO"; // of a guest the server knows none either, and its dates stand beside ours
const months = root.lang === "ar" ? `ar-${region}` : language;

export const locale = `${months}-u-nu-${root.dataset.digits || "latn"}`;
export const zone = viewer.zone || undefined;

export const number = (value) => new Intl.NumberFormat(locale).format(value);

export const comma = root.lang === "ar" ? "، " : ", ";
const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: zone });
const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
const ago = new Intl.RelativeTimeFormat(locale);
const plural = new Intl.PluralRules(root.lang);

const JUST_NOW = 45, MINUTE = 60, HOUR = 3600, DAY = 86400;

export const date = (moment, form = day) => form.format(moment).replace(root.lang === "fr" ? /^[1١](?= )/ : /$^/, "$&er");

function relative(seconds) {
  if (seconds < JUST_NOW) return root.dataset.wordsJustNow;
  const [size, unit] = seconds < HOUR ? [MINUTE, "minute"] : seconds < DAY ? [HOUR, "hour"] : [DAY, "day"];
  return ago.format(-Math.max(1, Math.round(seconds / size)), unit);
}

/** Moments of posts: relative up to a week, with the whole moment on hover; then the date. */
export function setMoments(within) {
  for (const element of within.querySelectorAll("time[data-moment='moment'], time[data-moment='relative']")) {
    const moment = new Date(element.dateTime);
    const seconds = (Date.now() - moment) / 1000;
    const short = seconds >= 0 && seconds < 7 * DAY ? relative(seconds) : date(moment);
    if (element.textContent !== short) element.textContent = short;
    element.title = `${date(moment)}${comma}${time.format(moment)}`;
  }
}

/** A counted string: `words` is a dataset that holds it in every form, each with a sample number. */
export function counted(words, name, count) {
  const form = plural.select(count);
  const key = name + form[0].toUpperCase() + form.slice(1);
  return (words[key] ?? words[`${name}Other`]).replace(/[\d٠-٩]+/, number(count));
}
