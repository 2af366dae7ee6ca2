// A part of a page that is asked for again is put in where the answer holds it: not a refusal, nor a page to sign in on.
// What stands stays; whoever goes on is told then. `panes.js` tells itself what does not come.

export function keepWhatStands() {
  document.addEventListener("htmx:before:response", (event) => {
    const { target, response } = event.detail.ctx;
    if (target.id === "pane") return;
    if (!response.raw.ok || response.raw.redirected) event.preventDefault();
  });
}
