"""Stories, events and terms as JSON, the same on every way out: web's API, and the changes that ingest tells of."""

from dateline.formats.public_json import event as event
from dateline.formats.public_json import story as story
from dateline.formats.public_json import term as term
