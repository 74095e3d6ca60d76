// Messages that the browser adds to the page; their words stand in the page, in the reader's language.

/** Add an alert to the message area. `level` is success, info, warning or danger. */
export function addMessage(text, level = "danger") {
  const area = document.getElementById("messages");
  const alert = document.getElementById("message-template").content.firstElementChild.cloneNode(true);
  alert.classList.add(`alert-${level}`);
  alert.querySelector("[data-text]").textContent = text;
  area.append(alert);
  alert.scrollIntoView({ block: "nearest" });
}

/** Say so when an htmx request failed; refusals arrive as ready alerts and are let in. */
export function watchRequests(body) {
  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.xhr.getResponseHeader("HX-Retarget")) detail.shouldSwap = true;
  });
  body.addEventListener("htmx:responseError", ({ detail }) => {
    if (!detail.xhr.getResponseHeader("HX-Retarget")) addMessage(body.dataset.requestFailed);
  });
  body.addEventListener("htmx:sendError", () => addMessage(body.dataset.offline));
}
