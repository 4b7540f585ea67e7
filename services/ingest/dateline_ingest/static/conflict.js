// Who types into "Neither, but this" means it.

for (const area of document.querySelectorAll(".dispute textarea"))
  area.addEventListener("input", () => { area.closest("fieldset").querySelector("[value=edit]").checked = true; });
