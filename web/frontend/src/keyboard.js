// Keys for who works through a list: the help sheet says them, and turns them off.
//
// No key does what cannot be taken back: `e` goes to the button, which is then pressed or not.

import { onContent } from "./content.js";

const SWITCH = "rutin.keys";
const OFF = "off";
const HELP = "/keyboard";
const TYPED_INTO =
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";

const KEYS = {
  "?": help,
  "/": search,
  j: () => move(1),
  k: () => move(-1),
  c: claim,
  e: complete,
  x: mark,
};

export function listenToKeys() {
  document.addEventListener("keydown", press);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(`a[href="${HELP}"]`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    help();
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-keys-switch]")) remember(target.checked);
  });
  onContent(showSwitch);
}

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.isComposing || event.target.closest?.(TYPED_INTO)) return;
  if (document.querySelector("dialog[open]") || areOff()) return;
  if (Object.hasOwn(KEYS, event.key) && KEYS[event.key]()) event.preventDefault();
}

function areOff() {
  try {
    return localStorage.getItem(SWITCH) === OFF;
  } catch {
    return false; // a browser that keeps nothing
  }
}

function remember(isOn) {
  try {
    if (isOn) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, OFF);
  } catch {
    // it holds for this page alone
  }
}

function showSwitch(root) {
  for (const each of root.querySelectorAll("[data-keys-switch]")) each.checked = !areOff();
}

// The sheet is a page of its own; here it is put before the page that stands.
function help() {
  const sheet = document.getElementById("key-sheet") ?? begun();
  if (sheet.childElementCount) sheet.showModal();
  else fetchSheet(sheet);
  return true;
}

function begun() {
  const sheet = document.createElement("dialog");
  sheet.id = "key-sheet";
  sheet.className = "key-sheet";
  sheet.setAttribute("aria-labelledby", "keys-heading");
  document.body.append(sheet);
  return sheet;
}

async function fetchSheet(sheet) {
  try {
    const response = await fetch(HELP);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const content = page.getElementById("keys");
    if (!response.ok || !content) throw new Error(response.statusText);
    sheet.replaceChildren(...content.childNodes);
  } catch {
    location.assign(HELP);
    return;
  }
  showSwitch(sheet);
  if (!sheet.open) sheet.showModal();
}

function search() {
  const fields = [...document.querySelectorAll("input[type=search], [data-search]")];
  const field = fields.find((each) => each.checkVisibility() || each.closest("details:not([open])"));
  if (!field) return false;
  field.closest("details")?.setAttribute("open", "");
  field.focus();
  field.select?.();
  return true;
}

const list = () => document.querySelector("[data-list]");

function links() {
  const all = list()?.querySelectorAll("a.row-name") ?? [];
  return [...all].filter((each) => each.checkVisibility());
}

// Where somebody is: at the row that has the focus, else at the task that is open, else where the address points.
function here() {
  const row = document.activeElement?.closest("[data-list] .row");
  return (
    row ??
    list()?.querySelector("[aria-current]")?.closest(".row") ??
    list()?.querySelector(".row:target") ??
    null
  );
}

function move(step) {
  const all = links();
  if (!all.length) return false;
  const place = all.findIndex((each) => each.closest(".row") === here());
  const next = place < 0 ? 0 : Math.min(Math.max(place + step, 0), all.length - 1);
  all[next].focus({ preventScroll: true });
  all[next].closest(".row").scrollIntoView({ block: "nearest" });
  return true;
}

// The row with the focus, else the task that stands on the page.
function claim() {
  const row = document.activeElement?.closest("[data-list] .row");
  const place = row ?? document.getElementById("pane") ?? document.getElementById("main");
  const button = place?.querySelector("form[action*='/claim'] button");
  button?.click();
  return Boolean(button);
}

function complete() {
  const button = document.querySelector("[data-complete]");
  if (!button) return false;
  button.focus();
  button.scrollIntoView({ block: "nearest" });
  return true;
}

function mark() {
  const box = document.activeElement?.closest("[data-list] .row")?.querySelector("input[name=task]");
  box?.click();
  return Boolean(box);
}
