"""Numbers at the start of a paragraph are recognised, and what only looks like one is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbering import chinese, parse, roman


@pytest.mark.parametrize(
    ("text", "family", "values", "shown"),
    [
        ("一、总体情况", "一、", (1,), "一"),
        ("十一、其他", "一、", (11,), "十一"),
        ("（二）经费", "（一）", (2,), "（二）"),
        ("(三)教师", "（一）", (3,), "(三)"),
        ("1.招生", "1.", (1,), "1"),
        ("２．招生", "1.", (2,), "２"),
        ("3、就业", "1、", (3,), "3"),
        ("4 升学", "1 ", (4,), "4"),
        ("（5）比赛", "（1）", (5,), "（5）"),
        ("6）比赛", "1）", (6,), "6）"),
        ("1.2 设备", "1.1", (1, 2), "1.2"),
        ("3.2.10．课程", "1.1.1", (3, 2, 10), "3.2.10"),
        ("第一部分  回顾", "第部分", (1,), "第一部分"),
        ("第12章 展望", "第章", (12,), "第12章"),
        ("第二十一条 学校应当", "第条", (21,), "第二十一条"),
        ("③实训", "①", (3,), "③"),
        ("⑵实训", "⑴", (2,), "⑵"),
        ("㈣实训", "㈠", (4,), "㈣"),
        ("Ⅳ、保障", "Ⅰ", (4,), "Ⅳ"),
        ("XIV. 保障", "I.", (14,), "XIV"),
        ("【案例3-12】甲校", "案例", (3, 12), "3-12"),
        ("【案例二-1】甲校", "案例", (2, 1), "二-1"),
        ("案例三-二：甲校", "案例", (3, 2), "三-二"),
        ("案例1：甲校", "案例", (1,), "1"),
        ("典型案例二：乙校", "案例", (2,), "二"),
        ("【案例】丙校", "案例", (0,), ""),
        ("表 2-1：经费", "表", (2, 1), "表2-1"),
        ("附表3 名单", "表", (3,), "附表3"),
        ("图1  去向", "图", (1,), "图1"),
        ("4.1+X证书试点", "1.", (4,), "4"),
        ("3.3D打印实训", "1.", (3,), "3"),
    ],
)
def test_numbers(text: str, family: str, values: tuple[int, ...], shown: str) -> None:
    """Every way of numbering is known by its family, its values and what the tree shows of it."""
    number = parse(text)
    assert number is not None
    assert (number.family, number.values, number.shown) == (family, values, shown)


@pytest.mark.parametrize(
    "text",
    [
        "2021年是开局之年",
        "2021 年，学校",
        "10月,教研室",
        "7月烹饪专业",
        "12.5万人参加",
        "12.5 万人参加",
        "1.3次。",
        "1+X证书",
        "3D打印",
        "5G网络",
        "2020（杭州）大会",
        "二是加强领导",
        "案例分析课程",
        "图书馆藏书",
        "表扬先进",
        "第一，加强领导",
        "53.33:46.67",
        "",
    ],
)
def test_no_numbers(text: str) -> None:
    """Years, dates, quantities, names and words that begin like a number are none."""
    assert parse(text) is None


def test_the_title_begins_behind_the_number() -> None:
    """`end` is where the title begins, blanks, tabs and marks skipped."""
    for text in ("3.6.1\t坚持", "7.2.2.坚持", "（1）、坚持", "表1  坚持", "【案例1-1】坚持", "第二部分：坚持"):
        number = parse(text)
        assert number is not None
        assert text[number.end :] == "坚持"


@given(st.integers(1, 999))
def test_chinese_numerals(value: int) -> None:
    """Every numeral below 1000 has its value, with and without 零 and the 一 before 十."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    text = (digits[hundreds] + "百" if hundreds else "") + (digits[tens] + "十" if tens else "")
    text += "零" if hundreds and not tens and ones else ""
    text += digits[ones] if ones else ""
    assert chinese(text) == value
    if text.startswith("一十"):
        assert chinese(text[1:]) == value


def test_roman_numerals() -> None:
    """Smaller signs before greater ones are taken off."""
    assert [roman(text) for text in ("I", "IV", "VI", "IX", "XI", "XIV", "XXX")] == [1, 4, 6, 9, 11, 14, 30]
