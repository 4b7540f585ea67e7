// Keys of the form in which a story is written: Enter in the headline goes on to the text, Ctrl+Enter sends.

const form = document.querySelector("form.story");

function text() {
  const field = form.querySelector("[role=textbox][aria-multiline]") ?? form.querySelector(".body-field textarea:not([hidden])");
  return field?.offsetParent ? field : null;
}

if (form) {
  document.getElementById("keys").hidden = false;
  form.elements.headline.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault(); // it would send a story that has no text yet
    text()?.focus();
  });
  // before the editor, whose own Ctrl+Enter would break the line
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
    event.preventDefault();
    event.stopPropagation();
    form.requestSubmit(form.querySelector(".do button:not(.quiet)"));
  }, { capture: true });
}
