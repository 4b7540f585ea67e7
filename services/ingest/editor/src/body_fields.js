// The two fields of a story's text in its form, of which one is sent: HTML, or plain text.

export class BodyFields {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.area = form.querySelector("textarea[name=body_html], textarea[name=body_text]");
    this.holdsHtml = this.area.name === "body_html";
    this.html = hidden(form, "body_html", this.holdsHtml ? this.area.value : "");
    this.text = hidden(form, "body_text", this.holdsHtml ? "" : this.area.value);
    this.area.removeAttribute("name");
  }

  /** Send HTML; `text` is for the tags while one types. */
  setHtml(html, text) {
    this.html.value = html;
    this.text.value = text;
    this.html.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Send what stands in the text field: plain text, or HTML where that is what it holds. */
  setTyped() {
    this.html.value = this.holdsHtml ? this.area.value : "";
    this.text.value = this.holdsHtml ? "" : this.area.value;
  }
}

function hidden(form, name, value) {
  const field = form.querySelector(`input[type=hidden][name=${name}]`) ?? document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  form.append(field);
  return field;
}
