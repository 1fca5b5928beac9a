"""The file that waits to be confirmed: its bytes, what was answered about it, and how it was read.

It stays in the session when its owner looks at another page and comes back, until it is taken away or replaced.
"""

import hashlib
from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from core.ingest.answers import AnswerError, Answers
from core.ingest.child import read_in_child
from core.ingest.reading import Upload
from ui import session
from ui.text import phrase

#: What is left of the answers where another table is read: the others name columns that it may not have.
OUTLIVE = {"sheet": ("months",), "header_line": ("months", "sheet")}
FILE, READ, ANSWERS, PROBLEM = "pending_file", "pending_read", "pending_answers", "answer_problem"


@dataclass(frozen=True, slots=True)
class PendingFile:
    """A file as it was handed in.

    Attributes:
        file_id: Name that the uploader gives it.
        number: Number of its bytes among those of this session: the same bytes keep their answers.
        name: File name.
        content: Its bytes.
    """

    file_id: str
    number: int
    name: str
    content: bytes

    @property
    def answers(self) -> Answers:
        """What was answered about it so far."""
        return _all_answers().get(self.number, Answers())

    @property
    def revision(self) -> int:
        """Number of its present answers: what is edited anew with each has it in its key."""
        return session.number_of("answers", repr((self.number, self.answers.key)))

    def read(self) -> Upload:
        """Return how it was read under the present answers; read once.

        Raises:
            LoadError: If nothing can be told of it.
        """
        wanted = self._name_reading()
        kept = cast("tuple[object, Upload] | None", st.session_state.get(READ))
        if kept is None or kept[0] != wanted:
            with st.spinner(phrase("upload.reading")):
                upload = self._read()
            kept = (self._name_reading(), upload)
            st.session_state[READ] = kept
        return kept[1]

    def _name_reading(self) -> tuple[object, ...]:
        return (self.number, self.answers.key)

    def _read(self) -> Upload:
        try:
            return read_in_child(self.content, name=self.name, answers=self.answers)
        except AnswerError as error:
            st.session_state[PROBLEM] = error.key
        # What it does not allow is named; under no answer at all there is always a reading.
        _all_answers().pop(self.number)
        return read_in_child(self.content, name=self.name, answers=Answers())

    def read_cells(self) -> Upload:
        """Return it with its cells, which are not kept once they have become a table.

        Raises:
            LoadError: As ``read``.
        """
        upload = self.read()
        if upload.sheet is None:
            st.session_state.pop(READ, None)
            upload = self.read()
        return upload

    def forget_cells(self) -> None:
        """Keep how it was read, and its cells no longer."""
        wanted, upload = cast("tuple[object, Upload]", st.session_state[READ])
        st.session_state[READ] = (wanted, replace(upload, sheet=None))

    def answer(self, key: str, value: str) -> None:
        """Note an answer, in place of a former one; one that is none is kept for ``take_problem``."""
        former = {each: given for each, given in self.answers.given.items() if each in OUTLIVE.get(key, (each,))}
        try:
            _all_answers()[self.number] = Answers({**former, key: value})
        except AnswerError as error:
            st.session_state[PROBLEM] = error.key


def find() -> PendingFile | None:
    """Return the file that waits, if one does."""
    return cast("PendingFile | None", st.session_state.get(FILE))


def keep(file: st.runtime.uploaded_file_manager.UploadedFile) -> PendingFile:
    """Keep a file that was handed in, in place of a former one."""
    former = find()
    if former is not None and former.file_id == file.file_id:
        return former
    content = file.getvalue()
    number = session.number_of("file", hashlib.blake2b(content, digest_size=16).hexdigest())
    st.session_state.pop(READ, None)
    st.session_state[FILE] = kept = PendingFile(file_id=file.file_id, number=number, name=file.name, content=content)
    return kept


def drop() -> None:
    """Forget the file; what was made of it before stays the data at hand."""
    for key in (FILE, READ, ANSWERS):
        st.session_state.pop(key, None)


def take_problem() -> str | None:
    """Return the key of the last answer if it was none, once."""
    return cast("str | None", st.session_state.pop(PROBLEM, None))


def _all_answers() -> dict[int, Answers]:
    return cast("dict[int, Answers]", st.session_state.setdefault(ANSWERS, {}))
