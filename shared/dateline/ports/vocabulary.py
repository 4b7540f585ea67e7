"""The vocabulary: the terms as they are now, and the tagger over them. Ingest and indexer ask for no more than this."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from dateline.domain.tag import EditorTags, TagRef
from dateline.domain.tagged_text import TaggedText, Tagging
from dateline.domain.term import Term, TermType

TermEffect = Literal["gain", "lose"]
"""What a changed term does to a text: the text gets it, or has it no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDifference:
    """What a changed term does to one text, and the ``words`` of the text that it comes from, each once."""

    effect: TermEffect
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicScore:
    """What a text says for a topic: its ``score`` of what is ``needed``, and the ``words`` of its phrases, each once.

    ``reached``: it has the topic. ``excluded``: a phrase forbids that.
    """

    score: float
    needed: float
    reached: bool
    excluded: bool = False
    words: tuple[str, ...] = ()


class Terms(Protocol):
    """The terms at one moment, editors' changes included."""

    def find(self, type: TermType, slug: str, /) -> Term | None:
        """The term, or None."""
        ...

    def resolve(self, type: TermType, slug: str, /) -> Term | None:
        """The term; of one that was merged the term that it is now. None where there is none."""
        ...

    def is_gone(self, type: TermType, slug: str, /) -> bool:
        """Whether an editor took the term out, or what it was merged into."""
        ...

    def merged_into(self, term: Term, /) -> Sequence[str]:
        """The keys of the terms that were merged into ``term``."""
        ...

    def search(self, query: str, type: TermType | None, limit: int, /) -> Sequence[Term]:
        """The terms whose names match ``query``, best first."""
        ...

    def each(self, type: TermType | None = None, /, *, changed: bool = False) -> Iterator[Term]:
        """Every term, or those of a type, or those alone that editors made or ``changed``; one after the other."""
        ...

    def with_code(self, code: str, type: TermType, /) -> Term | None:
        """The term that is the same as what ``code`` names (``concept_code``), or None."""
        ...

    def with_names(self, names: Collection[str], type: TermType, /) -> Mapping[str, Term]:
        """Of each of the case-folded ``names`` the best term that has it, in any language."""
        ...

    def narrower(self, term: Term, /) -> Sequence[Term]:
        """The terms that name it as their broader one."""
        ...

    def like(self, name: str, limit: int, /) -> Sequence[Term]:
        """The terms, of any type but sections, that have a name most like ``name``, in any script."""
        ...

    def ancestors(self, term: Term, /) -> tuple[Term, ...]:
        """Its broader terms, nearest first."""
        ...


class TextTagger(Protocol):
    """What tags a text."""

    def tag(
        self, text: TaggedText, asserted: tuple[TagRef, ...] = (), editor: EditorTags = ..., /, *, explain: bool = True
    ) -> Tagging:
        """The tags of ``text``; what a person ``asserted`` and what an ``editor`` added or removed count too."""
        ...

    def terms_called(self, name: str, /) -> tuple[Term, ...]:
        """The terms that ``name`` may mean as it stands in a text, the best known first."""
        ...


class TermComparison(Protocol):
    """One term as it is, and as it would be."""

    def difference(self, text: TaggedText, asserted: Sequence[TagRef], editor: EditorTags) -> TermDifference | None:
        """Whether ``text`` would gain or lose the term, and by which words; None when the change does nothing to it."""
        ...


class TopicScores(Protocol):
    """The phrases of one topic, tried on texts."""

    def score(self, text: TaggedText, /) -> TopicScore | None:
        """What a text says for the topic; None where it has none of its phrases."""
        ...


class LiveTerms(Protocol):
    """The vocabulary of a running process, which notices when an editor changes it."""

    def current(self) -> Terms:
        """The terms as they are now. Raises ``LedgerUnavailable``."""
        ...

    def tagger(self) -> TextTagger:
        """The tagger over these terms. Raises ``LedgerUnavailable``."""
        ...

    def comparison(self, changed: Term) -> TermComparison:
        """What the term of that key does to texts now, and as ``changed``. Raises ``LedgerUnavailable``."""
        ...

    def trial(self, topic: Term) -> TopicScores:
        """The phrases of a topic as it would be. Raises ``LedgerUnavailable``."""
        ...
