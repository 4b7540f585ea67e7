// The pictures whose addresses are typed, each as a line of the field says it; one that doesn't come is told.

const PAUSE = 500;
const MOST = 20;
const field = document.getElementById("images");

function picture(line) {
  const [address, alt = "", credit = "", caption = ""] = line.split("|").map((part) => part.trim());
  const figure = Object.assign(document.createElement("figure"), { className: "picture" });
  const image = Object.assign(document.createElement("img"), { alt, loading: "lazy", referrerPolicy: "no-referrer" });
  const words = document.createElement("figcaption");
  words.textContent = [caption, credit].filter(Boolean).join(" · ") || (alt ? "" : "Without words for who doesn't see it");
  image.addEventListener("error", () => {
    image.remove();
    words.textContent = `No picture comes from ${address}`;
  });
  image.src = address;
  figure.append(image, words);
  return figure;
}

if (field) {
  const shown = Object.assign(document.createElement("div"), { className: "typed-pictures" });
  shown.setAttribute("aria-live", "polite");
  field.after(shown);
  let before = "";
  let waiting;
  const show = () => {
    const lines = field.value.split("\n").filter((line) => /^\s*https?:\/\/\S/.test(line)).slice(0, MOST);
    if (lines.join("\n") === before) return;
    before = lines.join("\n");
    shown.replaceChildren(...lines.map(picture));
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
  show();
}
