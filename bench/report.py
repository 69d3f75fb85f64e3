"""One line a figure, the same shape for every job, so that a script can read them."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """What a run has found so far. name: the first word of a line; short: how many figures miss their target."""

    name: str = "BENCH"
    short: int = 0
    lines: list[str] = field(default_factory=list)
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def figure(self, job: str, figure: float, target: float, unit: str = "", at_least: bool = False) -> None:
        """Smaller is better, unless `at_least`."""
        kept = figure >= target if at_least else figure <= target
        self.short += not kept
        said, wanted, verdict = f"{_said(figure)}{unit}", f"{_said(target)}{unit}", "ok" if kept else "short"
        line = f"{self.name} {job} {said} target {wanted} {verdict}"
        self.lines.append(line)
        self.rows.append((job, said, wanted, verdict))
        print(line, flush=True)

    def note(self, text: str) -> None:
        """Something worth knowing that is no target."""
        print(f"      {text}", flush=True)

    def table(self) -> None:
        """All figures once more, under each other."""
        rows = [("figure", "measured", "target", ""), *self.rows]
        job, said, wanted = (max(len(row[column]) for row in rows) for column in range(3))
        for row in rows:
            print(f"{row[0]:<{job}}  {row[1]:>{said}}  {row[2]:>{wanted}}  {row[3]}".rstrip())


def _said(number: float) -> str:
    return f"{number:.3g}" if number < 1000 else f"{number:,.0f}"
