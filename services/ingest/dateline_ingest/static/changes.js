// "Show what changes" without leaving the page: the server's answer is the page itself, of which one part is taken.

const form = document.querySelector("form.story");
const place = document.getElementById("changes");
const button = form?.querySelector("button[name=changes]");

button?.addEventListener("click", async (event) => {
  event.preventDefault();
  event.stopPropagation();
  const fields = new FormData(form);
  fields.append("changes", "1");
  const answer = await fetch(form.action, { method: "POST", body: fields }).catch(() => null);
  const shown = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#changes > section");
  if (!shown) { // a mistake, a conflict, or no server: the page says so itself
    button.form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "changes", value: "1" }));
    form.submit();
    return;
  }
  place.replaceChildren(shown);
  shown.focus();
  shown.scrollIntoView({ block: "nearest" });
});
