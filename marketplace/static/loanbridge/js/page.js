// What runs on every page.

import { watchRequests } from "./messages.js";
import { reachable } from "./scrolling.js";
import { submitOnce } from "./submit_once.js";
import { themeSwitch } from "./theme_switch.js";

function tables(root) {
  root.querySelectorAll(".table-responsive").forEach(reachable);
}

document.querySelectorAll("[data-theme-switch]").forEach(themeSwitch);
watchRequests(document.body);
submitOnce(document);
tables(document);
document.body.addEventListener("htmx:load", ({ target }) => tables(target));
