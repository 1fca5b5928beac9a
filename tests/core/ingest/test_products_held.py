"""Products held: a column of lists, or a column for each product."""

import numpy as np

from core.data.catalogue import load_catalogue
from core.ingest import WideMapping, read_sheet
from core.ingest.products_held import read_holdings


def read(text, *products, vocabulary=(), rows=None):
    """Return what the people in ``rows``, or all, hold, and the number of unknown mentions."""
    sheet = read_sheet(text.encode(), name="a.csv")
    mapping = WideMapping(features=(), products=products, vocabulary=vocabulary)
    return read_holdings(sheet, mapping, rows=np.arange(sheet.n_rows) if rows is None else np.asarray(rows))


def test_listed_products_are_held_by_id_or_name_and_unknown_ones_are_counted():
    catalogue = load_catalogue()
    name = catalogue.product("card-fuel").names["ko"]
    holdings, n_unknown = read(f"id,상품\na,card-dining|{name}\nb,\nc,unheard-of; card-dining ;card-dining\n", "상품")
    held = [{catalogue.ids[index] for index in np.flatnonzero(row)} for row in holdings.matrix()]

    assert holdings.products == catalogue.ids
    assert held == [{"card-dining", "card-fuel"}, set(), {"card-dining"}]
    assert n_unknown == 1


def test_a_confirmed_vocabulary_replaces_the_catalogue():
    holdings, n_unknown = read("food,held\n1,x|y\n2,card-dining\n", "held", vocabulary=("x", "y"))

    assert holdings.products == ("x", "y")
    assert holdings.matrix().tolist() == [[True, True], [False, False]]
    assert n_unknown == 1


def test_columns_of_zero_and_one_are_products_of_the_rows_that_are_kept():
    text = "food,p,q\n1,1,예\n2,0,아니요\nbad,1,1\n3,,Y\n"
    holdings, n_unknown = read(text, "p", "q", rows=[0, 1, 3])

    assert holdings.products == ("p", "q")
    assert holdings.matrix().tolist() == [[True, True], [False, False], [False, True]]
    assert n_unknown == 0


def test_a_mapping_without_products_knows_nothing_of_them():
    assert read("food,held\n1,x\n") == (None, 0)
