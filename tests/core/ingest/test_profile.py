from core.ingest import read_sheet
from core.ingest.profile import Shape, profile_sheet


def profiles_of(header, *rows):
    sheet = read_sheet("\n".join([header, *rows]).encode(), name="a.csv")
    return {profile.header: profile for profile in profile_sheet(sheet)}


def test_the_name_of_a_total_does_not_hide_that_a_column_counts_rows():
    rows = [f"{n},{n * 7}" for n in range(1, 60)]
    profile = profiles_of("No,food", *rows, "합계,9999")["No"]

    assert profile.shape is Shape.NUMBER
    assert profile.is_whole
    assert profile.counts_rows


def test_fractions_are_not_whole():
    assert not profiles_of("a,b", "1.5,2", "2,3", "4,4")["a"].is_whole


def test_dates_as_figures_are_dates_and_repeating_cells_repeat():
    profiles = profiles_of("day,who", "20240105,a", "20240106,b", "20240107,a", "20240108,a")

    assert profiles["day"].shape is Shape.DATE
    assert profiles["who"].repeats == 0.5
