// Content comes with the page, and later in parts: an enhancement is told of each piece, once.

const enhancements = [];

export function onContent(enhance) {
  enhancements.push(enhance);
  enhance(document.body);
}

// htmx 4 tells of a swap on the element that was put in, or on the page.
document.addEventListener("htmx:after:process", ({ target }) => {
  const root = target === document ? document.body : target;
  if (root !== document.body) for (const enhance of enhancements) enhance(root);
});
