// Questions that depend on another answer are shown when it is given. Without this a line of words says for whom they
// are, and the server leaves out what was not asked.
const isChosen = (form, name, value) =>
  [...form.querySelectorAll(`input[name="${name}"]:checked`)].some(one => one.value === value && !one.closest("[hidden]"));

const arrange = form => {
  for (const question of form.querySelectorAll("[data-shown-if]")) {
    question.hidden = !isChosen(form, question.dataset.shownIf, question.dataset.shownValue);
  }
};

for (const form of document.querySelectorAll("[data-questions]")) {
  arrange(form);
  form.addEventListener("change", () => arrange(form));
}
