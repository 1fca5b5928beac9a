"""Files as people have them, from bytes to a reading: right, asked, or refused with the right reason."""

import io
import pickle

import pandas as pd
import pytest

from core.ingest import AnswerError, Answers, load, read_upload
from core.ingest.reading import Verdict
from core.limits import COLUMNS_MAX


def read(text, *pairs, name="a.csv", encoding="utf-8"):
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return read_upload(content, name=name, answers=Answers.from_pairs(pairs)).reading


def sums(reading):
    return {
        column.name: column.nonprivate_sum for column in reading.columns if column.used and column.lower is not None
    }


def whys(reading):
    return {column.name: column.why for column in reading.columns}


def rows(count, line):
    return "".join(
        line.format(i=i, j=i % 5, k=i % 7 + 1, date=f"2024-0{i % 9 + 1}-1{i % 7}") + "\n" for i in range(count)
    )


GERMAN = "Kundennummer;Alter;Lebensmittel (EUR);Miete (EUR)\n" + rows(30, "{i};4{j};1.{k}50,25;{k}00,5")
CARD = "제목 : 이용내역\n기간 : 2024\n\n회원번호,이용일자,업종,가맹점명,이용금액(원)\n"
CARD += rows(40, 'M{j},{date},외식,가게{i},"{k},000"') + "합계,,,,999\n"
ACCOUNT = "Date,Description,Amount,Balance\n" + rows(20, "{date},SHOP {k},-{i}.50,1000.00")


def test_a_german_file_of_customers_is_read():
    reading = read(GERMAN)

    assert (reading.verdict, reading.layout, reading.person) == (Verdict.READ, "wide", "Kundennummer")
    assert (reading.decimal, reading.separator, reading.nonprivate_people) == (",", ";", 30)
    assert sums(reading)["Lebensmittel (EUR)"] == pytest.approx(
        sum(1000 + (i % 7 + 1) * 100 + 50.25 for i in range(30))
    )
    assert whys(reading)["Kundennummer"] == "person"
    assert next(c.unit for c in reading.columns if c.name == "Miete (EUR)") == "€"


def test_a_card_export_with_titles_and_a_total_is_read():
    reading = read(CARD, encoding="cp949")

    assert (reading.verdict, reading.layout, reading.header_line, reading.encoding) == ("read", "long", 4, "cp949")
    assert (reading.person, reading.category, reading.amount) == ("회원번호", "업종", "이용금액(원)")
    assert sums(reading)["외식"] == sum((i % 7 + 1) * 1000 for i in range(40))
    assert [(row.line, row.reason, row.value) for row in reading.nonprivate_left_out] == [(45, "total_row", "합계")]


def test_the_export_of_one_account_is_refused_and_read_all_the_same():
    reading = read("Summary,,\nBeginning balance,,5.00\n\n" + ACCOUNT)

    assert (reading.verdict, reading.reason, reading.header_line) == (Verdict.REFUSE, "one_person", 4)
    assert {column.name: column.nonprivate_sum for column in reading.columns}["Amount"] == -sum(
        i + 0.5 for i in range(20)
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("상권_코드,상권명,매출_금액\n" + rows(20, "{i},상권{i},{k}000"), "no_person"),
        ("category,Jan,Feb\nfood,1,2\nrent,3,4\nhealth,5,6\n", "no_person"),
        ("month,food,rent\n" + rows(9, "{date},{k},{j}"), "one_person"),
        ("customer,date,amount\n" + rows(9, "me,{date},{k}"), "one_person"),
        ("시군구,업종,이용금액\n" + rows(20, "구{j},업종{k},{k}000"), "no_person"),
        ("name,city\n" + rows(5, "p{i},x{j}"), "no_numbers"),
        ("1,2\n3,4\n5,6\n", "no_header"),
    ],
)
def test_files_without_people_are_refused_with_their_reason(text, reason):
    reading = read(text)

    assert (reading.verdict, reading.reason) == (Verdict.REFUSE, reason)


def test_a_customer_beats_a_transaction_and_a_total_a_price():
    text = "Transaction_ID,Customer_ID,Gender,Product_Category,Quantity,Price_per_Unit,Total_Amount\n"
    reading = read(text + rows(40, "{i},C{j},Male,Toys,2,{k},{k}0"))

    assert (reading.person, reading.category, reading.amount) == ("Customer_ID", "Product_Category", "Total_Amount")


