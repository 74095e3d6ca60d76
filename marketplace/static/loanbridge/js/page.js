// What runs on every page.

import { watchRequests } from "./messages.js";
import { submitOnce } from "./submit_once.js";
import { themeSwitch } from "./theme_switch.js";

document.querySelectorAll("[data-theme-switch]").forEach(themeSwitch);
watchRequests(document.body);
submitOnce(document);
