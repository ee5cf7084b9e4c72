"""A graph of tensor operations in the format of ONNX, written byte by byte.

ONNX is protobuf; a forward pass needs few of its fields, so that no library is needed to write them. Their numbers
are those of onnx.proto3, IR version 9, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

IR_VERSION, OPERATORS = 9, 20
"""Versions of the format and of its operators."""

MICROSOFT = "com.microsoft"
"""The domain of onnxruntime's own operators."""

_TYPES = {np.dtype(np.float32): 1, np.dtype(np.int8): 3}
"""TensorProto.DataType."""
_FLOAT, _INT = 1, 2
"""AttributeProto.AttributeType."""


class Graph:
    """Gathers constants and nodes in the order of their working."""

    def __init__(self) -> None:
        self._parts: list[bytes | memoryview] = []
        self._named = 0

    def constant(self, array: NDArray[np.generic]) -> str:
        """The name under which nodes use an array of float32 or int8."""
        name = self._name()
        dims = b"".join(_number(1, size) for size in array.shape)
        raw = np.ascontiguousarray(array).data.cast("B")  # copied once, when all parts are joined
        head = dims + _number(2, _TYPES[array.dtype]) + _text(8, name) + _opening(9, len(raw))
        self._parts += [_opening(5, len(head) + len(raw)) + head, raw]
        return name

    def node(self, operator: str, inputs: Iterable[str], *, domain: str = "", **attributes: float) -> str:
        """The name of the one output of an operator; an attribute is an integer or a float as it is given."""
        return self.nodes(operator, inputs, 1, domain=domain, **attributes)[0]

    def nodes(
        self, operator: str, inputs: Iterable[str], outputs: int, *, domain: str = "", **attributes: float
    ) -> list[str]:
        """The names of an operator's outputs."""
        names = [self._name() for _ in range(outputs)]
        said = [_text(1, name) for name in inputs] + [_text(2, name) for name in names]
        said += [_text(4, operator), _text(7, domain)]
        said += [_text(5, _attribute(name, value)) for name, value in attributes.items()]
        self._parts.append(_text(1, b"".join(said)))
        return names

    def model(self, given: str, wanted: str, width: int) -> bytes:
        """The whole model: from one float32 (1, any length, `width`) to another value that a node has made."""
        parts = [*self._parts, _text(2, "graph"), _text(11, _value(given, width)), _text(12, _value(wanted, width))]
        versions = [
            _text(8, _text(1, name) + _number(2, version)) for name, version in (("", OPERATORS), (MICROSOFT, 1))
        ]
        return b"".join([_number(1, IR_VERSION), *versions, _opening(7, sum(map(len, parts))), *parts])

    def _name(self) -> str:
        self._named += 1
        return f"t{self._named}"


def _value(name: str, width: int) -> bytes:
    """ValueInfoProto of a float32 (1, length, width)."""
    dims = [_number(1, 1), _text(2, "length"), _number(1, width)]
    shape = b"".join(_text(1, dim) for dim in dims)
    return _text(1, name) + _text(2, _text(1, _number(1, 1) + _text(2, shape)))


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, _INT)
    return _text(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, _FLOAT)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str | bytes) -> bytes:
    """A field of text, bytes or another message."""
    raw = value.encode() if isinstance(value, str) else value
    return _opening(field, len(raw)) + raw


def _opening(field: int, size: int) -> bytes:
    """What stands before the `size` bytes of such a field."""
    return _varint(field << 3 | 2) + _varint(size)


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; negative numbers in 64 bits."""
    value &= (1 << 64) - 1
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
