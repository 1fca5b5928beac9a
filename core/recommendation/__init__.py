"""Products: what may be recommended, and to whom."""

from core.data.catalogue import Catalogue, Product, ProductKind, load_catalogue

__all__ = ["Catalogue", "Product", "ProductKind", "load_catalogue"]
