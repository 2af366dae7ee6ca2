// Tells, on a page that stands open, what others did meanwhile. The server writes the sentences.
//
// It asks now and then while somebody looks, and at once when they come back to the page. What it hears stays until the
// page is loaded again; whoever is in the middle of a sentence is not disturbed.

const PAUSE = 20_000;
const NOTHING_NEW = 204;
const GONE = 404;

export function tellNews(root) {
  for (const told of root.querySelectorAll("[data-news]")) watch(told);
}

function watch(told) {
  let address = told.dataset.news;
  let isAsking = false;
  const timer = setInterval(look, PAUSE);
  document.addEventListener("visibilitychange", look);

  async function look() {
    if (!told.isConnected) return end();
    if (document.hidden || isAsking) return;
    isAsking = true;
    try {
      await ask();
    } catch {
      // nobody answered; asked again the next time
    } finally {
      isAsking = false;
    }
  }

  async function ask() {
    const response = await fetch(address, { redirect: "error" });
    if (response.status === GONE) end();
    if (!response.ok || response.status === NOTHING_NEW) return;
    told.innerHTML = await response.text();
    address = told.querySelector("[data-next]").dataset.next;
  }

  function end() {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  }
}
