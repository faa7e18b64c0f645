from tests.factories import PASSWORD, confirmed


def test_a_person_signs_in_and_sees_the_workbench(client):
    answer = client.post("/login", data={"username": "village_clerk", "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    home = client.get("/")
    assert home.status_code == 200
    assert "工作台" in home.text


def test_card(app):
    asset = confirmed()
    assert asset.stage == "CONFIRMED"
    assert asset.asset_no.startswith("500240213203J2019")
