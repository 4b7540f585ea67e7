"""``/v1/docs``: the OpenAPI document as a page for people, rendered here; nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apispec import APISpec
from flask import Blueprint, Flask, render_template


def add_docs(app: Flask, openapi: APISpec) -> None:
    """Add the page of the document ``openapi``, and its style sheet, to ``app``."""
    pages = Blueprint(
        "docs", __name__, url_prefix="/v1/docs", template_folder="templates", static_folder="static", static_url_path=""
    )

    def page() -> str:
        spec = openapi.to_dict()
        return render_template("dateline/docs.html", spec=spec, operations=list(operations(spec)))

    pages.add_url_rule("", "page", page)
    app.register_blueprint(pages)


def operations(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each operation of an OpenAPI document, flat: method, path, summary, parameters, body, statuses."""
    for path, item in spec["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
            yield {
                "method": method.upper(),
                "path": path,
                "id": f"{method}{path}".replace("/", "-").replace("{", "").replace("}", ""),
                "summary": operation.get("summary", ""),
                "description": operation.get("description", ""),
                "parameters": [_resolved(parameter, spec) for parameter in parameters],
                "bodies": operation.get("requestBody", {}).get("content", {}),
                "responses": {code: _resolved(answer, spec) for code, answer in operation["responses"].items()},
            }


def _resolved(part: Any, spec: dict[str, Any]) -> Any:
    """What a ``$ref`` points to."""
    if not isinstance(part, dict) or "$ref" not in part:
        return part
    target: Any = spec
    for step in part["$ref"].removeprefix("#/").split("/"):
        target = target[step]
    return target
