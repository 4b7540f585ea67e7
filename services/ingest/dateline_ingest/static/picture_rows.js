// The pictures of a form: their order by buttons and by drag, which one leads, and new ones by search, file or address.
// The text's editor asks for pictures too, by the events "picture-pick" and "picture-upload" at the form.
import { pick } from "./picture_picker.js";
import { upload } from "./picture_upload.js";

const MOST = 100;
const list = document.querySelector(".picture-list");
if (list) start(list);

function start(list) {
  const form = list.closest("form");
  const rows = list.querySelector(".picture-rows");
  const blank = list.querySelector("template").innerHTML;
  const status = list.querySelector("[data-said]");
  const one = Boolean(list.dataset.one);
  let dragged = null;

  // --- the rows ---
  function changed(words = "") {
    [...rows.children].forEach((row, at) => {
      const order = row.querySelector("[data-order] input");
      if (order) order.value = at + 1;
      row.querySelector("[data-up]")?.setAttribute("aria-disabled", String(at === 0));
      row.querySelector("[data-down]")?.setAttribute("aria-disabled", String(at === rows.children.length - 1));
    });
    if (words) status.textContent = words;
    list.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function named(row) {
    return row.querySelector(".name").textContent || row.querySelector("[name$=_address]").value || "the picture";
  }
  function button(textContent, row, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent });
    made.setAttribute("aria-label", `${textContent}: ${named(row)}`);
    made.addEventListener("click", () => { if (made.ariaDisabled !== "true") act(made); });
    return made;
  }
  function move(row, step, by) {
    if (step < 0) row.previousElementSibling.before(row);
    else row.nextElementSibling.after(row);
    by.focus();
    changed(`${named(row)} is now in place ${[...rows.children].indexOf(row) + 1} of ${rows.children.length}.`);
  }
  function takeOut(row) {
    const beside = row.nextElementSibling ?? row.previousElementSibling;
    const words = `${named(row)} is taken out.`;
    row.remove();
    (beside?.querySelector("[data-out]") ?? list.querySelector("[data-find]")).focus();
    changed(words);
  }
  function prepare(row) {
    const controls = row.querySelector(".do");
    const gone = row.querySelector("[data-gone]");
    const order = row.querySelector("[data-order]");
    if (order) {
      order.hidden = true;
      const up = button("Up", row, (by) => move(row, -1, by));
      const down = button("Down", row, (by) => move(row, 1, by));
      up.dataset.up = down.dataset.down = "";
      controls.append(up, down);
    }
    const out = button("Take out", row, () => takeOut(row));
    out.dataset.out = "";
    controls.append(out);
    gone.remove();
    const decorative = row.querySelector("[name$=_decorative]");
    const alt = row.querySelector("[name$=_alt]");
    const show = () => { alt.readOnly = decorative.checked; };
    decorative.addEventListener("change", show);
    show();
    const lead = row.querySelector("[name$=_lead]");
    lead?.addEventListener("change", () => {
      for (const other of rows.querySelectorAll("[name$=_lead]:checked")) if (other !== lead) other.checked = false;
    });
    const address = row.querySelector("[name$=_address]");
    if (!address.value.startsWith("image:")) address.addEventListener("input", () => showAddress(row));
    const thumb = row.querySelector(".thumb");
    thumb.querySelector("img")?.addEventListener("error", () => missing(row));
    if (!order) return;
    thumb.draggable = true;
    thumb.title = "Drag to another place";
    thumb.addEventListener("dragstart", (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", named(row));
    });
    thumb.addEventListener("dragend", () => { dragged = null; changed(); });
  }
  function thumbnail(row, src) {
    const image = Object.assign(document.createElement("img"), { alt: "", referrerPolicy: "no-referrer", draggable: false });
    image.addEventListener("error", () => missing(row));
    if (src) image.src = src;
    row.querySelector(".thumb").replaceChildren(...(src ? [image] : []));
  }
  function missing(row) {
    const address = row.querySelector("[name$=_address]").value;
    row.querySelector(".thumb").replaceChildren();
    if (!address.startsWith("image:")) row.querySelector("[data-remarks]").textContent = `No picture comes from ${address}`;
  }
  function showAddress(row) {
    const address = row.querySelector("[name$=_address]").value.trim();
    row.querySelector("[data-remarks]").textContent = "";
    thumbnail(row, /^https?:\/\/\S+$/.test(address) ? address : "");
  }

  // --- new rows ---
  function free() {
    for (let number = 0; number < MOST; number += 1) if (!form.elements[`picture_${number}_address`]) return number;
    return -1;
  }
  function fresh() {
    if (one) rows.replaceChildren();
    const number = free();
    if (number < 0) {
      status.textContent = `A form has ${MOST} pictures at most.`;
      return null;
    }
    const holder = document.createElement("template");
    holder.innerHTML = blank.replaceAll("NUMBER", number);
    const row = holder.content.firstElementChild;
    rows.append(row);
    return row;
  }
  function addOwn(item) {
    const address = `image:${item.id}`;
    const there = [...rows.querySelectorAll("[name$=_address]")].find((field) => field.value === address);
    const row = there?.closest("li") ?? fresh();
    if (row && !there) {
      const field = row.querySelector("[name$=_address]");
      field.value = address;
      field.closest(".field").hidden = true;
      row.querySelector(".name").textContent = item.name;
      for (const name of ["alt", "caption", "credit"]) row.querySelector(`[name$=_${name}]`).placeholder = item[name];
      row.querySelector("[data-remarks]").textContent = remarks(item);
      thumbnail(row, item.thumb);
      prepare(row);
      changed(`${item.name} is added.`);
    }
    row?.querySelector(item.lacks_alt ? "[name$=_alt]" : "[name$=_caption]").focus();
  }
  function addAddress(fields) {
    const [address, alt] = fields;
    if (!address.value.trim()) return address.focus();
    const id = address.value.trim().match(/^(?:(?:https?:\/\/[^/\s]+)?\/pictures\/)?([0-9a-hjkmnp-tv-z]{26})\/?$/);
    if (id) return fetchNamed(id[1]).then((item) => { if (item) { addOwn(item); address.value = alt.value = ""; } });
    const row = fresh();
    if (!row) return null;
    row.querySelector("[name$=_address]").value = address.value.trim();
    row.querySelector("[name$=_alt]").value = alt.value.trim();
    address.value = alt.value = "";
    prepare(row);
    showAddress(row);
    changed("The picture is added.");
    return row.querySelector("[name$=_alt]").focus();
  }
  async function fetchNamed(id) {
    const answer = await fetch(`${list.dataset.named}?ids=${id}`).catch(() => null);
    const [item] = answer?.ok ? (await answer.json()).items : [];
    if (!item) status.textContent = "There is no such picture.";
    return item;
  }
  async function addFiles(files, done = addOwn) {
    const refused = [];
    for (const file of files) {
      status.textContent = `Uploading ${file.name}…`;
      try {
        const sent = { csrf_token: form.elements.csrf_token.value, credit: credit.value.trim() };
        const item = await upload(list, sent, file, (part) => { status.textContent = `Uploading ${file.name}: ${Math.floor(part * 100)} %`; });
        status.textContent = `${file.name} is uploaded.`;
        done(item);
      } catch (error) {
        refused.push(`${file.name}: ${error.message}`);
      }
    }
    if (refused.length) status.textContent = refused.join(" ");
    if (refused.length && !credit.value.trim()) credit.focus();
  }

  // --- what the page offers with this module ---
  for (const row of rows.children) prepare(row);
  for (const image of rows.querySelectorAll(".thumb img")) image.draggable = false;
  list.querySelector("[data-plain]").hidden = true; // its field stays: what a draft saved has it
  list.querySelector("[data-elsewhere]").hidden = true;
  status.className = "about";
  const find = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: one ? "Choose a picture" : "Add pictures" });
  find.dataset.find = "";
  find.addEventListener("click", () => pick(list.dataset.search, addOwn));
  const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", multiple: !one, hidden: true });
  input.addEventListener("input", (event) => event.stopPropagation());
  input.addEventListener("change", () => { addFiles([...input.files]); input.value = ""; });
  const fromDisk = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Upload" });
  fromDisk.addEventListener("click", () => input.click());
  const credit = Object.assign(document.createElement("input"), { autocomplete: "off", className: "short" });
  credit.addEventListener("input", (event) => event.stopPropagation()); // of what is uploaded, and of no field of the form
  const credited = Object.assign(document.createElement("label"), { className: "box credited", textContent: "Credit of what you upload" });
  credited.append(credit);
  const hint = Object.assign(document.createElement("small"), { textContent: "or drop and paste them here" });
  const controls = Object.assign(document.createElement("p"), { className: "do" });
  controls.append(find, ...(list.dataset.upload ? [credited, fromDisk, input, hint] : []));
  rows.after(controls);

  const address = list.querySelector("[data-address]");
  const fields = [...address.querySelectorAll("input")];
  const add = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Add it" });
  add.addEventListener("click", () => addAddress(fields));
  address.append(add);
  for (const field of fields) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
      event.preventDefault();
      addAddress(fields);
    });
  }
  list.addEventListener("dragover", (event) => {
    if (dragged) {
      event.preventDefault();
      const over = event.target.closest(".picture-row");
      if (!over || over === dragged) return;
      const { top, height } = over.getBoundingClientRect();
      if (event.clientY < top + height / 2) over.before(dragged);
      else over.after(dragged);
    } else if (list.dataset.upload && event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  list.addEventListener("drop", (event) => {
    if (!dragged && !event.dataTransfer.files.length) return;
    event.preventDefault();
    if (!dragged && list.dataset.upload) addFiles([...event.dataTransfer.files]);
  });
  list.addEventListener("paste", (event) => {
    if (!list.dataset.upload || !event.clipboardData.files.length) return;
    event.preventDefault();
    addFiles([...event.clipboardData.files]);
  });
  form.addEventListener("picture-pick", (event) => pick(list.dataset.search, event.detail.done));
  form.addEventListener("picture-upload", (event) => addFiles(event.detail.files, event.detail.done));
  changedQuietly();

  function changedQuietly() {
    const { length } = rows.children;
    [...rows.children].forEach((row, at) => {
      row.querySelector("[data-up]")?.setAttribute("aria-disabled", String(at === 0));
      row.querySelector("[data-down]")?.setAttribute("aria-disabled", String(at === length - 1));
    });
  }
}

function remarks(item) {
  return [item.state, item.rights].filter(Boolean).map((words) => `${words[0].toUpperCase()}${words.slice(1)}.`).join(" ");
}
