"""What the API takes: the parameters of a search and the body of a question."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from corpus.records import Level, ReportKind
from index.records import Filters
from search.exchange import Asking
from search.query import LONGEST_QUESTION

MAX_TOP = 100
MAX_OFFSET = 1000
MAX_REPORTS = 10_000_000
"""Further than any list of reports goes; JSON's integers end somewhere."""

ASKED: dict[str, JsonValue] = {"minLength": 1, "maxLength": LONGEST_QUESTION, "pattern": "\\S"}
"""What the document says of a question; the service itself turns others down, with better words."""


def _many(value: Any) -> Any:  # noqa: ANN401 - whatever the request holds
    """One value may stand without its list."""
    return value if value is None or isinstance(value, (list, tuple)) else [value]


def _whole(value: str) -> str:
    """JSON's escapes can write half a character, which no text holds and no reply could give back."""
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("holds half a surrogate pair")
    return value


Text = Annotated[str, AfterValidator(_whole)]
Year = Annotated[int, Field(ge=1900, le=2100)]
Name = Annotated[Text, Field(min_length=1, max_length=100)]
Years = Annotated[list[Year], BeforeValidator(_many, json_schema_input_type=list[Year] | Year), Field(max_length=50)]
Names = Annotated[list[Name], BeforeValidator(_many, json_schema_input_type=list[Name] | Name), Field(max_length=50)]
Levels = Annotated[
    list[Level], BeforeValidator(_many, json_schema_input_type=list[Level] | Level), Field(max_length=50)
]
Kinds = Annotated[
    list[ReportKind], BeforeValidator(_many, json_schema_input_type=list[ReportKind] | ReportKind), Field(max_length=50)
]


class FilterFields(BaseModel):
    """Which reports may be searched: values of one field are joined by "or", fields by "and"."""

    model_config = ConfigDict(extra="forbid")

    year: Years = Field(default=[], description="Report years.", examples=[[2022]])
    region: Names = Field(default=[], description="Full or short names of places at any level.", examples=[["金华"]])
    school: Names = Field(default=[], description="Schools, by any of their names.")
    level: Levels = Field(default=[], description="Who reports.")
    kind: Kinds = Field(default=[], description="Kinds of report.")
    report: Names = Field(default=[], description="Report ids.")

    def filters(self) -> Filters:
        """The record that the service takes."""
        return Filters(
            years=tuple(self.year),
            regions=tuple(self.region),
            schools=tuple(self.school),
            levels=tuple(self.level),
            kinds=tuple(self.kind),
            reports=tuple(self.report),
        )


Drop = Annotated[
    Names,
    Field(
        description="Readings of the question to leave out: a field (year) or a field and its value (year:2022).",
        examples=[["year:2022"]],
    ),
]


class SearchParameters(FilterFields):
    """Parameters of GET /api/search."""

    q: Text = Field(
        description="The question, in Chinese or English.", examples=["双师型教师比例"], json_schema_extra=ASKED
    )
    top: int = Field(default=10, ge=1, le=MAX_TOP, description="How many passages.")
    offset: int = Field(default=0, ge=0, le=MAX_OFFSET, description="How many passages to skip first.")
    drop: Drop = []

    def asking(self) -> Asking:
        """What the service is asked."""
        return Asking(
            self.q, filters=self.filters(), top=self.top, offset=self.offset, drop=tuple(self.drop), answered=False
        )


class Question(BaseModel):
    """Body of POST /api/ask."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "2022年金华市双师型教师的比例是多少？"},
                {"question": "Which schools expanded their 1+X pilots?", "top": 5, "filters": {"year": [2022]}},
            ]
        },
    )

    question: Text = Field(description="The question, in Chinese or English.", json_schema_extra=ASKED)
    id: Text = Field(default="", max_length=200, description="Comes back with the result.")
    filters: FilterFields = FilterFields()
    top: int = Field(default=10, strict=True, ge=1, le=MAX_TOP, description="How many passages.")
    drop: Drop = []
    generate: bool = Field(default=False, description="Also let the server's language model write an answer.")

    def asking(self) -> Asking:
        """What the service is asked."""
        return Asking(self.question, self.id, self.filters.filters(), self.top, drop=tuple(self.drop))


class ReportParameters(FilterFields):
    """Parameters of GET /api/reports."""

    limit: int = Field(default=100, ge=1, le=1000, description="How many reports.")
    offset: int = Field(default=0, ge=0, le=MAX_REPORTS, description="How many reports to skip first.")


class SuggestParameters(BaseModel):
    """Parameters of GET /api/suggest."""

    model_config = ConfigDict(extra="forbid")

    q: Text = Field(
        max_length=200, description="What is typed so far: Chinese, or pinyin, or its initials.", examples=["jhs"]
    )
    limit: int = Field(default=8, ge=1, le=20, description="How many suggestions.")


class PageParameters(BaseModel):
    """Parameters of a list in pages."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=100, ge=1, le=1000, description="How many.")
    offset: int = Field(default=0, ge=0, le=MAX_REPORTS, description="How many to skip first.")
