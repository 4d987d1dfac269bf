"""The second tokenizer: what it takes for visible text, and how the difference is counted."""

import pytest

from retold.model.page import Characters
from retold.readers.characters import compare, survey


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a<!-- b -->c", "ac"),
        ("a<!-->b", "ab"),
        ("a<!-- never closed", "a"),
        ("a<!-- b --!>c", "ac"),
        ("a</ b>c", "ac"),
        ("a<?pi b>c", "ac"),
        ("a<![CDATA[b]]>c", "ac"),
        ("<svg><![CDATA[a<b]]></svg>", "a<b"),
        ("<svg><title>a</title></svg>b", "b"),
        ("<svg><title>a<p>b", ""),
        ("<svg/><title>a</title>b", "b"),
        ("<script>a</script >b", "b"),
        ("<script><!-- <script>a</script>b --></script>c", "c"),
        ("<script>never closed", ""),
        ("<script/>a</script>b", "b"),
        ("<title>a<b></title>c", "c"),
        ("<textarea>&lt;a></textarea>b", "<a>b"),
        ("<xmp>&lt;<b></xmp>", "&lt;<b>"),
        ("<template>a<template>b</template>c</template>d", "d"),
        ("<plaintext>a</plaintext>", "a</plaintext>"),
        ("1 < 2 &amp; 3 &notit; &#x80;", "1 < 2 & 3 ¬it; €"),
        ("<script><!--><script></script>a", "a"),
        ("<a title='>' href=x>b</a>", "b"),
        ("<a <b>c", "c"),
        ("a<b never closed", "a"),
        ("a<", "a<"),
        ("a</", "a</"),
    ],
)
def test_survey_reads_markup_as_the_standard_does(markup, expected):
    assert survey(markup).text == expected


def test_compare_leaves_white_space_control_characters_and_order_aside():
    assert compare(" a\xa0b\x01c", "c b\na") == Characters(3, 3, 0)


def test_compare_counts_what_stands_on_one_side_only():
    assert compare("aab", "abcc") == Characters(3, 4, 3)


def test_survey_measures_depth_attributes_and_reopened_elements():
    found = survey("<div><p><b>x<p>y<p>z</div>" + "<i " + "a " * 600 + ">")
    assert (found.depth, found.attributes, found.reopened) == (2, 600, 2)
