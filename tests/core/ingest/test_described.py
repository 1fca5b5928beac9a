from tests.core.ingest.readings import reading_of, repeat


def test_every_column_of_a_long_file_is_described_with_its_role():
    reading = reading_of("customer,date,category,amount,note,age", *repeat("c{j},{date},toys {j},{k},hm,{k}{j}"))
    whys = {column.name: (column.used, column.why) for column in reading.columns}

    assert whys["customer"] == (False, "person")
    assert (whys["category"], whys["amount"]) == ((True, "category"), (True, "amount"))
    assert (whys["note"], whys["age"], whys["date"]) == ((False, "text"), (False, "other_figure"), (False, "date"))
    assert whys["toys 0"] == (True, "own_category")


def test_sums_of_spellings_that_share_a_group_are_told_apart():
    rows = [f"c{i % 5},2024-01-01,{'외식' if i % 2 else '카페'},{i}" for i in range(30)]
    columns = {column.name: column for column in reading_of("고객,날짜,분류,금액", *rows).columns}

    assert columns["외식"].group == columns["카페"].group == "restaurants"
    assert (columns["외식"].nonprivate_sum, columns["카페"].nonprivate_sum) == (225, 210)
    assert columns["교통"].why == "group_without_rows"


def test_three_cells_stand_as_in_the_file():
    reading = reading_of("id,food", *repeat("{i},$1{k}.50"))

    assert reading.columns[1].nonprivate_cells == ("$11.50", "$12.50", "$13.50")
    assert (reading.columns[1].unit, reading.columns[1].nonprivate_clipped_share) == ("$", 0.0)
