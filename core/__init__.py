"""The product's computations: NumPy and pandas in, frozen values out; no Streamlit, SQL, clock or global state."""
