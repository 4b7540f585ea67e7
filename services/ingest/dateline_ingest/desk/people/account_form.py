"""The form of an account: name, address, role, sections; checked as the schema below says."""

from __future__ import annotations

from typing import Any, Final, get_args

from marshmallow import Schema, fields, validate

from dateline.ports.ledger.accounts import Account, AccountDetails
from dateline.ports.ledger.tokens import Role
from dateline.schemas.fields import SHORT, Slug
from dateline.schemas.pointers import load
from dateline_ingest.desk.forms.form_fields import list_field
from dateline_ingest.desk.forms.typed_fields import TypedForm

LABELS: Final = {"name": "Name", "email": "E-mail", "role": "Role", "sections": "Sections"}


class AccountSchema(Schema):
    """What is said of an account."""

    name = fields.String(
        required=True,
        validate=validate.Regexp(r"[^@/\x00-\x1f\x7f]{1,100}\Z", error="1 to 100 characters, no @ and no /."),
    )
    email = fields.Email(required=True, validate=validate.Length(max=SHORT))
    role = fields.String(required=True, validate=validate.OneOf(get_args(Role)))
    sections = fields.List(Slug(), validate=validate.Length(max=100))


class AccountForm(TypedForm):
    """The form as it was typed."""

    @classmethod
    def of(cls, account: Account) -> AccountForm:
        """The form filled with what is said of an account."""
        said = {"name": account.name, "email": account.email, "role": account.role}
        return cls({**said, "sections": ", ".join(account.sections)})

    def body(self, role: str = "") -> dict[str, Any]:
        """What the form says; ``role`` stands in the place of the one that was typed."""
        self.check_whole()
        said = {name: " ".join(self.values.get(name, "").split()) for name in ("name", "email")}
        sections = list_field(self.values.get("sections", ""))
        return {**said, "role": role or self.values.get("role", ""), "sections": sections}


def checked_account(body: dict[str, Any]) -> AccountDetails:
    """What is said of an account, as it may be kept. Raises ``InvalidInput``."""
    said = load(AccountSchema(), body)
    return AccountDetails(
        name=said["name"], email=said["email"], role=said["role"], sections=tuple(dict.fromkeys(said["sections"]))
    )
