// Who sends a form and waits for more than a second is told that it is under way, and cannot send it twice.

const SOON = 1_000;

export function tellOfWaiting() {
  let waiting = null;
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.method !== "post") return;
    if (waiting) {
      event.preventDefault();
      return;
    }
    const told = Object.assign(document.createElement("p"), { className: "busy" });
    told.setAttribute("role", "status");
    document.body.append(told);
    const timer = setTimeout(() => {
      told.append(document.createElement("progress"), document.body.dataset.busy);
      submitter?.setAttribute("aria-busy", "true");
    }, SOON);
    waiting = () => {
      clearTimeout(timer);
      told.remove();
      submitter?.removeAttribute("aria-busy");
      waiting = null;
    };
  });
  addEventListener("pageshow", () => waiting?.()); // also when a page comes back as it was left
}
