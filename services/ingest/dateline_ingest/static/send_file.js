// Sending a form with a file: how much of it went is told while it goes, and what became of it in plain words.

const REASONS = {
  401: "You aren’t signed in any more. Sign in in another tab, and try again.",
  413: "The file is too large.",
  429: "That was too much at once. Try again in a minute.",
  503: "It can’t be kept just now. Try again in a minute.",
};

// Gives {ok, text, html, why, field}: `html` where the answer is a part of a page, `field` where something is wrong.
export function send(address, fields, progress) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Part-Of-Page", "1");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress(event.loaded / event.total); });
    request.addEventListener("load", () => done(said(request)));
    for (const name of ["error", "abort", "timeout"])
      request.addEventListener(name, () => done({ ok: false, why: "The connection broke off. Nothing is lost here." }));
    request.send(fields);
  });
}

function said(request) {
  const ok = request.status >= 200 && request.status < 300;
  const text = request.responseText;
  const is_part = request.getResponseHeader("X-Part-Of-Page") === "1";
  if (is_part) return { ok, text, html: text, why: "" };
  return { ok: false, text, ...refusal(request) };
}

function refusal(request) {
  try {
    const told = JSON.parse(request.responseText);
    const why = told.errors?.map((one) => one.detail).join(" ") || told.detail || told.title;
    return { why, field: told.errors?.[0]?.pointer.slice(1) ?? "" };
  } catch {
    return { why: REASONS[request.status] ?? `It could not be taken (${request.status}).`, field: "" };
  }
}
