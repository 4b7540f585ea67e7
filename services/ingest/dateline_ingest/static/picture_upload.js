// A file from within a form: it becomes a picture of the newsroom, and what the search says of it comes back.

import { send } from "./send_file.js";

/** Send a file, tell how much of it went, and give what there is to know of the picture. Throws an ``Error`` in plain words. */
export async function upload(list, fields, file, progress) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", file, file.name || "pasted.png");
  const answer = await send(list.dataset.upload, body, progress);
  if (!answer.ok) throw new Error(answer.why || "It could not be taken.");
  const id = answer.html.match(/id="p-([0-9a-hjkmnp-tv-z]{26})"/)?.[1];
  const named = id && (await fetch(`${list.dataset.named}?ids=${id}`).catch(() => null));
  const [item] = named?.ok ? (await named.json()).items : [];
  if (!item) throw new Error("The server’s answer can’t be read.");
  return item;
}
