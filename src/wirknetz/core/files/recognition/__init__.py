"""Recognition: which number of a partner's file is which value that is asked for.

``recognise(book, questionnaire, profile=…, steps=…)`` is a pure function. The iron rule: a
number is taken only where nothing else could be meant; everything else is a question with its
place in the file.
"""

from wirknetz.core.files.recognition.recognise import recognise

__all__ = ["recognise"]
