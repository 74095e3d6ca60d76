// A double click must not send a form twice. (The server would refuse the second; the reader should not see that.)

const FORGET_AFTER_MS = 8000; // a download leaves the page standing, and its button must work again

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

/** Let every posted form leave once until the next page is there. */
export function submitOnce(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    setTimeout(release, FORGET_AFTER_MS, form);
  });
  // Coming back with the back button may show the page as it was left.
  addEventListener("pageshow", () => root.querySelectorAll("form[data-sent]").forEach(release));
}
