"""Long work done at once in the tests' own process, in place of a worker's."""


class InlineWorker:
    """Looks like a ``Worker``."""

    def __init__(self, work, arguments):
        self._order = (work, arguments)
        self.is_ended = False

    def reports(self):
        work, arguments = self._order
        yield from work(*arguments)

    def end(self):
        self.is_ended = True
