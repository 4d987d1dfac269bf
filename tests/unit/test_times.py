"""What single time expressions mean: rows of invented sentences in the manner of news.

The anchor of a row without one is Sunday 2020-02-16.
"""

import pytest

from retold.lexicon.times import time_words
from retold.text.times import READERS, FoundTime, find_numeric_dates, find_times, recognise, resolve
from retold.text.times_rules import RULES

ANCHOR = "2020-02-16"

# sentence | words of the expression | type | value | EDTF | order ("-" is None)
ROWS = """
The ferry sank on Feb. 16, 2020, off the cape. | Feb. 16, 2020 | DATE | 2020-02-16 | 2020-02-16 | -
The ferry sank on February 16 2020. | February 16 2020 | DATE | 2020-02-16 | 2020-02-16 | -
The port closed on 16 February. | 16 February | DATE | 2020-02-16 | 2020-02-16 | -
The port closed on the 3rd of January, 2019. | the 3rd of January, 2019 | DATE | 2019-01-03 | 2019-01-03 | -
Filed 2020-02-14 by the harbour office. | 2020-02-14 | DATE | 2020-02-14 | 2020-02-14 | -
Filed 02/14/2020 by the harbour office. | 02/14/2020 | DATE | 2020-02-14 | 2020-02-14 | -
Filed 24/12/2019 by the harbour office. | 24/12/2019 | DATE | 2019-12-24 | 2019-12-24 | -
Filed 14.02.2020 by the harbour office. | 14.02.2020 | DATE | 2020-02-14 | 2020-02-14 | -
The mayor resigned on Dec. 3. | Dec. 3 | DATE | 2019-12-03 | 2019-12-03 | -
The mayor will resign on March 3. | March 3 | DATE | 2020-03-03 | 2020-03-03 | -
Voters will decide on Nov 5th. | Nov 5th | DATE | 2020-11-05 | 2020-11-05 | -
He was shot on Friday, Jan. 31, in his car. | Friday, Jan. 31 | DATE | 2020-01-31 | 2020-01-31 | -
The fair ran Feb. 10-12, 2020, at the docks. | Feb. 10-12, 2020 | DATE | 2020-02-10 | 2020-02-10/2020-02-12 | -
The bridge opened in May 1998. | May 1998 | DATE | 1998-05 | 1998-05 | -
The bridge opened in mid-March 2019. | mid-March 2019 | DATE | 2019-03 | 2019-03-11/2019-03-20 | -
In late December, a fire destroyed the mill. | late December | DATE | 2019-12 | 2019-12-21/2019-12-31 | -
In early January, the mill reopened. | early January | DATE | 2020-01 | 2020-01-01/2020-01-10 | -
In January, the mill was sold. | January | DATE | 2020-01 | 2020-01 | -
The lighthouse was painted in December. | December | DATE | 2019-12 | 2019-12 | -
The talks will resume in April. | April | DATE | 2020-04 | 2020-04 | -
The clinic is due to open by September. | September | DATE | 2020-09 | 2020-09 | -
It was the fifth raid since October. | October | DATE | 2019-10 | 2019-10/2020-02-16 | -
The ban has stood since 2011. | 2011 | DATE | 2011 | 2011/2020-02-16 | -
The strike has gone on since Monday. | Monday | DATE | 2020-02-10 | 2020-02-10/2020-02-16 | -
Prices fell at the beginning of October. | the beginning of October | DATE | 2019-10 | 2019-10-01/2019-10-10 | -
The deal was signed last May. | last May | DATE | 2019-05 | 2019-05 | -
The dam will be full next June. | next June | DATE | 2020-06 | 2020-06 | -
The law passed in 1987. | 1987 | DATE | 1987 | 1987 | -
The 2016 election divided the town. | 2016 | DATE | 2016 | 2016 | -
Sales rose in mid-2019. | mid-2019 | DATE | 2019 | 2019-04-01/2019-09-30 | -
Sales rose in early 2019. | early 2019 | DATE | 2019 | 2019-01-01/2019-03-31 | -
The line will be done by the end of 2024. | the end of 2024 | DATE | 2024 | 2024-10-01/2024-12-31 | -
The company lost money in fiscal 1999. | fiscal 1999 | DATE | 1999 | 1999 | -
It was built in the 1980s. | the 1980s | DATE | 198 | 1980/1989 | -
It was built in the late '90s. | the late '90s | DATE | 199 | 1997-01-01/1999-12-31 | -
Fashions of the sixties are back. | the sixties | DATE | 196 | 1960/1969 | -
The church dates from the 19th century. | the 19th century | DATE | 18 | 1800/1899 | -
The maker lost $3 million in the third quarter of 2019. | the third quarter of 2019 | DATE | 2019-Q3 | 2019-07/2019-09 | -
The maker posted a fourth-quarter loss. | fourth-quarter | DATE | 2019-Q4 | 2019-10/2019-12 | -
Output fell in the first half of 2018. | the first half of 2018 | DATE | 2018-H1 | 2018-01/2018-06 | -
The drought began last summer. | last summer | DATE | 2019-SU | 2019-06/2019-08 | -
The drought began in the spring of 2011. | the spring of 2011 | DATE | 2011-SP | 2011-03/2011-05 | -
Snow fell last winter. | last winter | DATE | 2018-WI | 2018-12/2019-02 | -
Multiple shells hit the depot early Sunday. | early Sunday | DATE | 2020-02-16 | 2020-02-16 | -
Sunday's attack was the worst. | Sunday | DATE | 2020-02-16 | 2020-02-16 | -
The minister said on Monday that talks had failed. | Monday | DATE | 2020-02-10 | 2020-02-10 | -
The minister will speak on Monday. | Monday | DATE | 2020-02-17 | 2020-02-17 | -
The minister is expected to arrive Tuesday. | Tuesday | DATE | 2020-02-18 | 2020-02-18 | -
The crew must leave by Friday. | Friday | DATE | 2020-02-21 | 2020-02-21 | -
Wednesday's ruling angered the union. | Wednesday | DATE | 2020-02-12 | 2020-02-12 | -
Police arrested him last Friday. | last Friday | DATE | 2020-02-14 | 2020-02-14 | -
The court meets next Friday. | next Friday | DATE | 2020-02-21 | 2020-02-21 | -
She spoke to reporters Tuesday evening. | Tuesday evening | TIME | 2020-02-11TEV | 2020-02-11 | -
She spoke to reporters on Friday afternoon. | Friday afternoon | TIME | 2020-02-14TAF | 2020-02-14 | -
Gunmen struck on the night of Friday. | the night of Friday | TIME | 2020-02-14TNI | 2020-02-14 | -
The hearing was postponed until Thursday. | Thursday | DATE | 2020-02-20 | 2020-02-20 | -
The toll rose today. | today | DATE | 2020-02-16 | 2020-02-16 | -
The toll rose yesterday morning. | yesterday morning | TIME | 2020-02-15TMO | 2020-02-15 | -
The council votes tomorrow. | tomorrow | DATE | 2020-02-17 | 2020-02-17 | -
The council votes tonight. | tonight | TIME | 2020-02-16TNI | 2020-02-16 | -
The council voted last night. | last night | TIME | 2020-02-15TNI | 2020-02-15 | -
The council voted this morning. | this morning | TIME | 2020-02-16TMO | 2020-02-16 | -
Rain fell overnight. | overnight | TIME | 2020-02-15TNI | 2020-02-15/2020-02-16 | -
Last month, the assembly passed a motion. | Last month | DATE | 2020-01 | 2020-01 | -
The barge sank last week. | last week | DATE | 2020-W06 | 2020-02-03/2020-02-09 | -
The barge will be raised next week. | next week | DATE | 2020-W08 | 2020-02-17/2020-02-23 | -
The plant will shut next year. | next year | DATE | 2021 | 2021 | -
The plant shut earlier this week. | earlier this week | DATE | 2020-W07 | 2020-02-10/2020-02-16 | -
The plant shut earlier this month. | earlier this month | DATE | 2020-02 | 2020-02-01/2020-02-16 | -
The plant will shut later this year. | later this year | DATE | 2020 | 2020-02-16/2020-12-31 | -
The plant shut at the end of last year. | the end of last year | DATE | 2019 | 2019-10-01/2019-12-31 | -
The plant shut late last month. | late last month | DATE | 2020-01 | 2020-01-21/2020-01-31 | -
Over the weekend, crews cleared the road. | the weekend | DATE | 2020-W07-WE | 2020-02-15/2020-02-16 | -
The plant will shut by year-end. | year-end | DATE | 2020 | 2020-10-01/2020-12-31 | -
A year ago, the plant was sold. | A year ago | DATE | 2019 | 2019 | -
The plant was sold three weeks ago. | three weeks ago | DATE | 2020-W04 | 2020-01-20/2020-01-26 | -
The plant was sold two days ago. | two days ago | DATE | 2020-02-14 | 2020-02-14 | -
The plant was sold several years ago. | several years ago | DATE | PAST_REF | - | -
The crater was found nearly 40 years ago. | nearly 40 years ago | DATE | 1980 | 1980 | -
The rebels fired back days later. | days later | DURATION | PXD | - | after
The rebels fired back three days later. | three days later | DURATION | P3D | - | after
The strike came just hours after a warning. | hours | DURATION | PTXH | - | after
The strike came two hours before the vote. | two hours | DURATION | PT2H | - | before
He was freed, later prompting protests. | later | DATE | FUTURE_REF | - | after
Two buses collided on Feb. 2, 2019; the next day a third burned. | the next day | DATE | 2019-02-03 | - | after
Two buses collided on Feb. 2, 2019; the following month the line shut. | the following month | DATE | 2019-03 | - | after
Two buses collided on Feb. 2, 2019; the previous day a third burned. | the previous day | DATE | 2019-02-01 | - | before
It opened in 1999 and closed later that year. | later that year | DATE | 1999 | 1999 | -
Since 2016 he has led; earlier in the day he quit. | earlier in the day | DATE | 2020-02-16 | - | -
The mayor quit on Monday; earlier in the day he wept. | earlier in the day | DATE | 2020-02-10 | 2020-02-10 | -
He was seen the day before the fire. | the day | DATE | 2020-02-15 | - | before
In recent weeks, shelling has grown. | recent weeks | DATE | PAST_REF | - | -
Shelling has grown recently. | recently | DATE | PAST_REF | - | -
The road is now open. | now | DATE | PRESENT_REF | - | -
Such errors were common in the past. | the past | DATE | PAST_REF | - | -
Nobody can tell the future. | the future | DATE | FUTURE_REF | - | -
The rain lasted for three hours. | three hours | DURATION | PT3H | - | -
He began a two-day visit. | two-day | DURATION | P2D | - | -
The siege lasted more than four months. | more than four months | DURATION | P4M | - | -
The siege lasted up to 180 days. | up to 180 days | DURATION | P180D | - | -
The siege lasted 2 1/2 years. | 2 1/2 years | DURATION | P2Y6M | - | -
The siege lasted an hour and a half. | an hour and a half | DURATION | PT1H30M | - | -
The siege lasted half an hour. | half an hour | DURATION | PT30M | - | -
The siege lasted twenty-five days. | twenty-five days | DURATION | P25D | - | -
The siege lasted a few weeks. | a few weeks | DURATION | PXW | - | -
The siege lasted a couple of days. | a couple of days | DURATION | P2D | - | -
The siege lasted two to three weeks. | two to three weeks | DURATION | P2W | - | -
The siege lasted two decades. | two decades | DURATION | P20Y | - | -
They waited for weeks. | weeks | DURATION | PXW | - | -
Ten people died in the past 24 hours. | the past 24 hours | DURATION | PT24H | 2020-02-15/2020-02-16 | -
Ten people died in the past two years. | the past two years | DURATION | P2Y | 2018-02-16/2020-02-16 | -
The line will grow over the next three months. | the next three months | DURATION | P3M | 2020-02-16/2020-05-16 | -
The stock fell over the last several weeks. | the last several weeks | DURATION | PXW | - | -
The market is held every Friday. | every Friday | SET | XXXX-WXX-5 | - | -
The market is held on Saturdays. | Saturdays | SET | XXXX-WXX-6 | - | -
The market is held on Tuesday nights. | Tuesday nights | SET | XXXX-WXX-2TNI | - | -
The rally is held annually. | annually | SET | P1Y | - | -
The board meets twice a week. | twice a week | SET | P1W | - | -
The board meets three times a month. | three times a month | SET | P1M | - | -
The board meets every two weeks. | every two weeks | SET | P2W | - | -
The board meets each month. | each month | SET | P1M | - | -
The mine yields 4,000 tons a day. | a day | SET | P1D | - | -
The blast came at 10:30 a.m. near the gate. | 10:30 a.m. | TIME | 2020-02-16T10:30 | 2020-02-16 | -
The blast came at 7 pm near the gate. | 7 pm | TIME | 2020-02-16T19:00 | 2020-02-16 | -
The blast came shortly after noon. | noon | TIME | 2020-02-16T12:00 | 2020-02-16 | -
The blast came at 1430 GMT. | 1430 GMT | TIME | 2020-02-16T14:30Z | 2020-02-16 | -
The blast came at three o'clock. | three o'clock | TIME | 2020-02-16T03:00 | 2020-02-16 | -
The offer expired at 5 p.m. EST, Feb. 3. | 5 p.m. EST, Feb. 3 | TIME | 2020-02-03T17:00 | 2020-02-03 | -
The blast came at 6:15 p.m. on Friday. | 6:15 p.m. on Friday | TIME | 2020-02-14T18:15 | 2020-02-14 | -
The crew worked from 2014 to 2016. | 2014 | DATE | 2014 | 2014/2016 | -
The crew worked from 2014 to 2016. | 2016 | DATE | 2016 | 2014/2016 | -
It rained between March and May 2019. | March | DATE | 2019-03 | 2019-03/2019-05 | -
It rained between March and May 2017. | March | DATE | 2017-03 | 2017-03/2017-05 | -
The fair ran from Dec. 28 to Jan. 3, 2017. | Dec. 28 | DATE | 2016-12-28 | 2016-12-28/2017-01-03 | -
It rained from June to August. | August | DATE | 2019-08 | 2019-06/2019-08 | -
The shop closed at Christmas. | Christmas | DATE | 2019-12-25 | 2019-12-25 | -
The shop closed on Good Friday 2019. | Good Friday 2019 | DATE | 2019-04-19 | 2019-04-19 | -
The shop closed on Thanksgiving. | Thanksgiving | DATE | 2019-11-28 | 2019-11-28 | -
Security was tightened after 9/11 there. | 9/11 | DATE | 2001-09-11 | 2001-09-11 | -
He spoke in nineteen ninety-six. | nineteen ninety-six | DATE | 1996 | 1996 | -
The hearing is set for the week of March 6. | the week of March 6 | DATE | 2020-W10 | 2020-03-02/2020-03-08 | -
The mayor refused to sign the bill on Tuesday. | Tuesday | DATE | 2020-02-11 | 2020-02-11 | -
The mayor agreed to sign the bill on Tuesday. | Tuesday | DATE | 2020-02-18 | 2020-02-18 | -
By Friday, the river had fallen. | Friday | DATE | 2020-02-14 | 2020-02-14 | -
On Tuesday, May said the plan had failed. | Tuesday | DATE | 2020-02-11 | 2020-02-11 | -
The firm unveiled a scheme on Tuesday to close the pit. | Tuesday | DATE | 2020-02-11 | 2020-02-11 | -
Fishing fell 4 percent against the same period last year. | the same period last year | DATE | 2019 | 2019 | -
The 1950-53 war left the town in ruins. | 1950-53 | DATE | 1950 | 1950/1953 | -
Earlier, the crew had sent a signal. | Earlier | DATE | PAST_REF | - | before
The blast came at 14:30 near the gate. | 14:30 | TIME | 2020-02-16T14:30 | 2020-02-16 | -
"""

