"""Long work done at once in the tests' own process, in place of a worker's."""

import pickle


class InlineWorker:
    """Looks like a ``Worker``: what goes in and what comes out crosses to it as to a process of its own."""

    def __init__(self, work, arguments):
        self._order = pickle.dumps((work, arguments))
        self.is_ended = False

    def reports(self):
        work, arguments = pickle.loads(self._order)  # noqa: S301 - our own bytes
        for report in work(*arguments):
            yield pickle.loads(pickle.dumps(report))  # noqa: S301

    def end(self):
        self.is_ended = True
