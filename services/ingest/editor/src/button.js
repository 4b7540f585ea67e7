// A button of the editor; it sends no form.

export function button(name, run, className = "quiet") {
  const element = document.createElement("button");
  element.type = "button";
  element.className = className;
  element.textContent = name;
  element.addEventListener("click", run);
  return element;
}