NOT_TIMES = """
The army may march on the capital.
May said she would not resign.
Troops march through the gate.
Ms. June Harbour won the race.
The Sunday Times printed the list.
He came second in the race.
Some 1,984 people signed.
More than 2000 people fled the valley.
It cost $1999 at the dock.
A 34-year-old fisherman drowned.
Her son is three years old.
He was a minor league player aged 19.
See page 12 of the report.
The fall of the wall changed little.
Three quarters of the crop was lost.
He sat down sooner or later.
I am the captain.
The sun set over the bay.
The plan calls for 12-15 boats.
Route 66 was closed.
She wrote for The Daily Herald.
So said (@gull1956) to the crowd.
Watch the film 02:38 of the blast.
It takes a quarter of the budget.
An earlier report was wrong.
He wants a later date.
"""


def rows() -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in ROWS.strip().splitlines()]


def read(text: str, anchor: str | None = ANCHOR) -> dict[str, FoundTime]:
    found = find_times(text, [(0, len(text))], anchor, time_words())
    return {text[time.span.start : time.span.end]: time for time in found}


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[1]} in {row[0][:24]}")
def test_time_expression_means(row: tuple[str, ...]) -> None:
    sentence, words, kind, value, edtf, order = row
    found = read(sentence)
    assert words in found, sorted(found)
    time = found[words]
    told = (time.type, time.value, time.edtf or "-", time.order or "-")
    assert told == (kind, value, edtf, order)


