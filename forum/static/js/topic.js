// A topic's page: it stays as it would be after a reload, while what the reader does in it is left alone.

import { startComposer } from "./_composer.js";
import { startLive } from "./_live.js";
import { startReading } from "./_reading.js";

const topic = document.querySelector("[data-topic]");
for (const form of document.querySelectorAll("form[data-composer]")) startComposer(form, topic);
if (topic) {
  startReading(topic);
  startLive(topic);
  const composer = topic.querySelector("form[data-topic-composer]");
  if (composer) import("./_quoting.js").then(({ startQuoting }) => startQuoting(topic, composer));
  else if (topic.dataset.reader) import("./_drafts.js").then(({ deliver, settle }) => bring(deliver, settle));
  if ("mayAccept" in topic.dataset) import("./_accepting.js").then(({ startAccepting }) => startAccepting(topic));
  const polls = () => { if (topic.querySelector("[data-poll]")) import("./_polls.js").then(({ startPolls }) => startPolls(topic)); };
  polls();
  topic.addEventListener("posts:changed", polls);
  import("./_copying.js").then(({ startCopying }) => startCopying(topic));
  const foot = topic.querySelector("[data-related-foot]");
  if (foot) import("./_related.js").then(({ startRelated }) => startRelated(foot));
  if (topic.dataset.reader) import("./_reactions.js").then(({ startReactions }) => startReactions(topic));
}

/** Nothing can be written here any more; what was begun is among the drafts. */
async function bring(deliver, settle) {
  settle();
  const line = topic.querySelector("[data-kept-draft]");
  if ((await deliver(topic.dataset.reader)).includes(line?.dataset.keptDraft)) line.hidden = false;
}
