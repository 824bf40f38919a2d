"""The harness notices what goes wrong behind a page's back."""

import pytest

pytestmark = pytest.mark.browser


def test_a_request_to_another_host_is_noticed(empty_server, open_page, problems):
    page = open_page(empty_server.url)

    page.evaluate("fetch('http://example.org/').catch(() => 0)")

    assert problems == ["A request to another host: http://example.org/"]
    problems.clear()


def test_an_exception_is_noticed_even_if_it_goes_away(
    empty_server, open_page, problems
):
    page = open_page(empty_server.url)

    page.evaluate("""() => {
      const box = document.createElement('div');
      box.dataset.testid = 'stException';
      box.innerText = 'It broke';
      document.body.append(box);
      setTimeout(() => box.remove(), 10);
    }""")
    page.wait_for_timeout(200)

    assert problems == ["On screen: It broke"]
    problems.clear()


def test_an_error_of_a_script_is_noticed(empty_server, open_page, problems):
    page = open_page(empty_server.url)

    page.evaluate("setTimeout(() => { throw new Error('It broke') })")
    page.wait_for_timeout(200)

    assert problems == ["In a script: It broke"]
    problems.clear()
