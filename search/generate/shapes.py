"""What is kept of a reply as the JSON object `answer.generated`."""

from __future__ import annotations

from search.generate.records import Generated, Said
from search.records import Result
from search.shapes import Json, citation_json, result_json


def said_json(said: Said) -> Json:
    """A sentence with what bears it out."""
    return {"text": said.text, "citations": [citation_json(citation) for citation in said.citations]}


def generated_json(generated: Generated) -> Json:
    """The sentences, alone and in one; `fallback` says why there are none, and is null where there are some."""
    fallback = generated.fallback
    return {
        "model": generated.model,
        "text": generated.text,
        "sentences": [said_json(said) for said in generated.sentences],
        "dropped": generated.dropped,
        "fallback": {"cause": fallback.cause, "message": fallback.message} if fallback else None,
    }


def with_generated(result: Result, generated: Generated) -> Json:
    """The reply of the contract, its answer with one field more."""
    shape = result_json(result)
    return {**shape, "answer": {**shape["answer"], "generated": generated_json(generated)}}