def test_quantity_times_price_is_offered_and_asked():
    text = "InvoiceNo,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n" + rows(
        40, "5{i},thing {i},2,{date},1.{k},10{j}.0"
    )
    reading = read(text)

    assert (reading.verdict, reading.reason) == (Verdict.ASK, "price_times_quantity")
    assert reading.amount == "Quantity × UnitPrice"
    assert sums(reading)["Quantity × UnitPrice"] == pytest.approx(sum(2 * (1 + (i % 7 + 1) / 10) for i in range(40)))
    assert read(text, "amount=Quantity × UnitPrice").verdict is Verdict.READ


def test_without_a_category_there_is_one_total_a_person():
    reading = read("ID,Date,Amount\n" + rows(40, "{j},2017010{k},{k}.5"))

    assert (reading.verdict, reading.layout, reading.category) == (Verdict.READ, "long", None)
    assert sums(reading) == {"Amount": sum(i % 7 + 1.5 for i in range(40))}


def test_income_and_transfers_are_left_out_and_minus_is_spending():
    text = "날짜,타입,대분류,금액,persona_id\n" + rows(30, "{date},지출,식비,-{k}000,P{j}")
    text += rows(5, "{date},수입,급여,900000,P{j}") + rows(5, "{date},이체,내계좌이체,-500,P{j}")
    reading = read(text)

    assert (reading.verdict, reading.sign) == (Verdict.READ, "negative_is_spending")
    assert sums(reading)["식비"] == sum((i % 7 + 1) * 1000 for i in range(30))
    assert {row.reason for row in reading.nonprivate_left_out} == {"not_spending"}


def test_mixed_signs_are_asked():
    reading = read(
        "customer,date,category,amount\n" + rows(40, "c{j},{date},food,{k}") + rows(30, "c{j},{date},food,-{k}")
    )

    assert (reading.verdict, reading.reason) == (Verdict.ASK, "sign")


def test_groups_of_three_digits_are_asked_and_the_answer_is_kept():
    text = "client;courses\n" + rows(30, "c{i};{k}.813")

    assert read(text).reason == "ambiguous_decimal"
    assert sums(read(text, "decimal=,"))["courses"] == sum((i % 7 + 1) * 1000 + 813 for i in range(30))
    assert sums(read(text, "decimal=."))["courses"] == pytest.approx(sum(i % 7 + 1.813 for i in range(30)))
    assert read(text, "decimal=,").verdict is Verdict.READ


def test_nothing_proposed_is_a_function_of_dates_values_or_counts():
    text = "person,date,category,amount\n" + rows(40, "p{j},{date},food,{k}") + rows(9, "p{j},{date},rent,{k}")
    older = text + "p1,2005-01-01,food,999999\n" + "p2,2024-01-01,rent,1\n" * 50
    columns = [[(c.name, c.lower, c.upper) for c in read(each).columns] for each in (text, older)]

    assert columns[0] == columns[1]
    assert read(text).months == 12


def test_spellings_become_columns_in_the_order_of_their_names():
    text = (
        "person,category,amount\n" + rows(9, "p{j},zebra,{k}") + rows(4, "p{j},apple,{k}") + rows(2, "p{j},mango,{k}")
    )

    assert [feature.header for feature in read(text).mapping.features] == ["apple", "mango", "zebra"]


def test_a_bound_that_clips_most_people_stands_in_the_way():
    text = "id,score (1-10),food\n" + rows(20, "{i},{i}00,{k}")
    reading = read(text)

    assert (reading.verdict, reading.reason) == (Verdict.ASK, "bounds")
    assert reading.questions[-1].columns == ("score (1-10)",)
    assert read(text, "bounds:score (1-10)=0..2000").verdict is Verdict.READ
    assert read(text, "bounds=accept").verdict is Verdict.READ


