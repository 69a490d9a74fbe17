// Are the keys on? Members say so in their account, guests in this browser.

const NAME = "keys";
const own = document.querySelector("[data-viewer]")?.dataset ?? {};

export const areOn = () => own.keys !== "off" && (Boolean(own.csrf) || read() !== "off");

function read() {
  try { return localStorage.getItem(NAME); } catch { return null; }
}

/** The guests' switch, on the page of the keys. */
export function startSwitch(button) {
  const draw = () => { button.textContent = areOn() ? button.dataset.wordsOff : button.dataset.wordsOn; };
  button.addEventListener("click", () => {
    try {
      if (areOn()) localStorage.setItem(NAME, "off");
      else localStorage.removeItem(NAME);
    } catch { /* a browser that keeps nothing */ }
    draw();
  });
  draw();
  button.hidden = false;
}
