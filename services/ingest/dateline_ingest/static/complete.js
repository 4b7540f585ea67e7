// Fields that complete from the vocabulary too; what the house has used stands in their lists already.

const AFTER = 200; // milliseconds without a letter

for (const field of document.querySelectorAll("[data-completes]")) {
  const choices = field.list;
  const used = Array.from(choices.options, (option) => option.value);
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const typed = field.value.trim();
      if (typed.length < 2) return;
      const asked = new URLSearchParams({ field: field.dataset.completesAs ?? field.name, q: typed });
      const answer = await fetch(`${field.dataset.completes}?${asked}`).catch(() => null);
      if (!answer?.ok || field.value.trim() !== typed) return;
      const found = new Set([...(await answer.json()).items, ...used]);
      choices.replaceChildren(...Array.from(found, (value) => Object.assign(document.createElement("option"), { value })));
    }, AFTER);
  });
}
