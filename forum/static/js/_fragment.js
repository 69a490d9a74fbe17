// The server's own clean HTML becomes elements here, and nowhere else.

export function elements(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return [...holder.content.children];
}

export function page(html) {
  return new DOMParser().parseFromString(html, "text/html");
}
