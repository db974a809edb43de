"""In which language does the workbench speak, and what does it call things?  Messages, kinds, fixed words, glossary."""

from workbench.language.catalogue import NAMES, Words, words

__all__ = ["NAMES", "Words", "words"]
