// A topic's page: it stays as it would be after a reload, while what the reader does in it is left alone.

import { startComposer } from "./_composer.js";
import { startLive } from "./_live.js";
import { startReading } from "./_reading.js";

const topic = document.querySelector("[data-topic]");
for (const form of document.querySelectorAll("form[data-composer]")) startComposer(form, topic);
if (topic) {
  startReading(topic);
  startLive(topic);
  if (topic.dataset.reader) import("./_reactions.js").then(({ startReactions }) => startReactions(topic));
}
