// How many tasks are marked, and all or none of them at once.

import { onContent } from "./content.js";

export function markSeveral() {
  document.addEventListener("change", ({ target }) => {
    if (target.form?.id === "bulk") count(document);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-mark-all], [data-mark-none]");
    if (!link) return;
    event.preventDefault();
    for (const each of boxes()) each.checked = "markAll" in link.dataset;
    count(document);
    if (!link.checkVisibility()) boxes()[0]?.focus();
  });
  onContent(count);
}

function boxes() {
  return [...document.querySelectorAll("input[name=task][form=bulk]")];
}

function count(root) {
  const told = root.querySelector("[data-marked]");
  if (!told) return;
  const number = boxes().filter((each) => each.checked).length;
  const { one, several } = told.dataset;
  const sentence = number === 1 ? one : several.replace("{number}", number);
  told.textContent = number ? sentence : "";
}
