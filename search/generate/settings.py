"""The endpoint that the user names, by option or environment."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from corpus.errors import WenbaoError
from search.generate.endpoint import TIMEOUT, Endpoint

KEY = "WENBAO_LLM_KEY"
"""The key comes from the environment alone: a command line can be read by everybody on the machine."""


def endpoint_of(url: str | None, model: str | None, timeout: float | None = None) -> Endpoint | None:
    """The endpoint at an address, None without one.

    Raises:
        WenbaoError: the address is no address, or the model is not named.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise WenbaoError(
            f"The address of the language model, {url}, is not one.",
            "Give it up to the version, such as http://127.0.0.1:11434/v1.",
            code="model-address",
        )
    if not model:
        raise WenbaoError(
            "The language model has an address, but no name.",
            "Name it with --llm-model or WENBAO_LLM_MODEL, as its server knows it.",
            code="model-name",
        )
    return Endpoint(url.rstrip("/"), model, os.environ.get(KEY, ""), TIMEOUT if timeout is None else timeout)


def require_endpoint(endpoint: Endpoint | None) -> Endpoint:
    """The endpoint, for a question that asks for a generated answer.

    Raises:
        WenbaoError: there is none.
    """
    if endpoint is None:
        raise WenbaoError(
            "No language model is set.",
            "Give --llm-url and --llm-model (or WENBAO_LLM_URL and WENBAO_LLM_MODEL), or ask without --generate.",
            code="model-unset",
        )
    return endpoint
