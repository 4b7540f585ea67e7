// Counters beside fields. The desk works without it.
"use strict";

for (const field of document.querySelectorAll("[data-most]")) {
  const most = Number(field.dataset.most);
  const count = document.createElement("span");
  count.className = "count";
  const show = () => {
    const left = most - Array.from(field.value).length;
    count.textContent = left < most / 3 ? String(left) : "";
    count.classList.toggle("over", left < 0);
  };
  field.before(count);
  field.addEventListener("input", show);
  show();
}
