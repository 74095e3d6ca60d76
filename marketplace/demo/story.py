"""What happened in one run."""

from dataclasses import dataclass, field

from listings.models import Listing
from listings.rounds.models import Round
from loans.models import Loan
from marketplace.demo.offers import Answers
from marketplace.demo.script import Case, Ending
from marketplace.demo.servicing import Service


@dataclass
class Story:
    """A listing of the script with everything that came of it, as far as it has come."""

    case: Case
    listing_id: int
    round_id: int = 0
    loan_id: int = 0
    answers: Answers = field(default_factory=Answers)

    @property
    def listing(self) -> Listing:
        """The listing as it is now."""
        return Listing.objects.select_related("borrower").get(pk=self.listing_id)

    @property
    def round(self) -> Round:
        """Its round as it is now."""
        return Round.objects.get(pk=self.round_id)

    @property
    def loan(self) -> Loan:
        """Its loan as it is now."""
        return Loan.objects.select_related("borrower__user").get(pk=self.loan_id)


@dataclass
class Outcome:
    """All stories of a run, and the service of the loans."""

    stories: list[Story] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)

    def ending(self, *endings: Ending) -> list[Story]:
        """The stories with one of these endings, in the order of the script."""
        return [story for story in self.stories if story.case.ending in endings]

    @property
    def funded(self) -> list[Story]:
        """The stories that become loans."""
        return [story for story in self.stories if story.case.is_funded]

    @property
    def answers(self) -> Answers:
        """Everything that was answered in all rounds."""
        together = Answers()
        for story in self.stories:
            together.add(story.answers)
        return together
