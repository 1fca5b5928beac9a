"""Long work done at once in the tests' own process, in place of a worker's."""

from ui.worker import Told


class InlineWorker:
    """Looks like a ``Worker``."""

    def __init__(self, work, arguments):
        self._steps = (work, arguments)
        self.is_ended = False

    def reports(self):
        work, arguments = self._steps
        for step in work(*arguments):
            yield Told(done=step.done, total=step.total, outcome=step.outcome)

    def end(self):
        self.is_ended = True
