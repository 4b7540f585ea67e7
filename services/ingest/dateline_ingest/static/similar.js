// Says while one writes which story on record the text is like. It warns, and keeps nobody from sending.

const form = document.querySelector("form.story");
const shown = document.getElementById("similar");
let asked = "";

function line(one) {
  const item = document.createElement("li");
  const link = document.createElement(one.url ? "a" : "span");
  if (one.url) Object.assign(link, { href: one.url, target: "_blank", rel: "noopener" });
  const name = document.createElement("bdi");
  name.textContent = one.label;
  link.append(name);
  const about = document.createElement("span");
  about.className = "about";
  about.textContent = ` ${Math.floor(one.likeness * 100)} % · ${one.owner}`;
  item.append(link, about);
  return item;
}

async function look() {
  const body = { id: form.dataset.story ?? "" };
  for (const name of ["headline", "body_text"]) body[name] = form.elements[name]?.value ?? "";
  if (body.body_text === asked || body.body_text.length < 100) return;
  asked = body.body_text;
  const answer = await fetch(shown.dataset.similar, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok || body.body_text !== asked) return;
  const { items } = await answer.json();
  shown.hidden = items.length === 0;
  shown.querySelector("ul").replaceChildren(...items.map(line));
}

if (form && shown) {
  let waiting = 0;
  look().catch(() => {});
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => look().catch(() => {}), 1500);
  });
}
