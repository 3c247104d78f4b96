"""The frame of every page, forms and their errors, and refusals."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client, override_settings

pytestmark = pytest.mark.usefixtures("_sample_pages")


@pytest.fixture
def _sample_pages():
    with override_settings(ROOT_URLCONF="tests.web.pages"):
        yield


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def test_page_has_one_heading_landmarks_and_an_empty_status(client):
    page = soup(client.get("/sample/"))
    assert [heading.text for heading in page.find_all("h1")] == ["Sample"]
    assert page.find("a", class_="skip-link")["href"] == "#main"
    assert page.html["lang"] == "en"
    assert page.html["dir"] == "ltr"
    assert page.title.text.split() == ["Sample", "–", "lastvote"]
    assert page.find(role="status").text == ""
    assert [landmark.name for landmark in page.body.find_all(["header", "main", "footer"])] == [
        "header",
        "main",
        "footer",
    ]


def test_form_leaves_checking_to_the_server(client):
    page = soup(client.get("/sample/"))
    controls = page.main.find_all(["input", "textarea"])
    assert [control["name"] for control in controls if control.has_attr("required")] == []
    assert [control["name"] for control in controls if control.has_attr("maxlength")] == []
    assert [control.get("type") for control in controls] == ["hidden", "radio", "radio", "text", None]
    assert page.find(id="id_points")["inputmode"] == "decimal"


def test_wrong_form_comes_back_whole(client):
    response = client.post("/sample/", {"why": "far too many words"})
    page = soup(response)
    assert response.status_code == 422
    assert page.title.text.split() == ["Error:", "Sample", "–", "lastvote"]
    links = page.find(class_="error-summary").find_all("a")
    inline = [error.contents[-1].strip() for error in page.select(".wrong li")]
    assert [link.text for link in links] == inline
    assert [link["href"] for link in links] == ["#id_most_0", "#id_points", "#id_why"]
    assert all(page.find(id=link["href"][1:]) for link in links)
    assert page.find(id="id_why").text.strip() == "far too many words"
    assert page.find(id="id_why")["aria-invalid"] == "true"
    assert page.find(id="id_points")["aria-describedby"] == "id_points_error"
    assert page.fieldset["aria-describedby"] == "id_most_helptext id_most_error"
    assert page.find(class_="error-summary").has_attr("autofocus")


def test_error_of_the_whole_form_leads_to_its_first_control(client):
    page = soup(client.post("/sample/", {"why": "general", "points": "1", "most": "harm"}))
    links = page.find(class_="error-summary").find_all("a")
    assert [(link["href"], link.text) for link in links] == [("#id_most_0", "The whole form is wrong")]


@pytest.mark.parametrize("status", [403, 404, 409, 422, 429])
def test_refusal_becomes_a_page_of_its_status(client, status):
    response = client.get(f"/refuse/{status}/")
    page = soup(response)
    assert response.status_code == status
    assert page.find(class_="lead").text == "The round has closed."
    assert len(page.find_all("h1")) == 1


def test_refusal_of_haste_says_when_to_come_back(client):
    assert client.get("/refuse/429/")["Retry-After"] == "7"


def test_unknown_address_gets_our_page(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert soup(response).h1.text == "We cannot find this page"


def test_request_that_cannot_be_read_gets_a_page_without_links():
    response = Client(raise_request_exception=False).get("/odd/")
    assert response.status_code == 400
    assert soup(response).h1.text == "We could not read this request"


def test_fault_tells_nothing_of_its_inside():
    client = Client(raise_request_exception=False)
    response = client.get("/fault/")
    assert response.status_code == 500
    assert "secret words" not in response.content.decode()
    assert soup(response).h1.text == "This page is not working"


class TestFormWithAnOldToken:
    """What was typed is offered again with a fresh token, secrets and strangers' words never."""

    typed = {"why": "my <b>words</b>", "password": "hunter2", "one_time_code": "123456"}

    def send(self, **headers):
        return Client(enforce_csrf_checks=True).post("/sample/", self.typed, headers=headers)

    def test_keeps_what_was_typed(self):
        response = self.send(origin="http://testserver")
        form = soup(response).main.form
        assert response.status_code == 403
        assert form["action"] == "/sample/"
        hidden = {field["name"]: field["value"] for field in form.find_all("input")}
        assert len(hidden.pop("csrfmiddlewaretoken")) > 30
        assert hidden == {"why": "my <b>words</b>"}
        assert form.dd.text.strip() == "my <b>words</b>"
        assert form.button.text == "Send again"

    def test_sent_again_it_is_accepted(self):
        client = Client(enforce_csrf_checks=True)
        refused = client.post("/sample/", {"why": "x"}, headers={"origin": "http://testserver"})
        fields = {field["name"]: field["value"] for field in soup(refused).main.form.find_all("input")}
        assert client.post("/sample/", fields, headers={"origin": "http://testserver"}).status_code == 422

    @pytest.mark.parametrize("headers", [{"origin": "http://elsewhere.example"}, {}, {"origin": "null"}])
    def test_words_from_elsewhere_are_not_offered(self, headers):
        page = soup(self.send(**headers))
        assert page.main.form is None
        assert "words" not in page.main.text


@pytest.mark.django_db
def test_pages_of_somebody_signed_in_are_kept_by_no_cache(client, django_user_model):
    assert "no-store" not in client.get("/sample/").get("Cache-Control", "")
    client.force_login(
        django_user_model.objects.create_user("a@example.org"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get("/sample/")["Cache-Control"] == "no-store, private"


def test_a_page_that_takes_no_form_says_so_and_names_what_it_takes(client):
    answer = client.post("/help/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "Something was sent to a page that can only be read. Nothing was changed." in answer.content.decode()
    assert client.head("/help/").status_code == 200
