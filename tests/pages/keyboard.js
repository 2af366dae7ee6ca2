// Which elements Tab ought to reach, numbered as they stand in the document; and which it reaches from now on.
(() => {
  const all = [...document.querySelectorAll("*")];
  const shown = (each) => each.checkVisibility({ visibilityProperty: true });
  const isFirstOfItsGroup = (each) => {
    const group = all.filter((other) => other.type === "radio" && other.name === each.name && other.form === each.form);
    return each === (group.find((other) => other.checked) ?? group[0]);
  };
  const expected = all.filter(
    (each) =>
      each.matches("a[href], button, input, select, textarea, summary, [tabindex]") &&
      each.tabIndex >= 0 && !each.disabled && shown(each) && (each.type !== "radio" || isFirstOfItsGroup(each)),
  );
  window.reachedByTab = [];
  document.addEventListener("focusin", (event) => window.reachedByTab.push(all.indexOf(event.target)), true);
  return {
    expected: expected.map((each) => all.indexOf(each)),
    stops: expected.length + 8 * document.querySelectorAll("[type=date], [type=datetime-local], [type=time]").length,
    names: Object.fromEntries(expected.map((each) => [all.indexOf(each), each.outerHTML.replace(/\s+/g, " ").slice(0, 120)])),
  };
})()
