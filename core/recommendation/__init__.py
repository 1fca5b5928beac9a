"""Products: what may be recommended, and to whom."""

from core.recommendation.catalogue import Catalogue, Product, ProductKind, load_catalogue

__all__ = ["Catalogue", "Product", "ProductKind", "load_catalogue"]
