"""Progress bars of the scenario's steps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Advance = Callable[[], None]


@contextmanager
def progress_bars(console: Console) -> Iterator["Steps"]:
    """A place for bars below each other."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield Steps(progress)


class Steps:
    """Opens a bar for each step."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def step(self, words: str, *, total: int) -> Advance:
        """A new bar; call what it returns once for each thing done."""
        bar = self._progress.add_task(f"{words:<46}", total=total)
        return lambda: self._progress.advance(bar)
