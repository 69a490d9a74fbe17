// A record: whoever has selected a part of a line discusses that part.
const selected = line => {
  const selection = getSelection();
  const said = line.querySelector("[data-said]");
  const isInside = selection && said.contains(selection.anchorNode) && said.contains(selection.focusNode);
  return isInside ? selection.toString().trim() : "";
};

// Markdown sees nothing in them; the server does the same with a whole line.
const plain = words => words.replace(/[\\`*_[\]<>#|~!]/g, "\\$&");

const discuss = event => {
  const link = event.target.closest("[data-discuss]");
  const part = link && selected(link.closest(".record-line"));
  if (!part) return;
  const address = new URL(link.href);
  const [, ...rest] = address.searchParams.get("words").split("\n");
  address.searchParams.set("words", [`> ${plain(part)}`, ...rest].join("\n"));
  event.preventDefault();
  location.assign(address);
};

// A pointer takes the selection away before the click comes; keys leave it where it is.
const record = document.querySelector("[data-record]");
record?.addEventListener("mousedown", event => {
  if (event.target.closest("[data-discuss]")) event.preventDefault();
});
record?.addEventListener("click", discuss);
