// The button that turns the light on and off.

const root = document.documentElement;

function show(button) {
  button.setAttribute("aria-pressed", String(root.dataset.bsTheme === "dark"));
}

function turn(button) {
  root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("loanbridge-theme", root.dataset.bsTheme);
  } catch {
    // Without storage the choice lasts for this page.
  }
  show(button);
}

/** Make the button work and follow changes from elsewhere (the system, charts read the same attribute). */
export function themeSwitch(button) {
  button.addEventListener("click", () => turn(button));
  new MutationObserver(() => show(button)).observe(root, { attributes: true, attributeFilter: ["data-bs-theme"] });
  show(button);
}
