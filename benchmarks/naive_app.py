"""The app that the compare page is measured against: both fits and both charts in the script, at every rerun.

It is spared what a first version would also pay: the people are made once, and only some of them are drawn.
"""

import plotly.express as px
import streamlit as st
from diffprivlib.models import KMeans as PrivateKMeans
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from core.arrays import FloatArray
from core.data.generate import Recipe, generate

DRAWN = 3_000


@st.cache_data
def people() -> FloatArray:
    """Return the people that the compare page shows first."""
    return generate(Recipe(n_people=10_000)).points().astype("float64")


points = people()
epsilon = st.slider("ε", 0.1, 10.0, 1.0, key="epsilon")
k = st.slider("k", 2, 12, 4, key="k")
plain = KMeans(k, n_init=10).fit_predict(points)
bounds = ([-1.0] * points.shape[1], [1.0] * points.shape[1])
private = PrivateKMeans(k, epsilon=epsilon, bounds=bounds).fit(points).predict(points)
st.metric("ARI", f"{adjusted_rand_score(plain, private):.2f}")
for column, name, labels in zip(st.columns(2), ("plain", "private"), (plain, private), strict=True):
    drawn = points[:DRAWN]
    figure = px.scatter(x=drawn[:, 0], y=drawn[:, 1], color=labels[:DRAWN].astype(str), title=name)
    column.plotly_chart(figure, key=name)
