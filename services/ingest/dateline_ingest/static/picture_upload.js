// A file from within a form: it becomes a picture of the newsroom, and what the search says of it comes back.

/** Send a file, tell how much of it went, and give what there is to know of the picture. Throws an ``Error`` in plain words. */
export async function upload(list, fields, file, progress) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", file, file.name || "pasted.png");
  const card = await sent(list.dataset.upload, body, progress);
  const id = card.match(/id="p-([0-9a-hjkmnp-tv-z]{26})"/)?.[1];
  const answer = id && (await fetch(`${list.dataset.named}?ids=${id}`).catch(() => null));
  const [item] = answer?.ok ? (await answer.json()).items : [];
  if (!item) throw new Error("The server’s answer can’t be read.");
  return item;
}

function sent(address, body, progress) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Part-Of-Page", "1");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress(event.loaded / event.total); });
    request.addEventListener("error", () => fail(new Error("The connection broke off.")));
    request.addEventListener("load", () => {
      if (request.status < 300) done(request.responseText);
      else fail(new Error(reason(request)));
    });
    request.send(body);
  });
}

function reason(request) {
  try {
    const told = JSON.parse(request.responseText);
    return told.errors?.map((one) => one.detail).join(" ") || told.detail || told.title;
  } catch {
    return request.status === 401 ? "You aren’t signed in any more." : `It could not be taken (${request.status}).`;
  }
}
