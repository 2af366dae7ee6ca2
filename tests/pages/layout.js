// What is wrong with the page as it is laid out, as sentences. Evaluated in the page, which it does not change.
(() => {
  const TARGET = 44;
  const found = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (each) => each.checkVisibility({ visibilityProperty: true });
  const tabbable = (each) => each.tabIndex >= 0 && !each.disabled && shown(each);
  const said = (each) => each.outerHTML.replace(/\s+/g, " ").slice(0, 120);

  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) {
    const wide = all("body *").filter((each) => shown(each) && each.getBoundingClientRect().right > innerWidth + 1);
    const last = wide.filter((each) => !wide.some((other) => other !== each && each.contains(other)));
    found.push(`The page is ${root.scrollWidth} px wide in ${innerWidth}: ${last.slice(0, 3).map(said).join(" ")}`);
  }

  const boxes = "input[type=checkbox], input[type=radio]";
  const targets = `button, [role=button], summary, nav a, a.button, select, textarea, input:not([type=hidden]), ${boxes}`;
  for (const each of all(targets).filter(tabbable)) {
    const parts = each.matches(boxes) ? [each, ...(each.labels ?? [])] : [each];
    const height = Math.max(...parts.map((part) => part.getBoundingClientRect().height));
    if (height < TARGET - 0.5) found.push(`A target is ${height.toFixed(1)} px high: ${said(each)}`);
  }

  const references = ["aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "aria-details",
    "aria-errormessage", "aria-activedescendant", "for", "list", "headers", "form"];
  for (const name of references) {
    for (const each of all(`[${name}]`)) {
      for (const id of each.getAttribute(name).split(/\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) found.push(`${name} names “${id}”, which is not there: ${said(each)}`);
      }
    }
  }
  const ids = all("[id]").map((each) => each.id);
  for (const id of new Set(ids.filter((each, at) => ids.indexOf(each) !== at))) found.push(`The id “${id}” stands twice.`);

  for (const each of all("[tabindex]")) {
    if (each.tabIndex > 0) found.push(`The order of Tab is changed: ${said(each)}`);
  }
  const focusable = all("a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]");
  for (const each of focusable.filter(tabbable)) {
    if (each.closest("[aria-hidden=true], [role=presentation], [role=none]")) {
      found.push(`One can come to it by Tab, but it is hidden from the tree: ${said(each)}`);
    }
  }

  for (const mark of all(".required").filter(shown)) {
    const control = mark.closest("label")?.control;
    if (control && !control.required && control.getAttribute("aria-required") !== "true") {
      found.push(`It is marked as required, and is not: ${said(control)}`);
    }
    if (!control && !mark.closest("legend, [id]")) found.push(`A mark says required of nothing: ${said(mark)}`);
  }
  return found;
})()
