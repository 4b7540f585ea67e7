// Notices what is typed before the modules of the page have arrived: draft.js then saves it without waiting for more.
// Loaded before the form is there, so neither deferred nor a module.
"use strict";

addEventListener("input", (event) => {
  const form = event.isTrusted && event.target.closest("form");
  if (form) form.dataset.typed = "";
}, true);