@pytest.mark.parametrize("sentence", NOT_TIMES.strip().splitlines())
def test_no_time_where_words_only_look_like_one(sentence: str) -> None:
    assert read(sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Shells hit the depot early Sunday.", "XXXX-WXX-7"),
        ("Last month, the assembly passed a motion.", "XXXX-XX"),
        ("In December, the mill burned.", "XXXX-12"),
        ("The mayor resigned on Dec. 3.", "XXXX-12-03"),
        ("The toll rose yesterday.", "XXXX-XX-XX"),
        ("The toll rose two days ago.", "PAST_REF"),
        ("The plant shut in the third quarter.", "XXXX-Q3"),
        ("The plant shut last summer.", "XXXX-SU"),
        ("The blast came at 10:30 a.m. there.", "XXXX-XX-XXT10:30"),
    ],
)
def test_no_day_is_guessed_when_no_anchor_is_known(sentence: str, value: str) -> None:
    (time,) = read(sentence, None).values()
    assert (time.value, time.edtf, time.anchor) == (value, None, None)


def test_explicit_dates_need_no_anchor() -> None:
    assert read("The ferry sank on Feb. 16, 2020.", None)["Feb. 16, 2020"].edtf == "2020-02-16"


def test_resolve_reads_the_same_phrases_again_from_a_borrowed_anchor() -> None:
    text = "Shells hit the depot early Sunday. Last month, the assembly passed a motion."
    phrases = recognise(text, [(0, 34), (35, len(text))], time_words())
    assert [time.edtf for time in resolve(phrases, None, time_words())] == [None, None]
    assert [time.edtf for time in resolve(phrases, ANCHOR, time_words())] == ["2020-02-16", "2020-01"]


def test_numeric_dates_of_any_language() -> None:
    text = "Am 16.02.2020 und 2020-02-17, nicht 99.99.2020, gestern."
    assert [time.value for time in find_numeric_dates(text, [(0, len(text))], None)] == ["2020-02-16", "2020-02-17"]


def test_every_rule_has_its_reader() -> None:
    assert READERS.keys() == {name for name, _ in RULES}
