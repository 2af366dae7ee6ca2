// A receipt is there when the page comes, and what is there from the beginning is not read aloud: it is put in once more.

const SOON = 150;

export function sayNotices(root) {
  for (const notice of root.querySelectorAll(".notice[role=status]:not([data-said])")) {
    notice.dataset.said = "";
    const text = [...notice.childNodes];
    notice.replaceChildren();
    setTimeout(() => notice.replaceChildren(...text), SOON);
  }
}
