"""One's own list of products: read on the data page, used for the file's holdings, never in the way of the rest."""

from tests.pages.visit import go, go_and_pay, markup, move, pay, press, visit

PRODUCTS = (
    "id,kind,name_ko,base_rate,best_rate,benefits\n"
    'p-1,예금,우리 동네 예금,연 2.5%,"3,1",\n'
    "p-2,카드,동네 카드,,,restaurants:5\n"
    "p-1,예금,같은 번호,2,3,\n"
).encode()
PEOPLE = (
    "id,식비(만원),외식비(만원),보유상품\n"
    + "".join(f"p{i},{20 + i % 30},{10 + i % 7},p-{1 + i % 2}\n" for i in range(60))
).encode()


def with_products(content=PRODUCTS, name="products.csv"):
    app = move(visit("data"), "way", "upload")
    next(one for one in app.file_uploader if one.key == "catalogue_files").set_value([(name, content, "text/csv")])
    app.run()
    assert not app.exception
    return app


def test_a_list_is_read_and_its_faults_are_named():
    app = with_products()

    assert any("상품 2개" in success.value for success in app.success)
    assert any("1군데" in warning.value for warning in app.warning)
    assert app.session_state["own_catalogue"].ids == ("p-1", "p-2")


def test_a_file_that_is_no_list_is_refused_in_a_sentence_and_the_built_in_list_stays():
    app = with_products(b'{"result": {"err_cd": "010"}}', "answer.json")

    assert len(app.error) == 1
    assert "own_catalogue" not in app.session_state


def test_products_of_the_list_are_counted_and_recommended_by_name():
    app = with_products()
    next(one for one in app.file_uploader if one.key == "file").set_value(("people.csv", PEOPLE, "text/csv"))
    app.run()
    app = pay(go_and_pay(press(app, "use_file"), "recommend"), "products")

    assert "우리 동네 예금" in markup(app) or "동네 카드" in markup(app)


def test_leaving_the_page_keeps_the_list():
    app = go(go(with_products(), "compare"), "data")

    assert app.session_state["own_catalogue"].ids == ("p-1", "p-2")


def test_one_visitors_list_never_reaches_another():
    # The first recommendation of the synthetic data, under another name.
    renamed = PRODUCTS.replace(b"p-2", b"card-travel").replace("동네 카드".encode(), "나만의 이름".encode())
    mine = go(move(with_products(renamed), "way", "generated"), "recommend")

    assert "나만의 이름" in markup(mine)
    assert "나만의 이름" not in markup(visit("recommend"))
