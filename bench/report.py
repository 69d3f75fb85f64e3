"""One line a figure, the same shape for every job, so that a script can read them."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """What a run has found so far. `short` counts the figures that miss their target."""

    short: int = 0
    lines: list[str] = field(default_factory=list)

    def figure(self, job: str, figure: float, target: float, unit: str = "", at_least: bool = False) -> None:
        """Smaller is better, unless `at_least`."""
        kept = figure >= target if at_least else figure <= target
        self.short += not kept
        line = f"BENCH {job} {_said(figure)}{unit} target {_said(target)}{unit} {'ok' if kept else 'short'}"
        self.lines.append(line)
        print(line, flush=True)

    def note(self, text: str) -> None:
        """Something worth knowing that is no target."""
        print(f"      {text}", flush=True)


def _said(number: float) -> str:
    return f"{number:.3g}" if number < 1000 else f"{number:,.0f}"
