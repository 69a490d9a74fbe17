// Passkeys: asks the server what to ask the browser, asks it, and sends the form with the answer in it. The form is an
// ordinary one: what comes back is a page, also when it is a refusal.

import "./_printing.js";

const NAMES = { create: "attestationObject", get: "authenticatorData" };

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const withBytes = (one) => ({ ...one, id: toBytes(one.id) });

function readable(options) {
  const read = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) read.user = withBytes(options.user);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) read[list] = options[list].map(withBytes);
  }
  return read;
}

function sendable(credential, kind) {
  const { response } = credential;
  const said = { clientDataJSON: toText(response.clientDataJSON), [NAMES[kind]]: toText(response[NAMES[kind]]) };
  if (kind === "create") said.transports = response.getTransports?.() ?? [];
  else {
    said.signature = toText(response.signature);
    if (response.userHandle) said.userHandle = toText(response.userHandle);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: said,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ask(form) {
  const { passkey: kind, options, csrf } = form.dataset;
  const headers = { "X-CSRF-Token": csrf };
  const answer = await fetch(options, { method: "POST", headers, redirect: "manual" });
  if (!answer.ok) return; // the server says why when the form comes without a passkey
  const credential = await navigator.credentials[kind]({ publicKey: readable(await answer.json()) });
  form.elements.passkey.value = sendable(credential, kind);
}

function start(form) {
  const button = form.querySelector("button");
  const said = form.parentElement.querySelector("[data-passkey-said]");
  const say = (words) => {
    said.textContent = words;
    said.hidden = !words;
  };
  if (!window.PublicKeyCredential) {
    if (form.dataset.passkey === "create") say(form.dataset.wordsUnknown);
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled || !form.reportValidity()) return;
    say("");
    button.disabled = true;
    try {
      await ask(form);
      form.submit();
    } catch {
      say(form.dataset.wordsFailed);
    } finally {
      button.disabled = false;
    }
  });
}

document.querySelectorAll("form[data-passkey]").forEach(start);
