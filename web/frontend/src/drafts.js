// Keeps what is typed into a form: some seconds after the last change, and when the page is left.
//
// The server writes the sentences. A form of the page that is sent meanwhile waits until all is saved, so that the
// page that comes next shows it. Passwords are never sent.

const PAUSE = 3_000;
const AGAIN = 30_000;
const PATIENCE = 3_000;
const LARGEST_ON_LEAVING = 60_000; // a browser takes no more from a page that is going

export function keepDrafts(root) {
  for (const told of root.querySelectorAll("[data-draft]")) keepDraft(told, told.closest("form"));
}

// `told` says how it stands, and where to; a question may be called `dataset`, and hide that of the form.
function keepDraft(told, form) {
  let kept = "draftBehind" in told.dataset ? null : written(form);
  let sending = null;
  let underway = null;
  let timer = null;
  let ended = false;
  let isHeld = false;
  let isPassing = false;

  told.textContent = "";
  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(PAUSE));
  addEventListener("beforeunload", save);
  addEventListener("pagehide", save);
  document.addEventListener("htmx:before:swap", save);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  document.addEventListener("submit", saveFirst);
  addEventListener("pageshow", (event) => {
    if (event.persisted) ended = isHeld = isPassing = false;
  });
  if (kept === null) later(PAUSE);

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  function save() {
    clearTimeout(timer);
    const now = written(form);
    if (ended || !form.isConnected || now === kept || now === sending) return underway;
    sending = now;
    underway = send(now).finally(() => {
      if (sending === now) sending = underway = null;
    });
    return underway;
  }

  async function send(now) {
    let response = null;
    try {
      response = await fetch(told.dataset.draft, {
        method: "POST",
        body: new URLSearchParams(`${now}&_quietly=1`),
        keepalive: now.length < LARGEST_ON_LEAVING,
        redirect: "error",
      });
      if (response.ok) {
        kept = now;
        tell(await response.text());
        return;
      }
    } catch {
      // nobody answered; tried again below
    }
    tell(told.dataset.draftFailed);
    if (!ended && (response === null || response.status >= 500)) later(AGAIN);
  }

  function tell(sentence) {
    if (told.textContent !== sentence) told.textContent = sentence;
  }

  async function saveFirst(event) {
    if (event.defaultPrevented || isPassing) return;
    if (isHeld) {
      event.preventDefault();
      return;
    }
    if (event.target === form || "draftEnds" in event.target.dataset) {
      ended = true;
      clearTimeout(timer);
    }
    const saved = save();
    if (saved === null) return;
    event.preventDefault();
    isHeld = true;
    await Promise.race([saved, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    isHeld = false;
    isPassing = true;
    event.target.requestSubmit(event.submitter);
  }
}

function written(form) {
  const secret = new Set(
    [...form.querySelectorAll("input[type=password]")].map((each) => each.name),
  );
  const pairs = [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !secret.has(name),
  );
  return new URLSearchParams(pairs).toString();
}
