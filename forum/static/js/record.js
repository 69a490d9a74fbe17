// A record: whoever has selected a part of a line discusses that part.
const selected = line => {
  const selection = getSelection();
  const said = line.querySelector("[data-said]");
  if (!selection || selection.isCollapsed || !said.contains(selection.anchorNode) || !said.contains(selection.focusNode)) return "";
  return selection.toString().trim();
};

// Markdown sees nothing in them; the server does the same with a whole line.
const plain = words => words.replace(/[\\`*_[\]<>#|~!]/g, "\\$&");

document.querySelector("[data-record]")?.addEventListener("pointerdown", event => {
  const link = event.target.closest("[data-discuss]");
  if (!link) return;
  const part = selected(link.closest(".record-line"));
  if (!part) return;
  const address = new URL(link.href);
  const [, ...rest] = address.searchParams.get("words").split("\n");
  address.searchParams.set("words", [`> ${plain(part)}`, ...rest].join("\n"));
  link.href = address.href;
});
