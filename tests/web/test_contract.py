"""The server keeps to its own OpenAPI document, whatever is sent to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from search.service import open_service
from search.web.app import create_app

LITTLE = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
"""Requests made up for each operation, half of them wrong on purpose."""

MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)

REFUSED = ("2xx", "400", "403", "404", "422")
"""What a request may get that fits the document: it can't say which words make a question, or which file a report."""


@pytest.fixture(scope="module")
def document(samples_index: Path, serving: Callable[[Any], Any]) -> Iterator[Any]:
    """The document of a server over the samples."""
    with open_service(samples_index) as service, serving(create_app(service)) as at:
        config = schemathesis.Config.from_dict(
            {"checks": {"positive_data_acceptance": {"expected-statuses": list(REFUSED)}}}
        )
        yield schemathesis.openapi.from_url(f"{at}/openapi.json", config=config)


def test_every_reply_is_what_the_document_says(document: Any) -> None:  # noqa: ANN401 - schemathesis has no types
    """Status, type, headers and body of every reply are documented, and nothing that is sent makes the server fail."""
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:
        takes = [*operation.query, *operation.body]
        for mode in MODES if takes else MODES[:1]:

            @given(case=operation.as_strategy(generation_mode=mode))
            @LITTLE
            def check(case: Any) -> None:  # noqa: ANN401 - the same
                case.call_and_validate()

            check()
