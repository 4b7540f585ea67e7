// Keys on the page of proposed events. They count only while something of a proposal has the focus, and not while one
// types. The page works without them.

const list = document.querySelector("ul.proposed");
const hint = document.getElementById("proposal-keys");

if (list && hint) {
  hint.hidden = false;
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    const one = event.target.closest("li");
    const act = {
      j: () => go(one.nextElementSibling),
      k: () => go(one.previousElementSibling),
      a: () => one.querySelector("button[name=accept]").click(),
      r: () => one.querySelector("button[name=reject]").click(),
      e: () => one.querySelector("form a").click(),
      x: () => one.querySelector("input[type=checkbox]").click(),
    }[event.key.toLowerCase()];
    if (!one || !act) return;
    event.preventDefault();
    act();
  });
}

function go(one) {
  one?.querySelector("input, button, a").focus();
}
