// The story in two frames, as wide as a phone and as a desktop: what the button opens in a tab is posted into each.

const form = document.getElementById("preview");
const frames = document.getElementById("previews");

if (form && frames) {
  frames.hidden = false;
  for (const frame of frames.querySelectorAll("iframe")) {
    const copy = form.cloneNode(true); // one form has one answer under way at a time
    copy.removeAttribute("id");
    copy.target = frame.name;
    copy.hidden = true;
    document.body.append(copy);
    copy.submit();
  }
}
