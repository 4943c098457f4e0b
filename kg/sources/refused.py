"""The one exception by which a part of this room gives up an input; `reader` makes a `Rejection` of it."""

from kg.errors import InputError


class RefusedError(InputError):
    """An input that cannot become an article.

    Args:
        reason: one of the words in the docstring of `kg.sources`.
        detail: one sentence for a person.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
