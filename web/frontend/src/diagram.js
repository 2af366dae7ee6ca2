// The map of a case and the list of its steps: to point at one shows the other. Both lead to each other without this.

const POINTED = "is-pointed";

export function tieSteps(root) {
  for (const map of root.querySelectorAll("[data-map]")) tie(map);
}

function tie(map) {
  const page = map.closest("main") ?? document;
  const parts = [...page.querySelectorAll("[data-step]")];
  const point = (key, on) => {
    for (const each of parts) {
      if (each.dataset.step === key) each.classList.toggle(POINTED, on);
    }
  };
  for (const each of parts) {
    const key = each.dataset.step;
    each.addEventListener("pointerenter", () => point(key, true));
    each.addEventListener("pointerleave", () => point(key, false));
    each.addEventListener("focusin", () => point(key, true));
    each.addEventListener("focusout", () => point(key, false));
  }
  show(map, map.querySelector(":is(.bpmn-is-incident, .bpmn-is-late, .bpmn-is-active, .bpmn-is-paused)"));
}

// A wide map begins where the case stands, not where it began. Nothing moves while somebody looks.
function show(map, step) {
  if (!step || map.scrollWidth <= map.clientWidth) return;
  const frame = map.getBoundingClientRect();
  const place = step.getBoundingClientRect();
  map.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
  map.scrollTop += place.top + place.height / 2 - frame.top - frame.height / 2;
}
