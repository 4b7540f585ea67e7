"""A vocabulary of a few terms, and a tagger that finds their labels."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from dateline.analysis.name_likeness import NameIndex
from dateline.domain.tag import EditorTags, Evidence, Tag, TagRef
from dateline.domain.tagged_text import Dropped, TaggedText, Tagging
from dateline.domain.term import Term, TermType
from dateline.ports.vocabulary import TermDifference, TopicScore


@dataclass
class FewWords:
    """A vocabulary of a few terms, and a tagger that finds their labels in the text."""

    terms: list[Term] = field(
        default_factory=lambda: [
            Term(type="person", slug="ann-lee", label="Ann Lee", aliases=("A. Lee",)),
            Term(type="place", slug="brest", label="Brest"),
            Term(type="topic", slug="bridges", label="Bridges", same_as=("medtop:20000001",)),
            Term(type="section", slug="news", label="News"),
        ]
    )

    def current(self) -> FewWords:
        return self

    def tagger(self) -> FewWords:
        return self

    def find(self, type: TermType, slug: str) -> Term | None:
        return next((term for term in self.terms if (term.type, term.slug) == (type, slug)), None)

    def resolve(self, type: TermType, slug: str) -> Term | None:
        return self.find(type, slug)

    def is_gone(self, type: TermType, slug: str) -> bool:
        return False

    def merged_into(self, term: Term) -> tuple[str, ...]:
        return ()

    def narrower(self, term: Term) -> list[Term]:
        return [one for one in self.terms if term.slug in one.broader]

    def search(self, query: str, type: TermType | None, limit: int) -> Sequence[Term]:
        found = [t for t in self.terms if type in (None, t.type) and query.casefold() in t.label.casefold()]
        return found[:limit]

    def each(self, type: TermType | None = None, *, changed: bool = False) -> Iterator[Term]:
        return (term for term in self.terms if type in (None, term.type) and not changed)

    def ancestors(self, term: Term) -> tuple[Term, ...]:
        return ()

    def with_code(self, code: str, type: TermType) -> Term | None:
        return next((term for term in self.terms if term.type == type and code in term.same_as), None)

    def like(self, name: str, limit: int) -> list[Term]:
        index = NameIndex((name, term.key) for term in self.terms if term.type != "section" for name in term.names)
        keys = {term.key: term for term in self.terms}
        return [keys[one.key] for one in index.like(name, least=80, limit=limit, within=True)]

    def with_names(self, names: Collection[str], type: TermType) -> dict[str, Term]:
        return {
            name.casefold(): term
            for term in self.terms
            if term.type == type
            for name in term.names
            if name.casefold() in names
        }

    def tag(
        self, text: TaggedText, asserted: Sequence[TagRef] = (), editor: EditorTags | None = None, *,
        explain: bool = True,
    ) -> Tagging:  # fmt: skip
        tags = []
        removed = {(ref.type, ref.slug) for ref in editor.removed} if editor else set()
        for term in self.terms:
            start = text.body_text.find(term.label)
            if start >= 0 and term.type != "section" and (term.type, term.slug) not in removed:
                words = Evidence(
                    field="body_text", start=start, end=start + len(term.label), text=term.label, rule="label"
                )
                tags.append(Tag(type=term.type, slug=term.slug, label=term.label, evidence=(words,)))
        return Tagging(tags=tuple(tags), dropped=(Dropped(type="place", slug="minsk", label="Minsk", reason="far"),))

    def terms_called(self, name: str) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if name in term.names)

    def comparison(self, changed: Term) -> Unchanging:
        return Unchanging()

    def trial(self, topic: Term) -> Unchanging:
        return Unchanging()


class Unchanging:
    """Of no text it says that a changed term does anything to it."""

    def difference(self, text: TaggedText, asserted: Sequence[TagRef], editor: EditorTags) -> TermDifference | None:
        return None

    def score(self, text: TaggedText) -> TopicScore | None:
        return None