def test_no_column_goes_unmentioned():
    text = "No,고객명,전화번호,가입일,식비(원),메모,연도,상태,합계(원),교통비(원)\n"
    reading = read(text + rows(20, "{i},고객{i},0101234{i},2024010{k},{k}0000,그냥 {i},2024,1,{k}5000,{k}000"))

    assert list(whys(reading)) == [
        "No",
        "고객명",
        "전화번호",
        "가입일",
        "식비(원)",
        "메모",
        "연도",
        "상태",
        "합계(원)",
        "교통비(원)",
    ]
    assert set(sums(reading)) == {"식비(원)", "교통비(원)"}
    assert whys(reading)["합계(원)"] == "total"
    assert "합계(원)" in sums(
        read(text + rows(20, "{i},고객{i},1,2024010{k},{k}0000,,2024,1,{k}5000,{k}000"), "use:합계(원)=yes")
    )


def workbook(**sheets):
    file = io.BytesIO()
    with pd.ExcelWriter(file) as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False)
    return file.getvalue()


def test_sheets_of_one_shape_are_asked_and_added_up():
    frame = pd.DataFrame(
        {"고객": ["a", "b", "c"], "날짜": ["2024-01-01"] * 3, "분류": ["외식"] * 3, "금액": [1000, 2000, 3000]}
    )
    content = workbook(jan=frame, feb=frame, notes=pd.DataFrame({"안내": ["x"]}))
    reading = read(content, name="a.xlsx")

    assert (reading.verdict, reading.reason, reading.other_sheets) == (Verdict.ASK, "sheets", ("notes",))
    assert sums(reading)["외식"] == 12_000
    assert sums(read(content, "sheet=feb", name="a.xlsx"))["외식"] == 6000


def test_another_header_and_sheet_are_taken_when_the_user_says_so():
    assert read("x,y,z\nperson,category,amount\na,food,1\nb,food,2\n", "header_line=2").header_line == 2
    assert read("x,y\n1,2\n", "header_line=9").reason == "no_header"
    with pytest.raises(AnswerError, match="a sheet of the file"):
        read("person,food\na,1\nb,2\n", "sheet=nowhere")
    with pytest.raises(AnswerError, match="a column of the file"):
        read("person,food\na,1\nb,2\n", "person=nobody")


def test_a_reading_goes_to_another_process_and_on_to_a_table():
    upload = read_upload(GERMAN.encode(), name="a.csv")
    there = pickle.loads(pickle.dumps(upload))  # noqa: S301 - our own bytes
    table = load(there.sheet, there.reading.mapping).table

    assert there.reading == upload.reading
    assert (table.n_people, len(table.columns)) == (30, 3)


def test_where_two_encodings_explain_a_file_it_is_asked_which_and_read_as_answered():
    content = "Kunde;Ärzte;Miete\na;1;2\nb;3;4\n".encode("cp1252")
    asked = read_upload(content, name="a.csv").reading
    questions = {question.key: question for question in asked.questions}

    assert asked.reason == "encoding"
    assert questions["encoding"].proposed == "cp1252"
    answered = {name: _answered(content, encoding=name) for name in questions["encoding"].choices}
    assert answered["cp1252"].columns[1].name == "Ärzte"
    assert answered["cp949"].columns[1].name != "Ärzte"
    assert "encoding" not in {question.key for question in answered["cp949"].questions}


def _answered(content, **given):
    return read_upload(content, name="a.csv", answers=Answers(given=given)).reading


def test_columns_beyond_the_limit_are_asked_about_once():
    names = [f"food {place}" for place in range(COLUMNS_MAX + 20)]
    rows = [",".join([f"c{n}", *(str((n * 7 + place) % 90 + 1) for place in range(len(names)))]) for n in range(30)]
    text = "\n".join([",".join(["customer id", *names]), *rows])

    (question,) = read(text).questions
    answered = read(text, f"{question.key}={question.proposed}")

    assert (question.reason, len(question.columns)) == ("too_many_columns", 20)
    assert answered.verdict is Verdict.READ
    assert sum(column.used for column in answered.columns) == COLUMNS_MAX


def test_a_unit_noted_above_the_header_is_that_of_all_money():
    reading = read("고객별 이용금액,,\n(단위: 천원),,\n고객번호,식비,교통비\n" + rows(30, "C{i},3{k},1{j}"))
    column = next(column for column in reading.columns if column.name == "식비")

    assert (column.unit, column.nonprivate_sum) == ("천원", sum(30 + i % 7 + 1 for i in range(30)))
    assert reading.mapping.features[0].unit == "천원"
