// A wide window shows a task beside its list. The links are those of the pages: a narrow window follows them.

import htmx from "htmx.org";
import { onContent } from "./content.js";

const WIDE = matchMedia("(min-width: 75em) and (scripting: enabled)"); // as in inbox.css
const PATIENCE = 300;

let waiting = null;

export function showBeside() {
  addEventListener("click", followOnNarrow, true);
  document.addEventListener("htmx:before:request", forPane(begin));
  document.addEventListener("htmx:before:response", forPane(elsewhere));
  document.addEventListener("htmx:after:request", forPane(refused));
  document.addEventListener("htmx:error", forPane(failed));
  document.addEventListener("htmx:finally:request", forPane(end));
  document.addEventListener("htmx:after:swap", swapped);
  document.addEventListener("htmx:before:history:restore", restore);
  WIDE.addEventListener("change", () => fetchList(document));
  onContent(fetchList);
}

const pane = () => document.getElementById("pane");
const list = () => document.getElementById("list");
const isPane = (ctx) => ctx?.target?.id === "pane";

function forPane(act) {
  return (event) => isPane(event.detail.ctx) && act(event, event.detail.ctx);
}

function followOnNarrow(event) {
  const opens = event.target.closest?.("[data-opens]");
  if (opens && !(WIDE.matches && pane())) event.stopPropagation();
}

// A task that was opened with its list shows it beside, once that is here.
function fetchList(root) {
  const beside = root.querySelector("#list[hx-trigger]");
  if (beside && WIDE.matches && !beside.dataset.fetched) {
    beside.dataset.fetched = "";
    setTimeout(() => htmx.trigger(beside, "wanted")); // htmx may come to this part of the page later
  }
}

function open(address, push) {
  htmx.ajax("GET", address, { target: "#pane", select: "#main > *", push });
}

function begin() {
  pane().setAttribute("aria-busy", "true");
  clearTimeout(waiting);
  waiting = setTimeout(() => say(told().dataset.sentence), PATIENCE);
}

function end() {
  clearTimeout(waiting);
  pane()?.removeAttribute("aria-busy");
  say("");
}

const told = () => document.getElementById("pane-loading");

function say(sentence) {
  if (told()) told().textContent = sentence;
}

// Who has to sign in again does so on a page, not in a pane.
function elsewhere(event, { response }) {
  const { redirected, url } = response.raw;
  if (!redirected || new URL(url).pathname.startsWith("/tasks/")) return;
  event.preventDefault();
  location.assign(url);
}

function refused(event, ctx) {
  if (ctx.response.status < 500) return;
  event.preventDefault();
  fail(ctx);
}

function failed(_event, ctx) {
  fail(ctx);
}

function fail(ctx) {
  const content = document.getElementById("pane-failed").content.cloneNode(true);
  const again = content.querySelector("[data-again]");
  again.href = ctx.request.action;
  again.addEventListener("click", (event) => {
    event.preventDefault();
    open(again.href, "true");
  });
  pane().replaceChildren(content);
  pane().querySelector("[tabindex]").focus();
}

function swapped({ detail: { ctx } }) {
  if (isPane(ctx)) {
    mark();
    show();
  } else if (ctx.target?.id === "list") {
    mark()?.scrollIntoView({ block: "nearest" });
  }
}

// The heading says what has come. What had the focus may be gone.
function show() {
  const heading = pane().querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

function mark() {
  let current = null;
  for (const link of document.querySelectorAll("#list [data-opens]")) {
    const isCurrent = link.pathname === location.pathname;
    if (isCurrent) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (isCurrent) current = link.closest(".row");
  }
  return current;
}

// The list stands where it is; back and forward change what is beside it.
function restore(event) {
  if (!pane() || !list()) return;
  event.preventDefault();
  const { path } = event.detail;
  if (path === list().dataset.address) clear();
  else if (WIDE.matches && /^\/tasks\/[0-9a-f-]{36}\b/.test(path)) open(path, "false");
  else location.reload();
}

function clear() {
  pane().replaceChildren(document.getElementById("pane-empty").content.cloneNode(true));
  document.title = document.title.replace(/^.*(?= – )/s, list().dataset.title);
  const was = list().querySelector("[data-opens][aria-current]");
  mark();
  was?.focus();
}
