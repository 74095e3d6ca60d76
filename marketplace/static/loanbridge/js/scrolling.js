// A wide table scrolls inside its own box; the box must then be reachable by keyboard.

const resized = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target)));

function mark(box) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

/** Give the box a place in the tab order while it has something to scroll. */
export function reachable(box) {
  resized.observe(box);
}
