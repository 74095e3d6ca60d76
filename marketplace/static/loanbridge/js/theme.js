// Sets the colours before the first paint, so it is a plain script in the head: a module would come too late.
// Remembered choice first, the system's wish otherwise.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const remembered = () => {
    try {
      return localStorage.getItem("loanbridge-theme");
    } catch {
      return null; // storage may be forbidden; the system's wish then holds
    }
  };
  const apply = () => {
    document.documentElement.dataset.bsTheme = remembered() ?? (dark.matches ? "dark" : "light");
  };
  apply();
  dark.addEventListener("change", apply);
})();
