// How many lines a headline takes where readers meet it: it is measured as the paper sets it.

const PLACES = [
  ["in a list", 18, 240],
  ["in search", 22, 700],
  ["on a phone", 29, 328],
];
const field = document.getElementById("headline");

function lines(text, size, width, pen) {
  const family = getComputedStyle(document.documentElement).getPropertyValue("--serif") || "serif";
  pen.font = `700 ${size}px ${family}`;
  let count = 1;
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && pen.measureText(longer).width > width) {
      count += 1;
      line = word;
    } else line = longer;
  }
  return count;
}

if (field) {
  const pen = document.createElement("canvas").getContext("2d");
  const note = Object.assign(document.createElement("p"), { id: "headline-lines", className: "about lines" });
  field.after(note);
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), note.id].filter(Boolean).join(" "));
  const show = () => {
    const text = field.value.trim();
    const said = PLACES.map(([where, size, width]) => {
      const count = lines(text, size, width, pen);
      return `${count} line${count === 1 ? "" : "s"} ${where}`;
    });
    note.textContent = text ? `${Array.from(text).length} characters: ${said.join(", ")}` : "";
  };
  field.addEventListener("input", show);
  show();
}
